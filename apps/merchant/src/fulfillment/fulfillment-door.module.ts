import { Module } from '@nestjs/common';
import { FulfillmentModule } from '#libs/fulfillment';
import { OrderingModule } from '#libs/ordering';
import { FulfillmentResolver } from './fulfillment.resolver.js';

@Module({ imports: [FulfillmentModule, OrderingModule], providers: [FulfillmentResolver] })
export class FulfillmentDoorModule {}
