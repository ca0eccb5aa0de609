import type { Side } from './scope-world.js';

/** What a merchant does with its stock, and whoever runs a cabinet with what lies in its slots. */
export function stockArguments(operation: string, { ids }: Side): Record<string, unknown> {
  switch (operation) {
    case 'slotFill':
      return { slotCode: 'A1', quantity: 1 }; // Nothing is planned there: whoever may is told so.
    case 'slotCount':
      return { slotCode: 'A1', batches: [] };
    case 'stockWriteOffRequest':
      return { lines: [], causeKey: ' ' }; // No key: whoever may is refused for it and moves nothing.
    case 'stockDestinations':
      return { kind: 'ZONE', countyCode: '000000' }; // Places of sale are no secret; here there are none.
    case 'stockThresholdSet':
      return { units: 0 }; // Too few: whoever may is refused for it and changes nothing.
    case 'stockWriteOffDecide':
    case 'stockWriteOffWithdraw':
      return { writeOffId: ids['stockWriteOffId'] };
    case 'stockTransferDraft':
    case 'stockTransferReceive':
      return { lines: [], causeKey: ' ', transferId: ids['stockTransferId'] }; // Likewise.
    case 'stockTransfer':
    case 'stockTransferSend':
    case 'stockTransferCancel':
      return { transferId: ids['stockTransferId'] };
    case 'stockCount':
    case 'stockCountPost':
    case 'stockCountDecide':
    case 'stockCountWithdraw':
    case 'stockCountDiscard':
      return { countId: ids['stockCountId'] };
    case 'stockCountEnter':
      return { countId: ids['stockCountId'], entries: [] };
    case 'stockTransfers':
    case 'stockCounts':
    case 'stockWriteOffs':
      return { state: undefined };
    default:
      return {};
  }
}
