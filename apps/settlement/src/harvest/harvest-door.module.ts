import { Module } from '@nestjs/common';
import { HarvestModule } from '#libs/harvest';
import { BatchRecallFieldResolver, HarvestBatchFieldResolver } from '#libs/harvest/fields';
import { InventoryModule } from '#libs/inventory';
import { OrderingModule } from '#libs/ordering';
import { BatchRecallResolver } from './batch-recall.resolver.js';
import { HarvestResolver } from './harvest.resolver.js';
import { TestReportController } from './test-report.controller.js';

@Module({
  imports: [HarvestModule, InventoryModule, OrderingModule],
  controllers: [TestReportController],
  providers: [HarvestResolver, BatchRecallResolver, BatchRecallFieldResolver, HarvestBatchFieldResolver],
})
export class HarvestDoorModule {}
