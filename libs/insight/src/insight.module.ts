import { Module } from '@nestjs/common';
import { OrderingModule } from '#libs/ordering';
import { VolumeModule } from '#libs/volume';
import { InsightReader } from './insight.reader.js';
import { InsightRepository } from './insight.repository.js';
import { InsightService } from './insight.service.js';

@Module({
  imports: [OrderingModule, VolumeModule],
  providers: [InsightReader, InsightRepository, InsightService],
  exports: [InsightReader, InsightService],
})
export class InsightModule {}
