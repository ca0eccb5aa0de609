import { Injectable } from '@nestjs/common';
import { present } from '#libs/kernel';
import { type BlockerCounts, type BlockerSource, SaleFactReader } from '#libs/volume';
import type { Tx } from '#platform/database';

/** Facts of a month that nobody has checked, and flags about such facts that nobody has decided on. */
@Injectable()
export class IntegrityBlockerReader implements BlockerSource {
  constructor(private readonly sales: SaleFactReader) {}

  async blockerCounts(on: Pick<Tx, 'query'>, from: string, to: string): Promise<BlockerCounts> {
    // In this order: a round takes facts off the list and writes its flags in one commit, so that a fact is seen in one of the two.
    const unchecked = await this.sales.uncheckedCount(on, from, to);
    const [flags] = await on.query<{ n: string }>(
      `SELECT COUNT(*) AS n FROM integrity_flag g WHERE g.state = 'OPEN'
         AND EXISTS (SELECT 1 FROM integrity_flag_fact x WHERE x.flag_id = g.id AND x.event_day BETWEEN ? AND ?)`,
      [from, to],
    );
    return { FACTS_UNCHECKED: unchecked, FLAGS_OPEN: Number(present(flags, 'a count').n) };
  }
}
