import { Module } from '@nestjs/common';
import { ChannelModule } from '#libs/channel';
import { DivisionModule } from '#libs/division';
import { InventoryModule } from '#libs/inventory';
import { VolumeModule } from '#libs/volume';
import {
  ChannelPointResolver,
  PavilionResolver,
  SmartCounterResolver,
  ZoneResolver,
} from './channel-point.resolver.js';
import { NearbyPlaceResolver } from './nearby-place.resolver.js';
import { PlaceRangeResolver } from './place-range.resolver.js';

@Module({
  imports: [ChannelModule, DivisionModule, InventoryModule, VolumeModule],
  providers: [
    ChannelPointResolver,
    NearbyPlaceResolver,
    PlaceRangeResolver,
    PavilionResolver,
    SmartCounterResolver,
    ZoneResolver,
  ],
})
export class ChannelDoorModule {}
