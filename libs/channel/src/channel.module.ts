import { Module } from '@nestjs/common';
import { ChannelPointReader } from './channel-point.reader.js';
import { ChannelPointRepository } from './channel-point.repository.js';
import { ChannelPointService } from './channel-point.service.js';
import { CounterPlaceReader } from './counter-place.reader.js';
import { NearbyPointReader } from './nearby-point.reader.js';
import { PlaceCountReader } from './place-count.reader.js';

@Module({
  providers: [
    ChannelPointReader,
    ChannelPointRepository,
    ChannelPointService,
    CounterPlaceReader,
    NearbyPointReader,
    PlaceCountReader,
  ],
  exports: [ChannelPointReader, ChannelPointService, CounterPlaceReader, NearbyPointReader, PlaceCountReader],
})
export class ChannelModule {}
