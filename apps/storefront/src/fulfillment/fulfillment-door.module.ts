import { Module } from '@nestjs/common';
import { FulfillmentModule } from '#libs/fulfillment';
import { FulfillmentFieldResolver, LineProgressFieldResolver } from '#libs/fulfillment/fields';
import { OrderingModule } from '#libs/ordering';
import { FulfillmentResolver } from './fulfillment.resolver.js';

@Module({
  imports: [FulfillmentModule, OrderingModule],
  providers: [FulfillmentFieldResolver, FulfillmentResolver, LineProgressFieldResolver],
})
export class FulfillmentDoorModule {}
