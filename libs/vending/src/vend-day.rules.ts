import type { VendItemState } from './vend.entity.js';

/** Asked for at the cabinet, and known by now: what was never asked for is no vend, and no fault of the machine. */
export function wasBegun(state: VendItemState): boolean {
  return state !== 'WAITING' && state !== 'TOO_LATE' && state !== 'WITHHELD';
}

/** Paid for, asked for, and not all of it came out. */
export function hasFailed(state: VendItemState): boolean {
  return wasBegun(state) && state !== 'FINISHED';
}
