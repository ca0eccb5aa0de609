import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { HarvestModule } from '#libs/harvest';
import { BatchRecallFieldResolver, HarvestBatchFieldResolver } from '#libs/harvest/fields';
import { InventoryModule } from '#libs/inventory';
import { OrderingModule } from '#libs/ordering';
import { BatchVariantResolver } from './batch-variant.resolver.js';
import { HarvestResolver } from './harvest.resolver.js';
import { TestReportController } from './test-report.controller.js';

@Module({
  imports: [CatalogModule, HarvestModule, InventoryModule, OrderingModule],
  controllers: [TestReportController],
  providers: [HarvestResolver, BatchVariantResolver, BatchRecallFieldResolver, HarvestBatchFieldResolver],
})
export class HarvestDoorModule {}
