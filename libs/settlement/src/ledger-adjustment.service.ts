import { Injectable } from '@nestjs/common';
import { type ApprovalPendingError, ApprovalService, type Verdict, type VoteRefusal } from '#libs/approval';
import { Clock, type IdOf, type InvalidInputError, NotFound, newId, refused } from '#libs/kernel';
import {
  IdempotencyConflictError,
  type LedgerJournalId,
  type LedgerRefusal,
  LedgerService,
} from '#libs/ledger';
import { Database, type Tx } from '#platform/database';
import type { LedgerAdjustmentId } from './ledger-adjustment.entity.js';
import { AdjustmentStateError } from './ledger-adjustment.errors.js';
import { LedgerAdjustmentRepository } from './ledger-adjustment.repository.js';
import {
  type AdjustmentRow,
  type AdjustmentWish,
  adjustmentHash,
  adjustmentJournal,
  adjustmentOf,
} from './ledger-adjustment.rules.js';

type UserId = IdOf<'usr'>;

export interface AdjustmentDecision {
  readonly adjustmentId: LedgerAdjustmentId;
  readonly userId: UserId;
  readonly verdict: Verdict;
  /** Required to reject. */
  readonly reason: string | null;
}

const OTHERS_REQUIRED = 1;

/** Corrections of the books under four eyes. Who asked, agreed and refused is in the audit log by the approval's own hand. */
@Injectable()
export class LedgerAdjustmentService {
  constructor(
    private readonly database: Database,
    private readonly adjustments: LedgerAdjustmentRepository,
    private readonly approvals: ApprovalService,
    private readonly ledger: LedgerService,
    private readonly clock: Clock,
  ) {}

  /** Nothing moves yet. The same key and content gives the first answer. */
  async request(
    wish: AdjustmentWish,
    requestedBy: UserId,
  ): Promise<AdjustmentRow | InvalidInputError | IdempotencyConflictError | ApprovalPendingError> {
    const content = adjustmentOf(wish);
    if (refused(content)) return content;
    const { idempotencyKey } = wish;
    return this.database.transaction(async (tx) => {
      const before = await this.adjustments.byKey(tx, requestedBy, idempotencyKey);
      if (before) {
        const isSame = adjustmentHash(before) === adjustmentHash(content);
        return isSame ? before : new IdempotencyConflictError(idempotencyKey);
      }
      const id = newId('adj');
      const approvalRequestId = await this.approvals.open(tx, {
        subjectKind: 'LEDGER_ADJUSTMENT',
        subjectId: id,
        contentHash: adjustmentHash(content),
        requestedBy,
        requiredCount: OTHERS_REQUIRED,
      });
      if (refused(approvalRequestId)) return approvalRequestId;
      const asked = { id, idempotencyKey, requestedBy, ...content, approvalRequestId };
      const requestedAt = this.clock.now();
      const adjustment = {
        ...asked,
        state: 'REQUESTED',
        journalId: null,
        requestedAt,
        decidedAt: null,
      } as const;
      await this.adjustments.insert(tx, adjustment);
      return adjustment;
    });
  }

  /** Another person agrees, and it is posted in the same transaction; or not. What the ledger refuses has not been agreed to. */
  decide(
    decision: AdjustmentDecision,
  ): Promise<AdjustmentRow | AdjustmentStateError | VoteRefusal | LedgerRefusal> {
    return this.database.transaction(async (tx) => {
      const adjustment = await this.lock(tx, decision.adjustmentId);
      if (adjustment.state !== 'REQUESTED') return new AdjustmentStateError(adjustment.state);
      const voted = await this.approvals.vote(tx, {
        requestId: adjustment.approvalRequestId,
        userId: decision.userId,
        verdict: decision.verdict,
        reason: decision.reason,
        contentHash: adjustmentHash(adjustment),
      });
      if (refused(voted)) return voted;
      if (voted.state === 'REJECTED') return this.move(tx, adjustment, 'REJECTED');
      const journals = await this.ledger.post(tx, [adjustmentJournal(adjustment, this.clock.now())]);
      if (refused(journals)) return journals;
      return this.move(tx, adjustment, 'POSTED', journals[0]?.id ?? null);
    });
  }

  /** By whoever has asked, before it is decided; to anybody else it looks as if it did not exist. */
  withdraw(adjustmentId: LedgerAdjustmentId, userId: UserId): Promise<AdjustmentRow | AdjustmentStateError> {
    return this.database.transaction(async (tx) => {
      const adjustment = await this.lock(tx, adjustmentId);
      if (adjustment.requestedBy !== userId) throw new NotFound('LedgerAdjustment', adjustmentId);
      if (adjustment.state !== 'REQUESTED') return new AdjustmentStateError(adjustment.state);
      const ask = { requestId: adjustment.approvalRequestId, userId };
      await this.approvals.withdrawWith(tx, ask, 'LEDGER_ADJUSTMENT');
      return this.move(tx, adjustment, 'WITHDRAWN');
    });
  }

  private async lock(tx: Tx, id: LedgerAdjustmentId): Promise<AdjustmentRow> {
    const adjustment = await this.adjustments.lock(tx, id);
    if (!adjustment) throw new NotFound('LedgerAdjustment', id);
    return adjustment;
  }

  private async move(
    tx: Tx,
    adjustment: AdjustmentRow,
    state: AdjustmentRow['state'],
    journalId: LedgerJournalId | null = null,
  ): Promise<AdjustmentRow> {
    const decided = { state, journalId, decidedAt: this.clock.now() };
    await this.adjustments.decide(tx, adjustment.id, decided);
    return { ...adjustment, ...decided };
  }
}
