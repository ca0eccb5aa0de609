import { Injectable } from '@nestjs/common';
import { type SqlValue, type Tx, unlessTaken } from '#platform/database';
import type { RuleState } from './split-rule.entity.js';
import {
  type ContributionRuleVersion,
  SELECT_CONTRIBUTION_RULE,
  SELECT_SPLIT_RULE,
  type SplitRuleVersion,
} from './split-rule.reader.js';
import type { ProviderCap } from './split-rule.rules.js';

/** Both kinds of rules are drafted, proposed and published alike. */
export type RuleKind = 'SPLIT_RULE' | 'CONTRIBUTION_RULE';
export type RuleVersion = SplitRuleVersion | ContributionRuleVersion;

const TABLE: Readonly<Record<RuleKind, string>> = {
  SPLIT_RULE: 'split_rule',
  CONTRIBUTION_RULE: 'contribution_rule',
};
const SELECT: Readonly<Record<RuleKind, string>> = {
  SPLIT_RULE: SELECT_SPLIT_RULE,
  CONTRIBUTION_RULE: SELECT_CONTRIBUTION_RULE,
};

const STANDING = "r.state = 'PUBLISHED' AND (? = '*' OR r.channel_kind IN (?, '*'))";

/** No later version of its scope has taken its place by then. */
function notSuperseded(table: string): string {
  return `NOT EXISTS (SELECT 1 FROM ${table} later WHERE later.scope_key = r.scope_key AND later.state = 'PUBLISHED'
    AND later.effective_from <= ? AND (later.effective_from > r.effective_from
      OR (later.effective_from = r.effective_from AND later.version > r.version)))`;
}

@Injectable()
export class SplitRuleRepository {
  async byKey(tx: Tx, kind: RuleKind, idempotencyKey: string): Promise<RuleVersion | null> {
    const [row] = await tx.query<RuleVersion>(`${SELECT[kind]} WHERE idempotency_key = ?`, [idempotencyKey]);
    return row ?? null;
  }

  async insert(tx: Tx, kind: RuleKind, row: Readonly<Record<string, SqlValue>>): Promise<void> {
    // The same key at the same moment: asked again, the other draft is found.
    await unlessTaken('somebody else came first', () => tx.insert(TABLE[kind], [row]));
  }

  /** Locked: proposing, deciding and withdrawing one rule happen one after the other. */
  async lock(tx: Tx, kind: RuleKind, id: string): Promise<RuleVersion | null> {
    const [row] = await tx.query<RuleVersion>(`${SELECT[kind]} WHERE id = ? FOR UPDATE`, [id]);
    return row ?? null;
  }

  async propose(tx: Tx, kind: RuleKind, id: string, approvalId: string): Promise<void> {
    await tx.write(`UPDATE ${TABLE[kind]} SET state = 'PROPOSED', approval_id = ? WHERE id = ?`, [
      approvalId,
      id,
    ]);
  }

  async close(tx: Tx, kind: RuleKind, id: string, state: Exclude<RuleState, 'PUBLISHED'>): Promise<void> {
    await tx.write(`UPDATE ${TABLE[kind]} SET state = ? WHERE id = ?`, [state, id]);
  }

  /** The next version of its scope. Two that are published at once want the same number: the unique key makes one try again. */
  async publish(tx: Tx, kind: RuleKind, { id, scopeKey }: RuleVersion): Promise<number> {
    const [newest] = await tx.query<{ version: number | null }>(
      `SELECT MAX(version) AS version FROM ${TABLE[kind]} WHERE scope_key = ?`,
      [scopeKey],
    );
    const version = (newest?.version ?? 0) + 1;
    await unlessTaken('somebody else came first', () =>
      tx.write(`UPDATE ${TABLE[kind]} SET state = 'PUBLISHED', version = ? WHERE id = ?`, [version, id]),
    );
    return version;
  }

  /**
   * Of the providers in use; locked for sharing, so that none is put to use meanwhile. It also makes publications of splits and of
   * contributions wait for each other, which are allowed only together.
   */
  async lockCaps(tx: Tx): Promise<ProviderCap[]> {
    const rows = await tx.query<ProviderCap & { isUsed: number }>(
      'SELECT code, is_used AS isUsed, non_seller_max_bps AS nonSellerMaxBps FROM split_provider ORDER BY code FOR UPDATE',
    );
    return rows.filter(({ isUsed }) => isUsed === 1);
  }

  /** The most that a contribution takes on this channel, now or later; on any channel for '*'. */
  async highestContribution(tx: Tx, channelKind: string, now: Date): Promise<number> {
    const [row] = await tx.query<{ bps: number | null }>(
      `SELECT MAX(r.bps) AS bps FROM contribution_rule r WHERE ${STANDING} AND ${notSuperseded('contribution_rule')}`,
      [channelKind, channelKind, now],
    );
    return row?.bps ?? 0;
  }

  /** The least that a merchant keeps by a rule on this channel, now or later; null where there is no rule. */
  async lowestMerchant(tx: Tx, channelKind: string, now: Date): Promise<number | null> {
    const [row] = await tx.query<{ bps: number | null }>(
      `SELECT MIN(r.merchant_bps) AS bps FROM split_rule r WHERE ${STANDING} AND ${notSuperseded('split_rule')}`,
      [channelKind, channelKind, now],
    );
    return row?.bps ?? null;
  }
}
