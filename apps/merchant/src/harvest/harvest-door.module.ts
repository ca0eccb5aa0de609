import { Module } from '@nestjs/common';
import { HarvestModule } from '#libs/harvest';
import { HarvestBatchFieldResolver } from '#libs/harvest/fields';
import { InventoryModule } from '#libs/inventory';
import { HarvestResolver } from './harvest.resolver.js';
import { TestReportController } from './test-report.controller.js';

@Module({
  imports: [HarvestModule, InventoryModule],
  controllers: [TestReportController],
  providers: [HarvestResolver, HarvestBatchFieldResolver],
})
export class HarvestDoorModule {}
