import { Module } from '@nestjs/common';
import { ChannelPointReader } from './channel-point.reader.js';
import { ChannelPointRepository } from './channel-point.repository.js';
import { ChannelPointService } from './channel-point.service.js';
import { CounterPlaceReader } from './counter-place.reader.js';
import { NearbyPointReader } from './nearby-point.reader.js';

@Module({
  providers: [
    ChannelPointReader,
    ChannelPointRepository,
    ChannelPointService,
    CounterPlaceReader,
    NearbyPointReader,
  ],
  exports: [ChannelPointReader, ChannelPointService, CounterPlaceReader, NearbyPointReader],
})
export class ChannelModule {}
