import type { Side } from './scope-world.js';

/** What a merchant does with its stock. */
export function stockArguments(operation: string, { ids }: Side): Record<string, unknown> {
  switch (operation) {
    case 'stockWriteOffRequest':
      return { lines: [], causeKey: ' ' }; // No key: whoever may is refused for it and moves nothing.
    case 'stockWriteOffDecide':
    case 'stockWriteOffWithdraw':
      return { writeOffId: ids['stockWriteOffId'] };
    case 'stockWriteOffs':
      return { state: undefined };
    default:
      return {};
  }
}
