import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { DivisionModule } from '#libs/division';
import { HouseholdModule } from '#libs/household';
import { AuditModule } from '#libs/identity';
import { InventoryModule } from '#libs/inventory';
import { BatchTestReportService } from './batch-test-report.service.js';
import { HarvestBatchReader } from './harvest-batch.reader.js';
import { HarvestBatchRepository } from './harvest-batch.repository.js';
import { HarvestBatchService } from './harvest-batch.service.js';

@Module({
  imports: [AuditModule, CatalogModule, DivisionModule, HouseholdModule, InventoryModule],
  providers: [BatchTestReportService, HarvestBatchReader, HarvestBatchRepository, HarvestBatchService],
  exports: [BatchTestReportService, HarvestBatchReader, HarvestBatchService],
})
export class HarvestModule {}
