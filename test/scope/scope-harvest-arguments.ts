import type { Side } from './scope-world.js';

/** What harvests are asked about. */
export function harvestArguments(operation: string, { ids }: Side): Record<string, unknown> {
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
    case 'trace':
      return { code: 'x' };
    default:
      return {};
  }
}
