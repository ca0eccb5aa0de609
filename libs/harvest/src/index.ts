export type { BatchTestReportId, TestResult } from './batch-test-report.entity.js';
export { BatchTestReportService, type BroughtTestReport } from './batch-test-report.service.js';
export { HARVEST_REVIEW_STATES, HarvestBatch, type HarvestReviewState } from './harvest-batch.entity.js';
export * from './harvest-batch.errors.js';
export {
  type BatchTestReportRow,
  HARVEST_BATCH_KEY_PARTS,
  HarvestBatchReader,
  type HarvestBatchRow,
  type HarvestScope,
} from './harvest-batch.reader.js';
export {
  type HarvestChange,
  HarvestBatchService,
  type HarvestKeeper,
  type RegisteredHarvest,
} from './harvest-batch.service.js';
export { HarvestModule } from './harvest.module.js';
