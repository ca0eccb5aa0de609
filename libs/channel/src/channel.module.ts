import { Module } from '@nestjs/common';
import { ChannelPointReader } from './channel-point.reader.js';
import { ChannelPointRepository } from './channel-point.repository.js';
import { ChannelPointService } from './channel-point.service.js';

@Module({
  providers: [ChannelPointReader, ChannelPointRepository, ChannelPointService],
  exports: [ChannelPointReader, ChannelPointService],
})
export class ChannelModule {}
