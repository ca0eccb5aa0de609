import { Injectable } from '@nestjs/common';
import {
  type ApprovalPendingError,
  ApprovalReader,
  type ApprovalRequestId,
  ApprovalService,
  type Verdict,
  type VoteRefusal,
  contentHashOf,
} from '#libs/approval';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, NotFound, businessDay } from '#libs/kernel';
import { Forbidden } from '#platform/auth';
import { Database, type Tx } from '#platform/database';
import type { CloseState, VolumeClose } from './month-close.entity.js';
import { CloseBlockedError, CloseStateError, CloseTooEarlyError } from './month-close.errors.js';
import { CloseBlockerReader } from './close-blocker.reader.js';
import { MonthCloseReader } from './month-close.reader.js';
import { MonthCloseRepository } from './month-close.repository.js';
import { isMonth, monthOf, monthsToKeep } from './month-close.rules.js';

type UserId = IdOf<'usr'>;

/** Who acts, and for which divisions. */
export interface MonthCloser {
  readonly userId: UserId;
  readonly scope: readonly string[] | 'ALL';
}

export interface CloseDecision extends MonthCloser {
  readonly month: string;
  readonly requestId: ApprovalRequestId;
  readonly verdict: Verdict;
  readonly reason: string | null;
}

const OTHERS_REQUIRED = 1;

const KINDS = ['VOLUME_LOCK', 'VOLUME_PUBLISH'] as const;

/**
 * The close of a month, act by act. A month only goes forward: what was forgotten is a line of a later month. Locking and publishing
 * take two people; that the figures are frozen meanwhile is `MonthFreezeService`'s work.
 */
