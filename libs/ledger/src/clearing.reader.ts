import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, fen } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { AccountCode } from './chart-of-accounts.rules.js';
import type { LedgerJournalId } from './ledger-journal.entity.js';

/** What one subject has left in an account. */
export interface SubjectBalance {
  readonly subject: string;
  /** Credits less debits. */
  readonly balanceFen: Fen;
  readonly lastAt: Date;
}

/** What journals of one kind have left in an account of one subject. */
export interface SubjectSum {
  readonly subject: string;
  /** Credits less debits. */
  readonly sumFen: Fen;
}

interface Touch {
  readonly journalId: LedgerJournalId;
  readonly subject: string;
}

/** What one journal has done to an account. */
export interface JournalEffect {
  readonly journalId: LedgerJournalId;
  readonly idempotencyKey: string;
  readonly kind: string;
  readonly subject: string;
  readonly effectiveAt: Date;
  /** Debits less credits: what has come to an asset. */
  readonly effectFen: Fen;
}

/** Credits less debits of the account `a`. */
const SIGNED = 'IF(t.credit_account_id = a.id, t.amount_fen, -t.amount_fen)';

/** Accounts that return to zero for each subject, and what journals say of subjects: for whoever compares the books with others. */
@Injectable()
export class ClearingReader {
  constructor(private readonly database: Database) {}

  /** Journals that touched an account, in the order of their ids, a page from `afterJournalId` on. */
  async touches(code: AccountCode, afterJournalId: string, limit: number): Promise<Touch[]> {
    const side = (name: 'debit' | 'credit') =>
      `(SELECT DISTINCT t.journal_id AS journalId FROM ledger_transfer t JOIN ledger_account a ON a.id = t.${name}_account_id
        WHERE a.code = ? AND t.journal_id > ? AND t.is_pending = 0 ORDER BY t.journal_id LIMIT ?)`;
    return this.database.query<Touch>(
      `SELECT j.id AS journalId, j.subject FROM (${side('credit')} UNION ${side('debit')}) AS touched
       JOIN ledger_journal j ON j.id = touched.journalId ORDER BY j.id LIMIT ?`,
      [code, afterJournalId, limit, code, afterJournalId, limit, limit],
    );
  }

  /** What the journals of these keys have done to an account; keys that nothing has been posted under are left out. */
  async effectsOf(code: AccountCode, keys: readonly string[]): Promise<JournalEffect[]> {
    return keys.length === 0 ? [] : this.effects(code, 'j.idempotency_key IN (?)', [keys]);
  }

  /** The same of journals by their ids. */
  async effectsOfJournals(code: AccountCode, journalIds: readonly string[]): Promise<JournalEffect[]> {
    return journalIds.length === 0 ? [] : this.effects(code, 'j.id IN (?)', [journalIds]);
  }

  /** The same of journals of one kind that took effect in a time, the first one first. */
  async effectsBetween(code: AccountCode, kind: string, from: Date, until: Date): Promise<JournalEffect[]> {
    return this.effects(code, 'j.kind = ? AND j.effective_at BETWEEN ? AND ?', [kind, from, until]);
  }

  /** What each subject has left in an account; subjects that never touched it are left out. */
  async balancesOf(code: AccountCode, subjects: readonly string[]): Promise<SubjectBalance[]> {
    if (subjects.length === 0) return [];
    const rows = await this.database.query<Omit<SubjectBalance, 'balanceFen'> & { balance: FenText }>(
      `SELECT j.subject, SUM(${SIGNED}) AS balance, MAX(j.recorded_at) AS lastAt
       FROM ledger_journal j JOIN ledger_transfer t ON t.journal_id = j.id AND t.is_pending = 0
       JOIN ledger_account a ON a.code = ? AND a.id IN (t.debit_account_id, t.credit_account_id)
       WHERE j.subject IN (?) GROUP BY j.subject`,
      [code, subjects],
    );
    return rows.map(({ balance, ...row }) => ({ ...row, balanceFen: fen(balance) }));
  }

  /** What journals of one kind have left in an account of each subject; subjects without any are left out. */
  async sumsOf(kind: string, code: AccountCode, subjects: readonly string[]): Promise<SubjectSum[]> {
    if (subjects.length === 0) return [];
    const rows = await this.database.query<Omit<SubjectSum, 'sumFen'> & { readonly sum: FenText }>(
      `SELECT j.subject, SUM(${SIGNED}) AS sum FROM ledger_journal j
       JOIN ledger_transfer t ON t.journal_id = j.id AND t.is_pending = 0
       JOIN ledger_account a ON a.code = ? AND a.id IN (t.debit_account_id, t.credit_account_id)
       WHERE j.subject IN (?) AND j.kind = ? GROUP BY j.subject`,
      [code, subjects, kind],
    );
    return rows.map(({ sum, ...row }) => ({ ...row, sumFen: fen(sum) }));
  }

  /** The same of journals that took effect in a time, in the order of subjects. */
  async sumsBetween(
    kind: string,
    code: AccountCode,
    { from, until }: { readonly from: Date; readonly until: Date },
    { after, limit }: { readonly after: string; readonly limit: number },
  ): Promise<SubjectSum[]> {
    const rows = await this.database.query<Omit<SubjectSum, 'sumFen'> & { readonly sum: FenText }>(
      `SELECT j.subject, SUM(${SIGNED}) AS sum FROM ledger_journal j
       JOIN ledger_transfer t ON t.journal_id = j.id AND t.is_pending = 0
       JOIN ledger_account a ON a.code = ? AND a.id IN (t.debit_account_id, t.credit_account_id)
       WHERE j.effective_at >= ? AND j.effective_at < ? AND j.kind = ? AND j.subject > ?
       GROUP BY j.subject ORDER BY j.subject LIMIT ?`,
      [code, from, until, kind, after, limit],
    );
    return rows.map(({ sum, ...row }) => ({ ...row, sumFen: fen(sum) }));
  }

  private async effects(
    code: AccountCode,
    where: string,
    values: readonly SqlValue[],
  ): Promise<JournalEffect[]> {
    const rows = await this.database.query<Omit<JournalEffect, 'effectFen'> & { readonly effect: FenText }>(
      `SELECT j.id AS journalId, j.idempotency_key AS idempotencyKey, j.kind, j.subject, j.effective_at AS effectiveAt,
              -SUM(${SIGNED}) AS effect
       FROM ledger_journal j JOIN ledger_transfer t ON t.journal_id = j.id AND t.is_pending = 0
       JOIN ledger_account a ON a.code = ? AND a.id IN (t.debit_account_id, t.credit_account_id)
       WHERE ${where} GROUP BY j.id, j.idempotency_key, j.kind, j.subject, j.effective_at ORDER BY j.id`,
      [code, ...values],
    );
    return rows.map(({ effect, ...row }) => ({ ...row, effectFen: fen(effect) }));
  }
}
