import { Module } from '@nestjs/common';
import { AftersaleModule } from '#libs/aftersale';
import { FulfillmentModule } from '#libs/fulfillment';
import { OrderingModule } from '#libs/ordering';
import { PaymentModule } from '#libs/payment';
import { OrderMomentResolver, OrderTimelineResolver } from './order-timeline.resolver.js';

@Module({
  imports: [AftersaleModule, FulfillmentModule, OrderingModule, PaymentModule],
  providers: [OrderMomentResolver, OrderTimelineResolver],
})
export class TimelineDoorModule {}
