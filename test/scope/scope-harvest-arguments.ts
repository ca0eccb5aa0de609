import type { Side } from './scope-world.js';

/** What harvests are asked about. */
export function harvestArguments(operation: string, { ids, place }: Side): Record<string, unknown> {
  switch (operation) {
    case 'harvestBatchRegister':
    case 'harvestBatchChange':
      // It weighs nothing: whoever may is refused for it and registers nothing.
      return { villageCode: 'x', harvestedFrom: '2026-11-01', harvestedUntil: '2026-11-02', weightG: 0 };
    case 'batchTestReportAdd':
      // Of no laboratory: likewise.
      return {
        fileId: ids['fileId'],
        laboratory: ' ',
        reportNo: ' ',
        testedOn: '2026-11-01',
        result: 'PASSED',
      };
    case 'harvestBatch':
      return { id: ids['batchId'] };
    case 'batchOrders':
      return { batchId: ids['batchId'] };
    case 'harvestBatches':
      return { reviewState: undefined };
    case 'batchRecalls':
      return { states: undefined };
    case 'harvestBatchDecide':
      // Of nothing that waits: whoever may is told so.
      return { batchId: ids['batchId'], verdict: 'RELEASED', reason: '已核过' };
    case 'harvestCapacitySet':
      // Of nothing: whoever may is refused for it.
      return {
        villageCode: place.village,
        seasonFrom: '2026-10-01',
        seasonTo: '2026-10-31',
        capacityG: 0,
      };
    case 'batchRecall':
    case 'batchRecallPropose':
      // Without a reason: likewise.
      return { batchId: ids['recalledBatchId'], reason: 'x', advice: 'DO_NOT_EAT' };
    case 'batchRecallConfirm':
    case 'batchRecallDrop':
    case 'batchRecallLift':
      return { recallId: ids['recallId'], reason: '没有问题' };
    case 'trace':
      return { code: 'x' };
    default:
      return {};
  }
}
