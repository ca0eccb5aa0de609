import { Injectable } from '@nestjs/common';
import { type ApprovalPendingError, ApprovalService, type Verdict, type VoteRefusal } from '#libs/approval';
import type { UserId } from '#libs/identity';
import { Clock, type Fen, type InvalidInputError, NotFound, newId, refused } from '#libs/kernel';
import { IdempotencyConflictError } from '#libs/ledger';
import { ProcurementUnitReader } from '#libs/procurement';
import { Database, type Tx } from '#platform/database';
import type { ReceivableActId } from './receivable-act.entity.js';
import {
  NothingToActOnError,
  PaybackReferenceUsedError,
  ReceivableActStateError,
} from './receivable-act.errors.js';
import { ReceivableActPosting } from './receivable-act-posting.service.js';
import { ReceivableActRepository } from './receivable-act.repository.js';
import type { MoneyRefusal } from './receivable-journal.rules.js';
import { type ActRow, type ActWish, actHash, refuseAct } from './receivable-act.rules.js';

export interface ActDecision {
  readonly actId: ReceivableActId;
  readonly userId: UserId;
  readonly verdict: Verdict;
  /** Required to reject. */
  readonly reason: string | null;
}

type Asked =
  | ActRow
  | InvalidInputError
  | IdempotencyConflictError
  | ApprovalPendingError
  | NothingToActOnError;

const OTHERS_REQUIRED = 1;

/** Writing off, reversing and paying back under four eyes. Who asked, agreed and refused is in the audit log by the approval's own hand. */
@Injectable()
export class ReceivableActService {
  constructor(
    private readonly database: Database,
    private readonly units: ProcurementUnitReader,
    private readonly acts: ReceivableActRepository,
    private readonly posting: ReceivableActPosting,
    private readonly approvals: ApprovalService,
    private readonly clock: Clock,
  ) {}

  /** Nothing moves yet. The same key and content gives the first answer. Throws NotFound for what is not there. */
  request(wish: ActWish & { readonly kind: 'WRITE_OFF' | 'RECEIPT_REVERSAL' }, by: UserId): Promise<Asked>;
  request(wish: ActWish, by: UserId): Promise<Asked | PaybackReferenceUsedError>;
  async request(wish: ActWish, requestedBy: UserId): Promise<Asked | PaybackReferenceUsedError> {
    const refusal = refuseAct(wish);
    if (refusal) return refusal;
    if (wish.kind === 'CREDIT_PAYBACK' && (await this.units.byIds([wish.subjectRef])).length === 0)
      throw new NotFound('Unit', wish.subjectRef);
    return this.database.transaction(async (tx) => {
      const { kind, subjectRef, idempotencyKey } = wish;
      const before = await this.acts.byKey(tx, requestedBy, idempotencyKey);
      if (before) return isAsAsked(before, wish) ? before : new IdempotencyConflictError(idempotencyKey);
      const amountFen = wish.amountFen ?? (await this.posting.amountOf(tx, kind, subjectRef));
      if (amountFen === 0n) return new NothingToActOnError();
      const { bankRef = '', reason } = wish;
      const paybackRef = kind === 'CREDIT_PAYBACK' ? bankRef : null;
      // One transfer of the bank is one payback, whoever asks: booked twice, the unit's credit would be gone twice.
      if (paybackRef !== null && (await this.acts.byPaybackRef(tx, paybackRef)))
        return new PaybackReferenceUsedError(paybackRef);
      const content = { kind, subjectRef, amountFen, bankRef, reason: reason.trim() };
      const id = newId('rca');
      const approvalRequestId = await this.approvals.open(tx, {
        subjectKind: 'RECEIVABLE_ACT',
        subjectId: id,
        contentHash: actHash(content),
        requestedBy,
        requiredCount: OTHERS_REQUIRED,
      });
      if (refused(approvalRequestId)) return approvalRequestId;
      const requestedAt = this.clock.now();
      const act: ActRow = {
        id,
        ...content,
        paybackRef,
        idempotencyKey,
        requestedBy,
        approvalRequestId,
        state: 'REQUESTED',
        requestedAt,
        decidedAt: null,
      };
      await this.acts.insert(tx, act);
      return act;
    });
  }

  /** Another person agrees, and it is posted in the same transaction; or not. What the ledger refuses has not been agreed to. */
  decide(decision: ActDecision): Promise<ActRow | ReceivableActStateError | VoteRefusal | MoneyRefusal> {
    return this.database.transaction(async (tx) => {
      const act = await this.locked(tx, decision.actId);
      if (act.state !== 'REQUESTED') return new ReceivableActStateError(act.state);
      // Behind the lock of what it is about: agreed is to what is open now, or to nothing.
      const amountFen = await this.amountNow(tx, act);
      const { userId, verdict, reason } = decision;
      const contentHash = actHash({ ...act, amountFen });
      const cast = { requestId: act.approvalRequestId, userId, verdict, reason, contentHash };
      const voted = await this.approvals.vote(tx, cast);
      if (refused(voted)) return voted;
      if (voted.state === 'REJECTED') return this.move(tx, act, 'REJECTED');
      const refusal = await this.posting.post(tx, act);
      return refusal ?? this.move(tx, act, 'POSTED');
    });
  }

  /** By whoever has asked, before it is decided; to anybody else it looks as if it did not exist. */
  withdraw(actId: ReceivableActId, userId: UserId): Promise<ActRow | ReceivableActStateError> {
    return this.database.transaction(async (tx) => {
      const act = await this.locked(tx, actId);
      if (act.requestedBy !== userId) throw new NotFound('ReceivableAct', actId);
      if (act.state !== 'REQUESTED') return new ReceivableActStateError(act.state);
      await this.approvals.withdrawWith(tx, { requestId: act.approvalRequestId, userId }, 'RECEIVABLE_ACT');
      return this.move(tx, act, 'WITHDRAWN');
    });
  }

  private amountNow(tx: Tx, { kind, subjectRef, amountFen }: ActRow): Promise<Fen> {
    return kind === 'CREDIT_PAYBACK'
      ? Promise.resolve(amountFen)
      : this.posting.amountOf(tx, kind, subjectRef);
  }

  private async locked(tx: Tx, id: ReceivableActId): Promise<ActRow> {
    const act = await this.acts.lock(tx, id);
    if (!act) throw new NotFound('ReceivableAct', id);
    return act;
  }

  private async move(tx: Tx, act: ActRow, state: ActRow['state']): Promise<ActRow> {
    const decidedAt = this.clock.now();
    await this.acts.decide(tx, act.id, state, decidedAt);
    return { ...act, state, decidedAt };
  }
}

function isAsAsked(act: ActRow, wish: ActWish): boolean {
  const { kind, subjectRef, reason, amountFen = act.amountFen, bankRef = '' } = wish;
  return actHash(act) === actHash({ kind, subjectRef, amountFen, bankRef, reason: reason.trim() });
}
