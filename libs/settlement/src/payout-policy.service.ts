import { Injectable } from '@nestjs/common';
import { ApprovalService, type Verdict, type VoteRefusal } from '#libs/approval';
import { AuditService } from '#libs/identity';
import {
  Clock,
  type IdOf,
  type InvalidInputError,
  NotFound,
  assert,
  businessDay,
  newId,
  refused,
} from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { PayoutKeyReusedError } from './payee-account.errors.js';
import { refuseKey } from './payee-account.rules.js';
import type { PayoutPolicyChangeId } from './payout-policy.entity.js';
import { PolicyChangeStateError, type PolicyNotFutureError } from './payout-policy.errors.js';
import { PayoutPolicyRepository } from './payout-policy.repository.js';
import {
  type PolicyChangeRow,
  type PolicyWish,
  policyHash,
  refuseDay,
  refuseWish,
} from './payout-policy.rules.js';

type UserId = IdOf<'usr'>;

export interface PolicyDecision {
  readonly changeId: PayoutPolicyChangeId;
  readonly userId: UserId;
  readonly verdict: Verdict;
  /** Required to reject. */
  readonly reason: string | null;
}

const OTHERS_REQUIRED = 1;

/** From when on what is paid out at least, and by how many a batch is approved: two people's decision, for days to come. */
@Injectable()
export class PayoutPolicyService {
  constructor(
    private readonly database: Database,
    private readonly changes: PayoutPolicyRepository,
    private readonly approvals: ApprovalService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Nothing holds yet. The same key and content gives the first answer. */
  async propose(
    wish: PolicyWish,
    proposedBy: UserId,
  ): Promise<PolicyChangeRow | InvalidInputError | PolicyNotFutureError | PayoutKeyReusedError> {
    const { idempotencyKey, name, amountFen, effectiveOn } = wish;
    const refusal = refuseKey(idempotencyKey) ?? refuseWish(wish);
    if (refusal) return refusal;
    return this.database.transaction(async (tx) => {
      const before = await this.changes.byKey(tx, proposedBy, idempotencyKey);
      if (before) return policyHash(before) === policyHash(wish) ? before : new PayoutKeyReusedError();
      const late = refuseDay(effectiveOn, businessDay(this.clock.now()));
      if (late) return late;
      const id = newId('ppc');
      const approvalRequestId = await this.approvals.open(tx, {
        subjectKind: 'PAYOUT_POLICY',
        subjectId: id,
        contentHash: policyHash(wish),
        requestedBy: proposedBy,
        requiredCount: OTHERS_REQUIRED,
      });
      assert(!refused(approvalRequestId), 'a new change waits for no approval yet');
      const said = { id, name, amountFen, effectiveOn, reason: wish.reason.trim(), idempotencyKey };
      const change: PolicyChangeRow = {
        ...said,
        proposedBy,
        approvalRequestId,
        state: 'PROPOSED',
        proposedAt: this.clock.now(),
        decidedAt: null,
      };
      await this.changes.insert(tx, change);
      return change;
    });
  }

  /** Another person agrees, or does not. Nobody agrees to what would have to hold already. */
  decide({
    changeId,
    userId,
    verdict,
    reason,
  }: PolicyDecision): Promise<PolicyChangeRow | PolicyChangeStateError | PolicyNotFutureError | VoteRefusal> {
    return this.database.transaction(async (tx) => {
      const change = await this.lock(tx, changeId);
      if (change.state !== 'PROPOSED') return new PolicyChangeStateError(change.state);
      const late = verdict === 'APPROVE' ? this.refuseLate(change) : null;
      if (late) return late;
      const { approvalRequestId: requestId } = change;
      const cast = { requestId, userId, verdict, reason, contentHash: policyHash(change) };
      const voted = await this.approvals.vote(tx, cast);
      if (refused(voted)) return voted;
      if (voted.state === 'REJECTED') return this.move(tx, change, 'REJECTED');
      const { name, amountFen, effectiveOn } = change;
      await this.audit.record(tx, {
        actorId: userId,
        act: 'payout_policy.changed',
        subject: change.id,
        detail: { name, amountFen: amountFen.toString(), effectiveOn },
      });
      return this.move(tx, change, 'APPROVED');
    });
  }

  /** By whoever has proposed it, before it is decided; to anybody else it looks as if it did not exist. */
  withdraw(
    changeId: PayoutPolicyChangeId,
    userId: UserId,
  ): Promise<PolicyChangeRow | PolicyChangeStateError> {
    return this.database.transaction(async (tx) => {
      const change = await this.lock(tx, changeId);
      if (change.proposedBy !== userId) throw new NotFound('PayoutPolicyChange', changeId);
      if (change.state !== 'PROPOSED') return new PolicyChangeStateError(change.state);
      await this.approvals.withdrawWith(tx, { requestId: change.approvalRequestId, userId }, 'PAYOUT_POLICY');
      return this.move(tx, change, 'WITHDRAWN');
    });
  }

  private refuseLate({ effectiveOn }: PolicyChangeRow): PolicyNotFutureError | null {
    return refuseDay(effectiveOn, businessDay(this.clock.now()));
  }

  private async lock(tx: Tx, id: string): Promise<PolicyChangeRow> {
    const change = await this.changes.lock(tx, id);
    if (!change) throw new NotFound('PayoutPolicyChange', id);
    return change;
  }

  private async move(
    tx: Tx,
    change: PolicyChangeRow,
    state: PolicyChangeRow['state'],
  ): Promise<PolicyChangeRow> {
    const decided = { state, decidedAt: this.clock.now() };
    await this.changes.decide(tx, change.id, decided);
    return { ...change, ...decided };
  }
}
