import { Database, type Tx } from '#platform/database';
import type { BlockerSource } from './blocker-source.gateway.js';
import type { MonthCloseReader } from './month-close.reader.js';
import {
  type BlockerCounts,
  type CloseBlocker,
  addCounts,
  blockersOf,
  lastDayOf,
} from './month-close.rules.js';

/** What is in the way of a month's lock, or worth knowing before it, whoever knows it. */
export class CloseBlockerReader {
  constructor(
    private readonly database: Database,
    private readonly closes: MonthCloseReader,
    private readonly sources: readonly BlockerSource[],
  ) {}

  async ofMonth(month: string, on: Pick<Tx, 'query'> = this.database): Promise<CloseBlocker[]> {
    const counts: BlockerCounts[] = [await this.closes.blockerCounts(month, on)];
    // One after the other: a transaction has one connection.
    for (const source of this.sources) counts.push(await source.blockerCounts(on, month, lastDayOf(month)));
    return blockersOf(addCounts(counts));
  }
}
