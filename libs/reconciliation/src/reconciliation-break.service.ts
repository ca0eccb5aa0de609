import { Injectable } from '@nestjs/common';
import { AuditService, MembershipReader } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, NotFound, refused } from '#libs/kernel';
import { LedgerReader } from '#libs/ledger';
import { RefundReader } from '#libs/payment';
import { type Grant, PERMISSIONS_OF, type Role, ROLES } from '#platform/auth';
import { Database, type Tx } from '#platform/database';
import type { BreakAct, BreakId } from './reconciliation-break.entity.js';
import { BreakClosedError } from './reconciliation-break.errors.js';
import { ReconciliationBreakReader } from './reconciliation-break.reader.js';
import { type LockedBreak, ReconciliationBreakRepository } from './reconciliation-break.repository.js';
import { invalid, refuseText } from './reconciliation-break.rules.js';

export interface Resolution {
  readonly reason: string;
  /** What has put it right, if a journal or a refund has. */
  readonly journalId: string | null;
  readonly refundId: string | null;
}

type UserId = IdOf<'usr'>;

/** What people do about a break: take it, say something, close it. Each leaves a line in its history and in the audit. */
@Injectable()
export class ReconciliationBreakService {
  constructor(
    private readonly database: Database,
    private readonly breaks: ReconciliationBreakRepository,
    private readonly reader: ReconciliationBreakReader,
    private readonly memberships: MembershipReader,
    private readonly ledger: LedgerReader,
    private readonly refunds: RefundReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** To oneself, or to somebody else who may resolve it. Given to whoever has it, nothing happens. */
  async assign(
    actorId: UserId,
    id: string,
    ownerId: UserId,
  ): Promise<BreakId | InvalidInputError | BreakClosedError> {
    if (ownerId !== actorId && !mayOwn(await this.memberships.grantsOf(ownerId)))
      return invalid('ownerId', {
        zh: '该用户无权处理对账差异',
        en: 'This person may not resolve breaks.',
      });
    return this.change(actorId, id, 'ASSIGNED', async (tx, locked) => {
      if (locked.ownerId === ownerId) return null;
      await this.breaks.assign(tx, locked.id, ownerId);
      return ownerId;
    });
  }

  /** Said twice in a row by the same person it stands there once. */
  async note(
    actorId: UserId,
    id: string,
    text: string,
  ): Promise<BreakId | InvalidInputError | BreakClosedError> {
    const refusal = refuseText('note', text);
    if (refusal) return refusal;
    return this.change(actorId, id, 'NOTED', async (tx, locked) => {
      const last = await this.reader.lastStepOf(locked.id, tx);
      const isRepeated = last?.act === 'NOTED' && last.actorId === actorId && last.note === text.trim();
      return isRepeated ? null : text.trim();
    });
  }

  /** Closes it under one's name. Repeating it with the same reason is harmless. */
  async resolve(
    actorId: UserId,
    id: string,
    { reason, journalId, refundId }: Resolution,
  ): Promise<BreakId | InvalidInputError | BreakClosedError> {
    const refusal = refuseText('reason', reason) ?? (await this.refuseProof(journalId, refundId));
    if (refusal) return refusal;
    return this.database.transaction(async (tx) => {
      const locked = await this.lock(tx, id);
      const closing = { state: 'RESOLVED', reason: reason.trim(), journalId, refundId } as const;
      if (locked.state === 'RESOLVED' && (await this.reader.isClosedAs(locked.id, closing, tx)))
        return locked.id;
      const closed = refuseClosed(locked);
      if (closed) return closed;
      await this.breaks.close(tx, locked.id, closing, actorId, this.clock.now());
      await this.audit.record(tx, {
        actorId,
        act: 'reconciliation_break.resolved',
        subject: locked.id,
        detail: { reason: closing.reason, journalId, refundId },
      });
      return locked.id;
    });
  }

  private async refuseProof(
    journalId: string | null,
    refundId: string | null,
  ): Promise<InvalidInputError | null> {
    if (journalId !== null && !(await this.ledger.hasJournal(journalId)))
      return invalid('journalId', { zh: '账簿中没有这笔分录', en: 'There is no such journal.' });
    if (refundId !== null && !(await this.refunds.byId(refundId)))
      return invalid('refundId', { zh: '没有这笔退款', en: 'There is no such refund.' });
    return null;
  }

  /** `work` answers with what to write into the history, or null where nothing has changed. */
  private change(
    actorId: UserId,
    id: string,
    act: BreakAct & ('ASSIGNED' | 'NOTED'),
    work: (tx: Tx, locked: LockedBreak) => Promise<string | null>,
  ): Promise<BreakId | BreakClosedError> {
    return this.database.transaction(async (tx) => {
      const locked = await this.lock(tx, id);
      const closed = refuseClosed(locked);
      if (closed) return closed;
      const note = await work(tx, locked);
      if (note === null || refused(note)) return locked.id;
      await this.breaks.addSteps(tx, [{ breakId: locked.id, act, actorId, note }], this.clock.now());
      await this.audit.record(tx, {
        actorId,
        act: `reconciliation_break.${act.toLowerCase()}`,
        subject: locked.id,
        detail: { note },
      });
      return locked.id;
    });
  }

  private async lock(tx: Tx, id: string): Promise<LockedBreak> {
    const locked = await this.breaks.lock(tx, id);
    if (!locked) throw new NotFound('ReconciliationBreak', id);
    return locked;
  }
}

function refuseClosed({ state }: LockedBreak): BreakClosedError | null {
  return state === 'RESOLVED' || state === 'AUTO_CLOSED' ? new BreakClosedError(state) : null;
}

/** Whoever may resolve breaks of the whole platform may be given one. */
/** Whose matter breaks are. */
export const BREAK_OWNERS: readonly Role[] = ROLES.filter((role) =>
  PERMISSIONS_OF[role].includes('RECONCILIATION_RESOLVE'),
);

function mayOwn(grants: readonly Grant[]): boolean {
  return grants.some(({ role, scopeKind }) => scopeKind === 'PLATFORM' && BREAK_OWNERS.includes(role));
}
