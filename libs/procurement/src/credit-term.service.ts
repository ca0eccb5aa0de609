import { Injectable } from '@nestjs/common';
import { type ApprovalPendingError, ApprovalService, type Verdict, type VoteRefusal } from '#libs/approval';
import type { UserId } from '#libs/identity';
import { Clock, type InvalidInputError, NotFound, newId, refused } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { CreditTermId } from './credit-term.entity.js';
import { CreditTermStateError } from './credit-term.errors.js';
import { CreditTermRepository } from './credit-term.repository.js';
import { type CreditTermRow, refuseTerm, termHash } from './credit-term.rules.js';

export type CreditTermWish = Pick<CreditTermRow, 'unitId' | 'limitFen' | 'daysToPay'>;

export interface CreditTermDecision {
  readonly creditTermId: CreditTermId;
  readonly userId: UserId;
  readonly verdict: Verdict;
  /** Required to reject. */
  readonly reason: string | null;
}

const OTHERS_REQUIRED = 1;

/** How much units may owe, under four eyes. Who proposed and agreed is in the audit log by the approval's own hand. */
@Injectable()
export class CreditTermService {
  constructor(
    private readonly database: Database,
    private readonly terms: CreditTermRepository,
    private readonly approvals: ApprovalService,
    private readonly clock: Clock,
  ) {}

  /** The next version; nothing changes until another person agrees. Throws NotFound for a unit that is not there. */
  propose(
    wish: CreditTermWish,
    proposedBy: UserId,
  ): Promise<CreditTermRow | InvalidInputError | ApprovalPendingError> {
    return this.database.transaction(async (tx) => {
      const refusal = refuseTerm(wish);
      if (refusal) return refusal;
      // Numbers of versions are given behind the unit's lock.
      if (!(await this.terms.lockUnit(tx, wish.unitId))) throw new NotFound('Unit', wish.unitId);
      const version = (await this.terms.versionsOf(tx, wish.unitId)) + 1;
      const id = newId('ctm');
      const approvalRequestId = await this.approvals.open(tx, {
        subjectKind: 'CREDIT_TERM',
        subjectId: id,
        contentHash: termHash({ ...wish, version }),
        requestedBy: proposedBy,
        requiredCount: OTHERS_REQUIRED,
      });
      if (refused(approvalRequestId)) return approvalRequestId;
      const term: CreditTermRow = {
        id,
        unitId: wish.unitId,
        version,
        limitFen: wish.limitFen,
        daysToPay: wish.daysToPay,
        state: 'PROPOSED',
        approvalRequestId,
        proposedBy,
        proposedAt: this.clock.now(),
        decidedAt: null,
      };
      await this.terms.insert(tx, term);
      return term;
    });
  }

  /** Another person agrees, and it holds from the next order on; or not. */
  decide(decision: CreditTermDecision): Promise<CreditTermRow | CreditTermStateError | VoteRefusal> {
    return this.database.transaction(async (tx) => {
      const term = await this.locked(tx, decision.creditTermId);
      if (term.state !== 'PROPOSED') return new CreditTermStateError(term.state);
      const { userId, verdict, reason } = decision;
      const cast = {
        requestId: term.approvalRequestId,
        userId,
        verdict,
        reason,
        contentHash: termHash(term),
      };
      const voted = await this.approvals.vote(tx, cast);
      if (refused(voted)) return voted;
      return this.move(tx, term, voted.state === 'APPROVED' ? 'IN_FORCE' : 'REJECTED');
    });
  }

  /** By whoever has proposed it; to anybody else it looks as if it did not exist. */
  withdraw(creditTermId: CreditTermId, userId: UserId): Promise<CreditTermRow | CreditTermStateError> {
    return this.database.transaction(async (tx) => {
      const term = await this.locked(tx, creditTermId);
      if (term.proposedBy !== userId) throw new NotFound('CreditTerm', creditTermId);
      if (term.state !== 'PROPOSED') return new CreditTermStateError(term.state);
      await this.approvals.withdrawWith(tx, { requestId: term.approvalRequestId, userId }, 'CREDIT_TERM');
      return this.move(tx, term, 'WITHDRAWN');
    });
  }

  private async locked(tx: Tx, id: CreditTermId): Promise<CreditTermRow> {
    const term = await this.terms.lock(tx, id);
    if (!term) throw new NotFound('CreditTerm', id);
    return term;
  }

  private async move(tx: Tx, term: CreditTermRow, state: CreditTermRow['state']): Promise<CreditTermRow> {
    const decidedAt = this.clock.now();
    await this.terms.decide(tx, term.id, state, decidedAt);
    return { ...term, state, decidedAt };
  }
}
