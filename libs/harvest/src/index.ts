export { BatchRecall, RECALL_ADVICES, type RecallAdvice, type RecallState } from './batch-recall.entity.js';
export * from './batch-recall.errors.js';
export type * from './batch-recall.events.js';
export { BATCH_RECALL_KEY_PARTS, BatchRecallReader, type BatchRecallRow } from './batch-recall.reader.js';
export { BatchRecallService, type RecallWish } from './batch-recall.service.js';
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
export { amountFaults, refuseHarvest } from './harvest-batch.rules.js';
export { HarvestModule } from './harvest.module.js';
export {
  HARVEST_CAPACITY_KEY_PARTS,
  HarvestCapacityReader,
  type HarvestCapacityRow,
} from './harvest-capacity.reader.js';
export type { CapacityWish } from './harvest-capacity.rules.js';
export { PresaleHarvestService } from './presale-harvest.service.js';
export { HarvestReviewService, type HarvestVerdict } from './harvest-review.service.js';
