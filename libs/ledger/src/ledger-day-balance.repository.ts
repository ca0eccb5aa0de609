import { Injectable } from '@nestjs/common';
import { type FenText, fen } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { LedgerAccountId } from './ledger-account.entity.js';
import type { DayBalance, DayMovement } from './ledger-day-balance.rules.js';
import type { LedgerJournalId } from './ledger-journal.entity.js';

interface Raw {
  readonly accountId: LedgerAccountId;
  readonly day: string;
  readonly debits: FenText;
  readonly credits: FenText;
}

function balanceOf({ accountId, day, debits, credits }: Raw): DayBalance {
  return { accountId, day, debitsFen: fen(debits), creditsFen: fen(credits) };
}

@Injectable()
export class LedgerDayBalanceRepository {
  async insertWaiting(
    tx: Tx,
    journals: readonly { readonly journalId: LedgerJournalId; readonly day: string }[],
  ): Promise<void> {
    await tx.insert('ledger_day_waiting', journals);
  }

  /** One adds up at a time, because each balance goes on from the one before; whoever comes meanwhile goes away. */
  async takeGate(tx: Tx): Promise<boolean> {
    const rows = await tx.query(
      "SELECT name FROM ledger_gate WHERE name = 'DAY_BALANCE' FOR UPDATE SKIP LOCKED",
    );
    return rows.length > 0;
  }

  /**
   * What has been committed and not been added. Never "later than the last one": journals do not commit in the order of their
   * ids, nor in that of their moments. Behind the gate nobody else takes them, so they are read without a lock.
   */
  async waiting(tx: Tx, limit: number): Promise<LedgerJournalId[]> {
    const rows = await tx.query<{ id: LedgerJournalId }>(
      'SELECT journal_id AS id FROM ledger_day_waiting ORDER BY journal_id LIMIT ?',
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  async movements(tx: Tx, ids: readonly LedgerJournalId[]): Promise<DayMovement[]> {
    const rows = await tx.query<Raw>(
      `SELECT account_id AS accountId, day, SUM(debits) AS debits, SUM(credits) AS credits FROM (
         SELECT t.debit_account_id AS account_id, w.day, t.amount_fen AS debits, 0 AS credits
         FROM ledger_day_waiting w JOIN ledger_transfer t ON t.journal_id = w.journal_id WHERE w.journal_id IN (?)
         UNION ALL
         SELECT t.credit_account_id, w.day, 0, t.amount_fen
         FROM ledger_day_waiting w JOIN ledger_transfer t ON t.journal_id = w.journal_id WHERE w.journal_id IN (?)
       ) AS side GROUP BY account_id, day`,
      [ids, ids],
    );
    return rows.map(balanceOf);
  }

  /** Of each account that moves: the last balance up to the first day, and all since. */
  async since(tx: Tx, movements: readonly DayMovement[]): Promise<DayBalance[]> {
    if (movements.length === 0) return [];
    const ids = [...new Set(movements.map(({ accountId }) => accountId))];
    const day = movements.map((movement) => movement.day).toSorted()[0] ?? '';
    const rows = await tx.query<Raw>(
      `SELECT b.account_id AS accountId, b.day, b.debits_fen AS debits, b.credits_fen AS credits
       FROM (SELECT account_id, MAX(day) AS day FROM ledger_day_balance
             WHERE account_id IN (?) AND day <= ? GROUP BY account_id) AS last
       JOIN ledger_day_balance b ON b.account_id = last.account_id AND b.day = last.day
       UNION ALL
       SELECT account_id, day, debits_fen, credits_fen FROM ledger_day_balance WHERE account_id IN (?) AND day > ?`,
      [ids, day, ids, day],
    );
    return rows.map(balanceOf);
  }

  async save(tx: Tx, balances: readonly DayBalance[]): Promise<void> {
    if (balances.length === 0) return;
    const rows = balances.map(({ accountId, day, debitsFen, creditsFen }) => [
      accountId,
      day,
      debitsFen,
      creditsFen,
    ]);
    await tx.write(
      `INSERT INTO ledger_day_balance (account_id, day, debits_fen, credits_fen) VALUES ?
       ON DUPLICATE KEY UPDATE debits_fen = VALUES(debits_fen), credits_fen = VALUES(credits_fen)`,
      [rows],
    );
  }

  async deleteWaiting(tx: Tx, ids: readonly LedgerJournalId[]): Promise<void> {
    await tx.write('DELETE FROM ledger_day_waiting WHERE journal_id IN (?)', [ids]);
  }
}
