import { Injectable } from '@nestjs/common';
import {
  type ApprovalContent,
  type ApprovalPendingError,
  ApprovalService,
  type Verdict,
  type VoteRefusal,
  contentHashOf,
} from '#libs/approval';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, NotFound, newId, present, refused } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { FeeBearer } from './split-rule.entity.js';
import { type RuleKind, type RuleVersion, SplitRuleRepository } from './split-rule.repository.js';
import {
  type SplitRate,
  nonSellerBps,
  refuseAct,
  refuseCaps,
  refuseContribution,
  refuseEffectiveFrom,
  refuseRate,
  refuseScope,
} from './split-rule.rules.js';
import { type RuleScope, scopeKeyOf } from './split-scope.rules.js';
import {
  type RuleNotFutureError,
  RuleKeyReusedError,
  type RuleStateError,
  type SplitCapExceededError,
  type SplitRuleNotWholeError,
} from './split.errors.js';

export interface SplitRuleDraft extends SplitRate, RuleScope {
  readonly idempotencyKey: string;
  readonly feeBearer: FeeBearer;
  readonly effectiveFrom: Date;
}

export interface ContributionRuleDraft {
  readonly idempotencyKey: string;
  readonly channelKind: string;
  readonly bps: number;
  readonly effectiveFrom: Date;
}

export interface RuleVote {
  readonly ruleId: string;
  readonly userId: IdOf<'usr'>;
  readonly verdict: Verdict;
  readonly reason: string | null;
}

export type ProposeRefusal =
  | RuleStateError
  | RuleNotFutureError
  | SplitCapExceededError
  | ApprovalPendingError;
export type DecideRefusal = RuleStateError | RuleNotFutureError | SplitCapExceededError | VoteRefusal;

/** Whoever proposes and one other person: two people stand behind what is published. */
const CHECKERS = 1;

/** Everything that is agreed to. */
function contentOf(rule: RuleVersion): ApprovalContent {
  const { id, scopeKey, effectiveFrom } = rule;
  if ('bps' in rule) return { id, scopeKey, effectiveFrom, bps: rule.bps };
  const { merchantBps, householdBps, platformBps, operatorBps, fundBps, feeBearer } = rule;
  const rate = { merchantBps, householdBps, platformBps, operatorBps, fundBps };
  return { id, scopeKey, effectiveFrom, feeBearer, ...rate };
}

