import { Module } from '@nestjs/common';
import { AccountModule } from '#libs/account';
import { graphqlModuleFor, mountPersistedDocuments } from '#platform/graphql';
import { PlatformModule, type ServiceOptions } from '#platform/service';
import { mountPage } from '#platform/web';
import { AdoptionDoorModule } from './adoption/adoption-door.module.js';
import { AddressDoorModule } from './address/address-door.module.js';
import { ReviewDoorModule } from './review/review-door.module.js';
import { AfterSaleDoorModule } from './after-sale/after-sale-door.module.js';
import { PhotoDoorModule } from './photo/photo-door.module.js';
import { BulkDoorModule } from './bulk/bulk-door.module.js';
import { CartDoorModule } from './cart/cart-door.module.js';
import { CatalogBackgroundModule } from './catalog/catalog-background.module.js';
import { CertificationDoorModule } from './certification/certification-door.module.js';
import { CatalogDoorModule } from './catalog/catalog-door.module.js';
import { ChannelDoorModule } from './channel/channel-door.module.js';
import { CheckoutDoorModule } from './checkout/checkout-door.module.js';
import { CouponDoorModule } from './coupon/coupon-door.module.js';
import { DivisionDoorModule } from './division/division-door.module.js';
import { FulfillmentDoorModule } from './fulfillment/fulfillment-door.module.js';
import { LinkageDoorModule } from './linkage/linkage-door.module.js';
import { TraceDoorModule } from './trace/trace-door.module.js';
import { GuestDoorModule } from './guest/guest-door.module.js';
import { ImpactDoorModule } from './impact/impact-door.module.js';
import { InvoiceDoorModule } from './invoice/invoice-door.module.js';
import { OrderDoorModule } from './order/order-door.module.js';
import { PaymentDoorModule } from './payment/payment-door.module.js';
import { PrivacyDoorModule } from './privacy/privacy-door.module.js';
import { ProcurementDoorModule } from './procurement/procurement-door.module.js';
import { ReceivableDoorModule } from './receivable/receivable-door.module.js';
import { SHOP } from './shop/shop-page.rules.js';
import { StockDoorModule } from './stock/stock-door.module.js';
import { TerminologyDoorModule } from './terminology/terminology-door.module.js';
import { TimelineDoorModule } from './timeline/timeline-door.module.js';
import { VolumeDoorModule } from './volume/volume-door.module.js';
import { DoorDoorModule } from './door/door-door.module.js';
import { KioskDoorModule } from './kiosk/kiosk-door.module.js';
import { KIOSK } from './kiosk/kiosk-page.rules.js';

@Module({})
export class StorefrontServiceModule {}

export const storefront: ServiceOptions = {
  service: 'storefront',
  module: (config) => ({
    module: StorefrontServiceModule,
    imports: [
      PlatformModule.forService('storefront', config),
      graphqlModuleFor('storefront'),
      AccountModule,
      AddressDoorModule,
      AdoptionDoorModule,
      AfterSaleDoorModule,
      ReviewDoorModule,
      PhotoDoorModule,
      BulkDoorModule,
      CartDoorModule,
      CatalogDoorModule,
      CertificationDoorModule,
      TraceDoorModule,
      ChannelDoorModule,
      CheckoutDoorModule,
      CouponDoorModule,
      DivisionDoorModule,
      FulfillmentDoorModule,
      GuestDoorModule,
      LinkageDoorModule,
      OrderDoorModule,
      DoorDoorModule,
      KioskDoorModule,
      PaymentDoorModule,
      ImpactDoorModule,
      InvoiceDoorModule,
      VolumeDoorModule,
      PrivacyDoorModule,
      ProcurementDoorModule,
      ReceivableDoorModule,
      StockDoorModule,
      TerminologyDoorModule,
      TimelineDoorModule,
    ],
  }),
  background: () => ({ module: CatalogBackgroundModule }),
  mount: (app) => {
    mountPersistedDocuments(app, 'storefront');
    mountPage(app, SHOP);
    mountPage(app, KIOSK);
  },
};
