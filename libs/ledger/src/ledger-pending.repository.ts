import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, fen, present, sumFen } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { AccountCode } from './chart-of-accounts.rules.js';
import type { LedgerJournalId } from './ledger-journal.entity.js';
import type { LockedPending, PendingEnd } from './ledger-pending.rules.js';
import type { PendingState } from './ledger-pending.entity.js';
import type { TransferDraft } from './ledger.rules.js';

interface NewPending {
  readonly journalId: LedgerJournalId;
  readonly transfers: readonly TransferDraft[];
  readonly expiresAt: Date | null;
}

interface LineRow {
  readonly journalId: LedgerJournalId;
  readonly idempotencyKey: string;
  readonly kind: string;
  readonly subject: string;
  readonly debit: AccountCode;
  readonly credit: AccountCode;
  readonly amount: FenText;
}

interface StateRow {
  readonly journalId: LedgerJournalId;
  readonly amount: FenText;
  readonly state: PendingState;
  readonly expiresAt: Date | null;
}

@Injectable()
export class LedgerPendingRepository {
  async insert(tx: Tx, pendings: readonly NewPending[]): Promise<void> {
    const rows = pendings.map(({ journalId, transfers, expiresAt }) => ({
      journalId,
      amountFen: sumFen(transfers.map(({ amountFen }) => amountFen)),
      state: 'PENDING',
      expiresAt,
    }));
    await tx.insert('ledger_pending', rows);
  }

  /** The states are locked in the order of ids; what was set aside never changes, so it is read beforehand and without a lock. */
  async lock(tx: Tx, keys: readonly string[]): Promise<LockedPending[]> {
    const lines = await tx.query<LineRow>(
      `SELECT j.id AS journalId, j.idempotency_key AS idempotencyKey, j.kind, j.subject,
              d.code AS debit, c.code AS credit, t.amount_fen AS amount
       FROM ledger_journal j JOIN ledger_transfer t ON t.journal_id = j.id
       JOIN ledger_account d ON d.id = t.debit_account_id JOIN ledger_account c ON c.id = t.credit_account_id
       WHERE j.idempotency_key IN (?) AND j.phase = 'PENDING' ORDER BY j.id, t.line_no`,
      [keys],
    );
    if (lines.length === 0) return [];
    const linesOf = new Map<LedgerJournalId, LineRow[]>();
    for (const line of lines) linesOf.set(line.journalId, [...(linesOf.get(line.journalId) ?? []), line]);
    const states = await tx.query<StateRow>(
      `SELECT journal_id AS journalId, amount_fen AS amount, state, expires_at AS expiresAt
       FROM ledger_pending WHERE journal_id IN (?) ORDER BY journal_id FOR UPDATE`,
      [[...linesOf.keys()]],
    );
    return states.map(({ journalId, amount, state, expiresAt }): LockedPending => {
      const ofJournal = present(linesOf.get(journalId), 'the transfers of what is pending');
      const { idempotencyKey, kind, subject } = present(ofJournal[0], 'a transfer');
      const transfers = ofJournal.map((line) => ({
        debit: line.debit,
        credit: line.credit,
        amountFen: fen(line.amount),
      }));
      return {
        journalId,
        idempotencyKey,
        kind,
        subject,
        transfers,
        amountFen: fen(amount),
        state,
        expiresAt,
      };
    });
  }

  /** Skips what somebody else is just resolving. */
  async lockDue(tx: Tx, now: Date, limit: number): Promise<LedgerJournalId[]> {
    const rows = await tx.query<{ id: LedgerJournalId }>(
      `SELECT journal_id AS id FROM ledger_pending WHERE state = 'PENDING' AND expires_at <= ?
       ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED`,
      [now, limit],
    );
    return rows.map(({ id }) => id);
  }

  async keysOf(tx: Tx, ids: readonly LedgerJournalId[]): Promise<{ id: LedgerJournalId; key: string }[]> {
    return tx.query('SELECT id, idempotency_key AS `key` FROM ledger_journal WHERE id IN (?) ORDER BY id', [
      ids,
    ]);
  }

  /** The rows are locked, and each of them ends once. */
  async end(tx: Tx, ends: readonly (PendingEnd & { readonly resolvedBy: LedgerJournalId })[]): Promise<void> {
    if (ends.length === 0) return;
    const branches = ends.map(() => 'WHEN ? THEN ?').join(' ');
    const values = (of: (end: (typeof ends)[number]) => string | Fen) =>
      ends.flatMap((end) => [end.journalId, of(end)]);
    await tx.write(
      `UPDATE ledger_pending
       SET state = CASE journal_id ${branches} END, posted_fen = CASE journal_id ${branches} END,
           resolved_by_journal_id = CASE journal_id ${branches} END
       WHERE journal_id IN (?)`,
      [
        ...values(({ state }) => state),
        ...values(({ postedFen }) => postedFen),
        ...values(({ resolvedBy }) => resolvedBy),
        ends.map(({ journalId }) => journalId),
      ],
    );
  }
}
