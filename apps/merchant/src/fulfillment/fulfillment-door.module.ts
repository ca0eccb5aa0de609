import { Module } from '@nestjs/common';
import { AdoptionModule } from '#libs/adoption';
import { FulfillmentModule } from '#libs/fulfillment';
import { OrderingModule } from '#libs/ordering';
import { FulfillmentResolver } from './fulfillment.resolver.js';
import { LineProgressResolver, ParcelResolver } from './parcel.resolver.js';

@Module({
  imports: [AdoptionModule, FulfillmentModule, OrderingModule],
  providers: [FulfillmentResolver, LineProgressResolver, ParcelResolver],
})
export class FulfillmentDoorModule {}
