import { Module } from '@nestjs/common';
import { AddressModule } from '#libs/address';
import { CatalogModule } from '#libs/catalog';
import { ChannelModule } from '#libs/channel';
import { CounterModule } from '#libs/counter';
import { DivisionModule } from '#libs/division';
import { InventoryModule } from '#libs/inventory';
import { AuditModule } from '#libs/identity';
import { MerchantModule } from '#libs/merchant';
import { PurchaserModule } from '#libs/procurement';
import { PromotionModule } from '#libs/promotion';
import { AdoptionOrderReader } from './adoption-order.reader.js';
import { AdoptionOrderRepository } from './adoption-order.repository.js';
import { AdoptionOrderService } from './adoption-order.service.js';
import { BatchOrderReader } from './batch-order.reader.js';
import { BoughtLineReader } from './bought-line.reader.js';
import { BuyAgainService } from './buy-again.service.js';
import { BuyerOrderReader } from './buyer-order.reader.js';
import { CampaignReader } from './campaign.reader.js';
import { CampaignRepository } from './campaign.repository.js';
import { CampaignService } from './campaign.service.js';
import { CartViewReader } from './cart-view.reader.js';
import { CartReader } from './cart.reader.js';
import { CartRepository } from './cart.repository.js';
import { CartService } from './cart.service.js';
import { CertificateFreezeService } from './certificate-freeze.service.js';
import { CheckoutPreviewReader } from './checkout-preview.reader.js';
import { CrowdPlacementService } from './crowd-placement.service.js';
import { CrowdService } from './crowd.service.js';
import { CheckoutReader } from './checkout.reader.js';
import { DelayService } from './delay.service.js';
import { DispatchReader } from './dispatch.reader.js';
import { DispatchTermReader } from './dispatch-term.reader.js';
import { DispatchTermRepository } from './dispatch-term.repository.js';
import { DispatchTermService } from './dispatch-term.service.js';
import { GuestMergeService } from './guest-merge.service.js';
import { FreightTemplateReader } from './freight-template.reader.js';
import { FreightTemplateRepository } from './freight-template.repository.js';
import { FreightTemplateService } from './freight-template.service.js';
import { ManyOrdersReader } from './many-orders.reader.js';
import { MerchantOrderReader } from './merchant-order.reader.js';
import { ToShipReader } from './to-ship.reader.js';
import { MerchantOrderRepository } from './merchant-order.repository.js';
import { MerchantOrderService } from './merchant-order.service.js';
import { OfferReader } from './offer.reader.js';
import { OrderPlacementService } from './order-placement.service.js';
import { OrderReader } from './order.reader.js';
import { OrderRecipientReader } from './order-recipient.reader.js';
import { OrderRepository } from './order.repository.js';
import { OrderSellerReader } from './order-seller.reader.js';
import { OrderSigningService } from './order-signing.service.js';
import { OrderTermService } from './order-term.service.js';
import { OrderService } from './order.service.js';
import { PresaleOrderReader } from './presale-order.reader.js';
import { PresaleOrderRepository } from './presale-order.repository.js';
import { PartDelayRepository } from './part-delay.repository.js';
import { PartDelayService } from './part-delay.service.js';
import { PresaleOrderService } from './presale-order.service.js';
import { PriceReader } from './price.reader.js';
import { PromiseReader } from './promise.reader.js';
import { PurchaseLimitReader } from './purchase-limit.reader.js';
import { PurchaseLimitRepository } from './purchase-limit.repository.js';
import { PurchaseLimitService } from './purchase-limit.service.js';
import { PurchaseReader } from './purchase.reader.js';
import { SellerTermsReader } from './seller-terms.reader.js';
import { UnitOrderReader } from './unit-order.reader.js';

const doors = [
  AdoptionOrderReader,
  AdoptionOrderService,
  BatchOrderReader,
  BoughtLineReader,
  BuyAgainService,
  BuyerOrderReader,
  CampaignReader,
  CampaignService,
  CartService,
  CartViewReader,
  CheckoutPreviewReader,
  DelayService,
  DispatchReader,
  DispatchTermReader,
  DispatchTermService,
  GuestMergeService,
  FreightTemplateReader,
  FreightTemplateService,
  ManyOrdersReader,
  MerchantOrderReader,
  ToShipReader,
  MerchantOrderService,
  OrderPlacementService,
  OrderReader,
  OrderRecipientReader,
  OrderSellerReader,
  OrderService,
  OrderSigningService,
  PartDelayService,
  PresaleOrderReader,
  PresaleOrderService,
  PurchaseLimitReader,
  PurchaseLimitService,
  UnitOrderReader,
];

@Module({
  imports: [
    AddressModule,
    AuditModule,
    CatalogModule,
    ChannelModule,
    CounterModule,
    DivisionModule,
    InventoryModule,
    MerchantModule,
    PromotionModule,
    PurchaserModule,
  ],
  providers: [
    ...doors,
    AdoptionOrderRepository,
    CampaignRepository,
    CartReader,
    CartRepository,
    CertificateFreezeService,
    CheckoutReader,
    CrowdPlacementService,
    CrowdService,
    DispatchTermRepository,
    FreightTemplateRepository,
    MerchantOrderRepository,
    OfferReader,
    OrderRepository,
    OrderTermService,
    PartDelayRepository,
    PresaleOrderRepository,
    PriceReader,
    PromiseReader,
    PurchaseLimitRepository,
    PurchaseReader,
    SellerTermsReader,
  ],
  exports: doors,
})
export class OrderingModule {}
