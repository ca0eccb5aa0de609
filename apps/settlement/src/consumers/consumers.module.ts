import { Module } from '@nestjs/common';
import { AdoptionModule } from '#libs/adoption';
import { AftersaleModule } from '#libs/aftersale';
import { CatalogModule } from '#libs/catalog';
import { ChannelModule, PlaceModule } from '#libs/channel';
import { FulfillmentModule } from '#libs/fulfillment';
import { HarvestModule } from '#libs/harvest';
import { HouseholdModule } from '#libs/household';
import { IdentityModule } from '#libs/identity';
import { InsightModule } from '#libs/insight';
import { InventoryModule, LiveStockModule } from '#libs/inventory';
import { ClosureModule } from '#libs/closure';
import { InvoiceModule } from '#libs/invoice';
import { LedgerModule } from '#libs/ledger';
import { ListingModule } from '#libs/listing';
import { MerchantApplicationModule, MerchantModule } from '#libs/merchant';
import { OrderingModule } from '#libs/ordering';
import { PairingModule } from '#libs/pairing';
import { PaymentModule } from '#libs/payment';
import { ProcurementModule } from '#libs/procurement';
import { PromotionModule } from '#libs/promotion';
import { ReceivableModule } from '#libs/receivable';
import { ReviewModule } from '#libs/review';
import { PayoutModule, SettlementModule } from '#libs/settlement';
import { VendingModule } from '#libs/vending';
import { VolumeModule } from '#libs/volume';
import { consumers } from '../event-routes.js';
import { AdoptionNoticeReader } from './adoption-notice.reader.js';
import { BuyerPhoneReader } from './buyer-phone.reader.js';
import { PickUpNoticeReader } from './pick-up-notice.reader.js';
import { SaleReader } from './sale.reader.js';
import { VolumeLineReader } from './volume-line.reader.js';

/** A consumer is a door and may open on any room. */
@Module({
  imports: [
    AdoptionModule,
    AftersaleModule,
    CatalogModule,
    ChannelModule,
    PlaceModule,
    FulfillmentModule,
    HarvestModule,
    HouseholdModule,
    IdentityModule,
    InsightModule,
    InvoiceModule,
    InventoryModule,
    LiveStockModule,
    ClosureModule,
    ListingModule,
    MerchantApplicationModule,
    MerchantModule,
    OrderingModule,
    PairingModule,
    PaymentModule,
    PayoutModule,
    ProcurementModule,
    PromotionModule,
    ReceivableModule,
    LedgerModule,
    ReviewModule,
    SettlementModule,
    VendingModule,
    VolumeModule,
  ],
  providers: [
    AdoptionNoticeReader,
    BuyerPhoneReader,
    PickUpNoticeReader,
    SaleReader,
    VolumeLineReader,
    ...consumers,
  ],
  exports: [...consumers],
})
export class ConsumersModule {}
