import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '#platform/database';
import type { SplitRuleRow } from './split-rule.rules.js';

/** A rule changes a few times a year. */
const RULES_MAX = 1_000;

@Injectable()
export class SplitRuleReader {
  constructor(private readonly database: Database) {}

  /** Every version of every rule, the oldest first. */
  all(on: Pick<Tx, 'query'> = this.database): Promise<SplitRuleRow[]> {
    return on.query<SplitRuleRow>(
      `SELECT id, version, channel_kind AS channelKind, merchant_bps AS merchantBps, household_bps AS householdBps,
              platform_bps AS platformBps, operator_bps AS operatorBps, fund_bps AS fundBps, effective_from AS effectiveFrom
       FROM split_rule ORDER BY effective_from, channel_kind LIMIT ?`,
      [RULES_MAX],
    );
  }
}