/** From a draft to a version in force, for split and contribution rules alike. */
@Injectable()
export class SplitRuleService {
  constructor(
    private readonly database: Database,
    private readonly rules: SplitRuleRepository,
    private readonly approvals: ApprovalService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Writes a rule down; nothing follows from it before it is published. The same key and content again gives the same draft. */
  draftSplit(
    draft: SplitRuleDraft,
    userId: IdOf<'usr'>,
  ): Promise<
    IdOf<'spr'> | InvalidInputError | SplitRuleNotWholeError | RuleNotFutureError | RuleKeyReusedError
  > {
    return this.database.transaction(async (tx) => {
      const refusal = refuseScope(draft, draft.idempotencyKey) ?? refuseRate(draft);
      if (refusal) return refusal;
      const { idempotencyKey, effectiveFrom, ...rest } = draft;
      const content = { ...rest, scopeKey: scopeKeyOf(draft), effectiveFrom };
      return this.draft(tx, 'SPLIT_RULE', newId('spr'), content, idempotencyKey, userId);
    });
  }

  draftContribution(
    draft: ContributionRuleDraft,
    userId: IdOf<'usr'>,
  ): Promise<IdOf<'ctr'> | InvalidInputError | RuleNotFutureError | RuleKeyReusedError> {
    return this.database.transaction(async (tx) => {
      const refusal = refuseContribution(draft, draft.idempotencyKey);
      if (refusal) return refusal;
      const { idempotencyKey, channelKind, bps, effectiveFrom } = draft;
      const scopeKey = scopeKeyOf({ productId: '', merchantId: '', channelKind });
      const content = { channelKind, scopeKey, bps, effectiveFrom };
      return this.draft(tx, 'CONTRIBUTION_RULE', newId('ctr'), content, idempotencyKey, userId);
    });
  }

  /** Asks others to agree. Asked again by the same person, it is the same request. */
  propose(kind: RuleKind, ruleId: string, userId: IdOf<'usr'>): Promise<RuleVersion | ProposeRefusal> {
    return this.database.transaction(async (tx) => {
      const rule = await this.locked(tx, kind, ruleId);
      const refusal =
        (rule.state === 'PROPOSED' ? null : refuseAct('PROPOSE', rule.state)) ??
        (await this.refusePublication(tx, rule));
      if (refusal) return refusal;
      const approvalId = await this.approvals.open(tx, {
        subjectKind: kind,
        subjectId: rule.id,
        contentHash: contentHashOf(contentOf(rule)),
        requestedBy: userId,
        requiredCount: CHECKERS,
      });
      if (refused(approvalId)) return approvalId;
      await this.rules.propose(tx, kind, rule.id, approvalId);
      return { ...rule, state: 'PROPOSED', approvalId };
    });
  }

  /** The last approval publishes: dates and caps are looked at again, since time has passed. */
  vote(kind: RuleKind, { ruleId, ...cast }: RuleVote): Promise<RuleVersion | DecideRefusal> {
    return this.database.transaction(async (tx) => {
      const rule = await this.locked(tx, kind, ruleId);
      const refusal = refuseAct('DECIDE', rule.state);
      if (refusal) return refusal;
      const requestId = present(rule.approvalId, 'the request of a proposed rule');
      const contentHash = contentHashOf(contentOf(rule));
      const decided = await this.approvals.vote(tx, { ...cast, requestId, contentHash });
      if (refused(decided)) return decided;
      if (decided.state === 'REJECTED') {
        await this.rules.close(tx, kind, rule.id, 'REJECTED');
        return { ...rule, state: 'REJECTED' };
      }
      if (decided.state !== 'APPROVED') return rule;
      return (await this.refusePublication(tx, rule)) ?? this.publish(tx, kind, rule, cast.userId);
    });
  }

  /** By whoever drafted or proposed it; to anybody else it looks as if it did not exist. */
  withdraw(kind: RuleKind, ruleId: string, userId: IdOf<'usr'>): Promise<RuleVersion | RuleStateError> {
    return this.database.transaction(async (tx) => {
      const rule = await this.locked(tx, kind, ruleId);
      const refusal = refuseAct('WITHDRAW', rule.state);
      if (refusal) return refusal;
      if (rule.approvalId === null) {
        if (rule.createdBy !== userId) throw new NotFound('Rule', ruleId);
      } else {
        await this.approvals.withdrawWith(tx, { requestId: rule.approvalId, userId }, kind);
      }
      await this.rules.close(tx, kind, rule.id, 'WITHDRAWN');
      await this.audit.record(tx, { actorId: userId, act: 'rule.withdrawn', subject: rule.id });
      return { ...rule, state: 'WITHDRAWN' };
    });
  }

  private async draft<Id extends RuleVersion['id']>(
    tx: Tx,
    kind: RuleKind,
    id: Id,
    content: { readonly scopeKey: string; readonly effectiveFrom: Date } & Record<
      string,
      string | number | Date
    >,
    idempotencyKey: string,
    userId: IdOf<'usr'>,
  ): Promise<Id | RuleNotFutureError | RuleKeyReusedError> {
    const known = await this.rules.byKey(tx, kind, idempotencyKey);
    if (known) {
      const isSame = known.createdBy === userId && isSameContent(content, known);
      return isSame ? (known.id as Id) : new RuleKeyReusedError();
    }
    const now = this.clock.now();
    const refusal = refuseEffectiveFrom(content.effectiveFrom, now);
    if (refusal) return refusal;
    const origin = { state: 'DRAFT', createdBy: userId, createdAt: now, idempotencyKey };
    await this.rules.insert(tx, kind, { id, ...content, ...origin });
    await this.audit.record(tx, { actorId: userId, act: 'rule.drafted', subject: id, detail: content });
    return id;
  }

  private async publish(
    tx: Tx,
    kind: RuleKind,
    rule: RuleVersion,
    userId: IdOf<'usr'>,
  ): Promise<RuleVersion> {
    const version = await this.rules.publish(tx, kind, rule);
    const detail = { version, scopeKey: rule.scopeKey };
    await this.audit.record(tx, { actorId: userId, act: 'rule.published', subject: rule.id, detail });
    return { ...rule, version, state: 'PUBLISHED' };
  }

  private async refusePublication(
    tx: Tx,
    rule: RuleVersion,
  ): Promise<RuleNotFutureError | SplitCapExceededError | null> {
    const now = this.clock.now();
    const late = refuseEffectiveFrom(rule.effectiveFrom, now);
    if (late) return late;
    const caps = await this.rules.lockCaps(tx);
    if (caps.every(({ nonSellerMaxBps }) => nonSellerMaxBps === null)) return null;
    if (!('bps' in rule)) {
      const contributionBps = await this.rules.highestContribution(tx, rule.channelKind, now);
      return refuseCaps(nonSellerBps(rule, contributionBps), caps);
    }
    const merchantBps = await this.rules.lowestMerchant(tx, rule.channelKind, now);
    return merchantBps === null ? null : refuseCaps(nonSellerBps({ merchantBps }, rule.bps), caps);
  }

  private async locked(tx: Tx, kind: RuleKind, id: string): Promise<RuleVersion> {
    const rule = await this.rules.lock(tx, kind, id);
    if (!rule) throw new NotFound('Rule', id);
    return rule;
  }
}

function isSameContent(
  content: Readonly<Record<string, string | number | Date>>,
  rule: RuleVersion,
): boolean {
  const known: Readonly<Record<string, unknown>> = { ...rule };
  return Object.entries(content).every(([key, value]) => {
    const kept = known[key];
    return value instanceof Date && kept instanceof Date
      ? value.getTime() === kept.getTime()
      : value === kept;
  });
}
