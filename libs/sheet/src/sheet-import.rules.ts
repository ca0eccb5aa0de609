import type { Message } from '#libs/kernel';
import type { SheetImportState } from './sheet-import.entity.js';
import type { SheetEntry, SheetFault } from './sheet-kind.rules.js';

/** Tables of one merchant that wait for somebody to say yes. */
export const OPEN_IMPORTS_MAX = 50;
/** Long enough for the largest batch, short enough that an import whose process has died goes on soon. */
export const LEASE_MS = 60_000;
/** An entry that fails for reasons of ours so often is given up, so that the others are not held up. */
export const ATTEMPTS_MAX = 5;
/** What was written stands in goods, stock and parcels by then; names and addresses that stood beside it need not be kept. */
export const KEEP_DAYS = 30;

/** May it be read from the file anew? */
export function isOpen(state: SheetImportState): boolean {
  return state === 'CHECKED' || state === 'DISCARDED';
}

/** What is said of a whole entry stands at its first row. */
export function saidOf({ rows }: SheetEntry, code: string, message: Message): SheetFault[] {
  return rows.slice(0, 1).map(({ rowNo }) => ({ rowNo, column: '', code, message }));
}
