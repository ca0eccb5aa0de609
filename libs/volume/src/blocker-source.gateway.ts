import type { Tx } from '#platform/database';
import type { BlockerCounts } from './month-close.rules.js';

/** Whoever lies above the register and knows of something that is in the way of a month: each counts what is theirs. */
export interface BlockerSource {
  /** Of facts, or what may become some, from the first to the last day. Asked within the transaction that locks the month. */
  blockerCounts(on: Pick<Tx, 'query'>, from: string, to: string): Promise<BlockerCounts>;
}
