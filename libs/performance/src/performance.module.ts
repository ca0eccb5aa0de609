import { Module } from '@nestjs/common';
import { AftersaleModule } from '#libs/aftersale';
import { ChannelModule } from '#libs/channel';
import { CounterModule } from '#libs/counter';
import { InventoryModule } from '#libs/inventory';
import { VendingModule } from '#libs/vending';
import { VolumeModule } from '#libs/volume';
import { CounterBoardReader } from './board.reader.js';
import { PerformanceFactsReader } from './performance-facts.reader.js';
import { PerformanceReader } from './performance.reader.js';
import { PerformanceRepository } from './performance.repository.js';
import { PerformanceService } from './performance.service.js';

@Module({
  imports: [AftersaleModule, ChannelModule, CounterModule, InventoryModule, VendingModule, VolumeModule],
  providers: [
    CounterBoardReader,
    PerformanceFactsReader,
    PerformanceReader,
    PerformanceRepository,
    PerformanceService,
  ],
  exports: [CounterBoardReader, PerformanceReader, PerformanceService],
})
export class PerformanceModule {}