@Injectable()
export class MonthCloseService {
  constructor(
    private readonly database: Database,
    private readonly closes: MonthCloseRepository,
    private readonly reader: MonthCloseReader,
    private readonly blockers: CloseBlockerReader,
    private readonly approvals: ApprovalService,
    private readonly requests: ApprovalReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * The clock's part: puts the current month and those since the last one into the book, however long nobody has, and cuts off what is due.
   * Returns how many it did.
   */
  keepBook(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const today = businessDay(now);
      const fresh = await this.closes.missing(
        tx,
        monthsToKeep(await this.closes.lastMonth(tx), monthOf(today)),
      );
      for (const month of fresh) await this.closes.ensure(tx, month);
      const due = await this.closes.dueForCutOff(tx, today);
      for (const month of due) await this.move(tx, month, 'CUT_OFF', null, { cutOffAt: now });
      return fresh.length + due.length;
    });
  }

  /** From now on feeds of the month count later. On the day it is due at the earliest; a month of history may be taken up at any time. */
  async cutOff(
    month: string,
    closer: MonthCloser,
  ): Promise<VolumeClose | CloseStateError | CloseTooEarlyError> {
    await this.assertKeeps(closer);
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      if (!isMonth(month) || month >= monthOf(businessDay(now))) throw new NotFound('Month', month);
      await this.closes.ensure(tx, month);
      const close = await this.lock(tx, month);
      if (close.state !== 'OPEN') return new CloseStateError(close.state);
      if (businessDay(now) < close.cutOffOn) return new CloseTooEarlyError(close.cutOffOn);
      return this.move(tx, month, 'CUT_OFF', closer.userId, { cutOffAt: now });
    });
  }

  async startReview(month: string, closer: MonthCloser): Promise<VolumeClose | CloseStateError> {
    await this.assertKeeps(closer);
    return this.database.transaction(async (tx) => {
      const close = await this.lock(tx, month);
      if (close.state !== 'CUT_OFF') return new CloseStateError(close.state);
      return this.move(tx, month, 'IN_REVIEW', closer.userId);
    });
  }

  /** Proposes to lock the month at the figures it has now. */
  async requestLock(
    month: string,
    closer: MonthCloser,
  ): Promise<ApprovalRequestId | CloseStateError | CloseBlockedError | ApprovalPendingError> {
    await this.assertKeeps(closer);
    return this.database.transaction(async (tx) => {
      const close = await this.lock(tx, month);
      if (close.state !== 'IN_REVIEW') return new CloseStateError(close.state);
      if (await this.isBlocked(tx, month)) return new CloseBlockedError();
      return this.approvals.open(tx, {
        subjectKind: 'VOLUME_LOCK',
        subjectId: month,
        contentHash: await this.hashToLock(tx, month),
        requestedBy: closer.userId,
        requiredCount: OTHERS_REQUIRED,
        divisionCode: await this.closes.registerDivision(tx),
      });
    });
  }

  /**
   * Another person agrees or not. Agreed, the month takes nothing more from this moment: facts that are being recorded are waited for
   * and belong to it, whatever comes after counts later.
   */
  async decideLock(
    decision: CloseDecision,
  ): Promise<VolumeClose | CloseStateError | CloseBlockedError | VoteRefusal> {
    await this.assertKeeps(decision);
    await this.assertAsked('VOLUME_LOCK', decision);
    return this.database.transaction(async (tx) => {
      // First the gate, then the month: whoever records facts goes the same way.
      await this.closes.closeFactsGate(tx);
      const close = await this.lock(tx, decision.month);
      if (close.state !== 'IN_REVIEW') return new CloseStateError(close.state);
      if (decision.verdict === 'APPROVE' && (await this.isBlocked(tx, close.month)))
        return new CloseBlockedError();
      const contentHash = await this.hashToLock(tx, close.month);
      const voted = await this.approvals.vote(tx, {
        ...decision,
        contentHash,
        divisionCode: await this.closes.registerDivision(tx),
      });
      if (!('state' in voted)) return voted;
      return voted.state === 'APPROVED' ? this.move(tx, close.month, 'LOCKING', decision.userId) : close;
    });
  }

  async requestPublish(
    month: string,
    closer: MonthCloser,
  ): Promise<ApprovalRequestId | CloseStateError | ApprovalPendingError> {
    await this.assertKeeps(closer);
    return this.database.transaction(async (tx) => {
      const close = await this.lock(tx, month);
      if (close.state !== 'LOCKED') return new CloseStateError(close.state);
      return this.approvals.open(tx, {
        subjectKind: 'VOLUME_PUBLISH',
        subjectId: month,
        contentHash: hashToPublish(close),
        requestedBy: closer.userId,
        requiredCount: OTHERS_REQUIRED,
        divisionCode: await this.closes.registerDivision(tx),
      });
    });
  }

  async decidePublish(decision: CloseDecision): Promise<VolumeClose | CloseStateError | VoteRefusal> {
    await this.assertKeeps(decision);
    await this.assertAsked('VOLUME_PUBLISH', decision);
    return this.database.transaction(async (tx) => {
      const close = await this.lock(tx, decision.month);
      if (close.state !== 'LOCKED') return new CloseStateError(close.state);
      const voted = await this.approvals.vote(tx, {
        ...decision,
        contentHash: hashToPublish(close),
        divisionCode: await this.closes.registerDivision(tx),
      });
      if (!('state' in voted)) return voted;
      return voted.state === 'APPROVED' ? this.move(tx, close.month, 'PUBLISHED', decision.userId) : close;
    });
  }

  /** By whoever has asked, before it is decided. */
  async withdraw(requestId: ApprovalRequestId, closer: MonthCloser) {
    await this.assertKeeps(closer);
    return this.database.transaction(async (tx) => {
      const divisionCode = await this.closes.registerDivision(tx);
      const ask = { requestId, userId: closer.userId, divisionCode };
      const refusal = await this.approvals.withdraw(tx, ask, KINDS);
      return refusal ?? requestId;
    });
  }

  /** The register is one whole: it is closed by those of its own division or a wider one, not by a county of it, nor by another city. */
  private async assertKeeps({ scope }: MonthCloser): Promise<void> {
    if (!(await this.reader.isKeptBy(scope))) throw new Forbidden();
  }

  /** A request for another month, or for something else, is not found. */
  private async assertAsked(
    kind: (typeof KINDS)[number],
    { month, requestId }: CloseDecision,
  ): Promise<void> {
    const asked = await this.requests.ofSubjects(kind, [month]);
    if (!asked.some(({ id }) => id === requestId)) throw new NotFound('ApprovalRequest', requestId);
  }

  private async lock(tx: Tx, month: string): Promise<VolumeClose> {
    const close = await this.closes.lock(tx, month);
    if (!close) throw new NotFound('Month', month);
    return close;
  }

  private async isBlocked(tx: Tx, month: string): Promise<boolean> {
    return (await this.blockers.ofMonth(month, tx)).some(({ stopsLock }) => stopsLock);
  }

  /** What is agreed to are figures: should one more fact be counted meanwhile, nobody has agreed to that. */
  private async hashToLock(tx: Tx, month: string): Promise<string> {
    const { recognisedFen, certifiedFen, factCount } = await this.closes.totals(tx, month);
    return contentHashOf({ act: 'LOCK', month, recognisedFen, certifiedFen, factCount });
  }

  private async move(
    tx: Tx,
    month: string,
    state: CloseState,
    actorId: UserId | null,
    more: Partial<Pick<VolumeClose, 'cutOffAt'>> = {},
  ): Promise<VolumeClose> {
    await this.closes.move(tx, month, state, { actorId, at: this.clock.now() }, more);
    await this.audit.record(tx, {
      actorId,
      act: 'month_close.moved',
      subject: month,
      divisionCode: await this.closes.registerDivision(tx),
      detail: { state },
    });
    return this.lock(tx, month);
  }
}

function hashToPublish({ month, contentHash }: VolumeClose): string {
  return contentHashOf({ act: 'PUBLISH', month, contentHash });
}
