import { Injectable } from '@nestjs/common';
import { type IdOf, type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, Gathered, type SqlValue, type Tx } from '#platform/database';
import type { FeeBearer, RuleState, SplitRuleId, ContributionRuleId } from './split-rule.entity.js';
import type { ContributionRuleRow, SplitRate, SplitRuleRow } from './split-rule.rules.js';

/** Where a rule came from, and how far it has come. */
export interface RuleOrigin {
  /** Null until published. */
  readonly version: number | null;
  readonly scopeKey: string;
  readonly channelKind: string;
  readonly effectiveFrom: Date;
  readonly state: RuleState;
  /** '' for the rules that were there from the start. */
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly approvalId: IdOf<'apr'> | null;
}

export interface SplitRuleVersion extends SplitRate, RuleOrigin {
  readonly id: SplitRuleId;
  readonly productId: string;
  readonly merchantId: string;
  readonly feeBearer: FeeBearer;
}

export interface ContributionRuleVersion extends RuleOrigin {
  readonly id: ContributionRuleId;
  readonly bps: number;
}

export interface RuleFilter {
  readonly states?: readonly RuleState[] | null;
  readonly scopeKey?: string | null;
}

const ORIGIN = `version, scope_key AS scopeKey, channel_kind AS channelKind, effective_from AS effectiveFrom, state,
  created_by AS createdBy, created_at AS createdAt, approval_id AS approvalId`;
const RATE = `merchant_bps AS merchantBps, household_bps AS householdBps, platform_bps AS platformBps,
  operator_bps AS operatorBps, fund_bps AS fundBps, fee_bearer AS feeBearer`;
export const SELECT_SPLIT_RULE = `SELECT id, product_id AS productId, merchant_id AS merchantId, ${RATE}, ${ORIGIN} FROM split_rule`;
export const SELECT_CONTRIBUTION_RULE = `SELECT id, bps, ${ORIGIN} FROM contribution_rule`;

@Injectable()
export class SplitRuleReader {
  private readonly versions = new Gathered<SplitRuleRow>(
    this.database,
    (scopeKeys) =>
      this.database.query(
        `SELECT id, version, scope_key AS scopeKey, ${RATE}, effective_from AS effectiveFrom
         FROM split_rule WHERE scope_key IN (?) AND state = 'PUBLISHED'`,
        [scopeKeys],
      ),
    ({ scopeKey }) => scopeKey,
  );

  constructor(private readonly database: Database) {}

  /**
   * What may decide a sale at that moment: the published versions of these scopes that have taken effect. One statement, whose cost is the
   * number of scopes and their versions, not that of all rules; nothing is remembered, so nothing is forgotten in time.
   */
  published(
    scopeKeys: readonly string[],
    at: Date,
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<SplitRuleRow[]> {
    return on.query<SplitRuleRow>(
      `SELECT id, version, scope_key AS scopeKey, ${RATE}, effective_from AS effectiveFrom
       FROM split_rule WHERE scope_key IN (?) AND state = 'PUBLISHED' AND effective_from <= ?`,
      [scopeKeys, at],
    );
  }

  /** The published versions of these scopes, also those that are yet to take effect: for whoever looks at products, and tells them apart. */
  announced(scopeKeys: readonly string[]): Promise<SplitRuleRow[]> {
    return this.versions.of(scopeKeys);
  }

  publishedContributions(
    scopeKeys: readonly string[],
    at: Date,
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<ContributionRuleRow[]> {
    return on.query<ContributionRuleRow>(
      `SELECT id, version, scope_key AS scopeKey, bps, effective_from AS effectiveFrom
       FROM contribution_rule WHERE scope_key IN (?) AND state = 'PUBLISHED' AND effective_from <= ?`,
      [scopeKeys, at],
    );
  }

  async splitRule(id: string): Promise<SplitRuleVersion | null> {
    const [row] = await this.database.query<SplitRuleVersion>(`${SELECT_SPLIT_RULE} WHERE id = ?`, [id]);
    return row ?? null;
  }

  async contributionRule(id: string): Promise<ContributionRuleVersion | null> {
    const [row] = await this.database.query<ContributionRuleVersion>(
      `${SELECT_CONTRIBUTION_RULE} WHERE id = ?`,
      [id],
    );
    return row ?? null;
  }

  /** The latest first; with a scope, its whole history. */
  splitRules(filter: RuleFilter, page: PageRequest): Promise<Page<SplitRuleVersion>> {
    return this.page<SplitRuleVersion>(SELECT_SPLIT_RULE, filter, page);
  }

  contributionRules(filter: RuleFilter, page: PageRequest): Promise<Page<ContributionRuleVersion>> {
    return this.page<ContributionRuleVersion>(SELECT_CONTRIBUTION_RULE, filter, page);
  }

  private async page<Row extends { readonly id: string }>(
    select: string,
    { states, scopeKey }: RuleFilter,
    { first, after }: PageRequest,
  ): Promise<Page<Row>> {
    const conditions = ['1 = 1'];
    const values: SqlValue[] = [];
    if (states && states.length > 0) {
      conditions.push('state IN (?)');
      values.push(states);
    }
    if (scopeKey) {
      conditions.push('scope_key = ?');
      values.push(scopeKey);
    }
    if (after) {
      // Ids are made in the order of time.
      conditions.push('id < ?');
      values.push(...after);
    }
    const rows = await this.database.query<Row>(
      `${select} WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT ?`,
      [...values, first + 1],
    );
    return pageOf(rows, first, (row) => [row.id]);
  }
}
