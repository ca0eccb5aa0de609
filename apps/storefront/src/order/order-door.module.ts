import { Module } from '@nestjs/common';
import { ChannelModule } from '#libs/channel';
import { DivisionModule } from '#libs/division';
import { FulfillmentModule } from '#libs/fulfillment';
import { MerchantModule } from '#libs/merchant';
import { OrderingModule } from '#libs/ordering';
import { ProcurementModule } from '#libs/procurement';
import { CampaignResolver } from './campaign.resolver.js';
import { MerchantOrderResolver, OrderLineResolver } from './merchant-order.resolver.js';
import { OrderChangedResolver } from './order-changed.resolver.js';
import { OrderSigningResolver } from './order-signing.resolver.js';
import { OrderResolver } from './order.resolver.js';
import { RecipientResolver } from './recipient.resolver.js';
import { OrderLinePromiseResolver, PresaleOrderResolver } from './presale-order.resolver.js';

@Module({
  imports: [
    ChannelModule,
    DivisionModule,
    FulfillmentModule,
    MerchantModule,
    OrderingModule,
    ProcurementModule,
  ],
  providers: [
    CampaignResolver,
    MerchantOrderResolver,
    OrderChangedResolver,
    OrderLinePromiseResolver,
    OrderLineResolver,
    OrderResolver,
    OrderSigningResolver,
    RecipientResolver,
    PresaleOrderResolver,
  ],
})
export class OrderDoorModule {}
