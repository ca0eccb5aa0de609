import { Module } from '@nestjs/common';
import { AdoptionModule } from '#libs/adoption';
import { FulfillmentModule } from '#libs/fulfillment';
import { FulfillmentFieldResolver, LineProgressFieldResolver } from '#libs/fulfillment/fields';
import { OrderingModule } from '#libs/ordering';
import { FulfillmentResolver } from './fulfillment.resolver.js';
import { OrderDelayResolver } from './order-delay.resolver.js';
import { ParcelTrackResolver, TroubledParcelResolver } from './parcel-track.resolver.js';

@Module({
  imports: [AdoptionModule, FulfillmentModule, OrderingModule],
  providers: [
    FulfillmentFieldResolver,
    FulfillmentResolver,
    LineProgressFieldResolver,
    OrderDelayResolver,
    ParcelTrackResolver,
    TroubledParcelResolver,
  ],
})
export class FulfillmentDoorModule {}
