import { Module } from '@nestjs/common';
import { ChannelPointReader } from './channel-point.reader.js';
import { ChannelPointRepository } from './channel-point.repository.js';
import { ChannelPointService } from './channel-point.service.js';
import { NearbyPointReader } from './nearby-point.reader.js';

@Module({
  providers: [ChannelPointReader, ChannelPointRepository, ChannelPointService, NearbyPointReader],
  exports: [ChannelPointReader, ChannelPointService, NearbyPointReader],
})
export class ChannelModule {}
