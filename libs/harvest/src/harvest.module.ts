import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { DivisionModule } from '#libs/division';
import { HouseholdModule } from '#libs/household';
import { AuditModule, IdentityModule } from '#libs/identity';
import { InventoryModule } from '#libs/inventory';
import { OrderingModule } from '#libs/ordering';
import { BatchRecallReader } from './batch-recall.reader.js';
import { BatchRecallRepository } from './batch-recall.repository.js';
import { BatchRecallService } from './batch-recall.service.js';
import { BatchTestReportService } from './batch-test-report.service.js';
import { HarvestBatchReader } from './harvest-batch.reader.js';
import { HarvestBatchRepository } from './harvest-batch.repository.js';
import { HarvestCapacityReader } from './harvest-capacity.reader.js';
import { HarvestCapacityRepository } from './harvest-capacity.repository.js';
import { HarvestReviewService } from './harvest-review.service.js';
import { HarvestGrantService } from './harvest-grant.service.js';
import { HarvestBatchService } from './harvest-batch.service.js';
import { PresaleHarvestService } from './presale-harvest.service.js';

@Module({
  imports: [
    AuditModule,
    CatalogModule,
    DivisionModule,
    HouseholdModule,
    IdentityModule,
    InventoryModule,
    OrderingModule,
  ],
  providers: [
    HarvestCapacityReader,
    HarvestCapacityRepository,
    HarvestGrantService,
    HarvestReviewService,
    PresaleHarvestService,
    BatchRecallReader,
    BatchRecallRepository,
    BatchRecallService,
    BatchTestReportService,
    HarvestBatchReader,
    HarvestBatchRepository,
    HarvestBatchService,
  ],
  exports: [
    HarvestCapacityReader,
    HarvestReviewService,
    PresaleHarvestService,
    BatchRecallReader,
    BatchRecallService,
    BatchTestReportService,
    HarvestBatchReader,
    HarvestBatchService,
  ],
})
export class HarvestModule {}
