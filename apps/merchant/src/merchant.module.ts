import { Module } from '@nestjs/common';
import { AccountModule } from '#libs/account';
import { graphqlModuleFor } from '#platform/graphql';
import { PlatformModule, type ServiceOptions } from '#platform/service';
import { mountPage } from '#platform/web';
import { AdoptionDoorModule } from './adoption/adoption-door.module.js';
import { CertificationDoorModule } from './certification/certification-door.module.js';
import { ApplicationDoorModule } from './application/application-door.module.js';
import { PaperDoorModule } from './paper/paper-door.module.js';
import { ConsignmentDoorModule } from './consignment/consignment-door.module.js';
import { PlaceDoorModule } from './place/place-door.module.js';
import { TeamDoorModule } from './team/team-door.module.js';
import { DivisionDoorModule } from './division/division-door.module.js';
import { ReviewDoorModule } from './review/review-door.module.js';
import { AfterSaleDoorModule } from './after-sale/after-sale-door.module.js';
import { PORTAL } from './portal/portal-page.rules.js';
import { PhotoDoorModule } from './photo/photo-door.module.js';
import { ClaimDoorModule } from './claim/claim-door.module.js';
import { ClosureDoorModule } from './closure/closure-door.module.js';
import { CounterDoorModule } from './counter/counter-door.module.js';
import { FulfillmentDoorModule } from './fulfillment/fulfillment-door.module.js';
import { HarvestDoorModule } from './harvest/harvest-door.module.js';
import { InsightDoorModule } from './insight/insight-door.module.js';
import { IntegrityDoorModule } from './integrity/integrity-door.module.js';
import { InvoiceDoorModule } from './invoice/invoice-door.module.js';
import { ListingDoorModule } from './listing/listing-door.module.js';
import { LinkageDoorModule } from './linkage/linkage-door.module.js';
import { MerchantDoorModule } from './merchant/merchant-door.module.js';
import { OfferDoorModule } from './offer/offer-door.module.js';
import { OrderDoorModule } from './order/order-door.module.js';
import { PresaleDoorModule } from './presale/presale-door.module.js';
import { PayoutDoorModule } from './payout/payout-door.module.js';
import { PrintingDoorModule } from './printing/printing-door.module.js';
import { StatementDoorModule } from './statement/statement-door.module.js';
import { RestockingDoorModule } from './restocking/restocking-door.module.js';
import { ReceivableDoorModule } from './receivable/receivable-door.module.js';
import { SheetDoorModule } from './sheet/sheet-door.module.js';
import { StockDoorModule } from './stock/stock-door.module.js';
import { VendingDoorModule } from './vending/vending-door.module.js';

@Module({})
export class MerchantServiceModule {}

export const merchant: ServiceOptions = {
  service: 'merchant',
  module: (config) => ({
    module: MerchantServiceModule,
    imports: [
      PlatformModule.forService('merchant', config),
      graphqlModuleFor('merchant'),
      AccountModule,
      AfterSaleDoorModule,
      ReviewDoorModule,
      PhotoDoorModule,
      MerchantDoorModule,
      DivisionDoorModule,
      ApplicationDoorModule,
      PaperDoorModule,
      ClosureDoorModule,
      PlaceDoorModule,
      ConsignmentDoorModule,
      CertificationDoorModule,
      TeamDoorModule,
      OrderDoorModule,
      FulfillmentDoorModule,
      InsightDoorModule,
      PrintingDoorModule,
      OfferDoorModule,
      ListingDoorModule,
      HarvestDoorModule,
      StockDoorModule,
      SheetDoorModule,
      CounterDoorModule,
      PresaleDoorModule,
      VendingDoorModule,
      RestockingDoorModule,
      AdoptionDoorModule,
      PayoutDoorModule,
      StatementDoorModule,
      InvoiceDoorModule,
      ReceivableDoorModule,
      ClaimDoorModule,
      LinkageDoorModule,
      IntegrityDoorModule,
    ],
  }),
  mount: (app) => void mountPage(app, PORTAL),
};
