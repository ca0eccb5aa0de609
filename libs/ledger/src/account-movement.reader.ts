import { Injectable } from '@nestjs/common';
import { decodeTime, encodeTime } from 'ulid';
import { DAY_MS, type Fen, type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database, type SqlValue, type Tx } from '#platform/database';
import type { AccountCode } from './chart-of-accounts.rules.js';
import type { LedgerJournalId } from './ledger-journal.entity.js';
import type { LedgerSide } from './ledger-account.entity.js';

/** One transfer, seen from one of its two accounts. */
export interface Movement {
  readonly code: AccountCode;
  readonly journalId: LedgerJournalId;
  readonly lineNo: number;
  readonly side: LedgerSide;
  readonly kind: string;
  readonly subject: string;
  readonly effectiveAt: Date;
  readonly amountFen: Fen;
}

export interface MovementQuestion {
  readonly code: AccountCode;
  /** Journals from this id on; '' for all. */
  readonly fromJournalId: string;
}

/** What one journal did to the accounts that were asked for. */
export interface AccountJournal {
  readonly journalId: LedgerJournalId;
  readonly kind: string;
  readonly subject: string;
  readonly idempotencyKey: string;
  readonly effectiveAt: Date;
  /** Credits less debits, of each account that it moved. */
  readonly creditedFen: ReadonlyMap<string, Fen>;
}

/** What one journal did to one account. */
export interface AccountMovementRow {
  readonly journalId: LedgerJournalId;
  readonly kind: string;
  readonly subject: string;
  readonly effectiveAt: Date;
  readonly debitedFen: Fen;
  readonly creditedFen: Fen;
}

export interface JournalQuestion {
  readonly codes: readonly AccountCode[];
  /** Ids behind this one; '' for all. */
  readonly afterJournalId: string;
  /** By when they took effect: from, and before. */
  readonly from: Date;
  readonly before: Date;
}

/** Of an account, whether it moved up to a day, and whether it held anything then. */
export interface AccountActivity {
  readonly code: AccountCode;
  /** The last day with movement up to then; null for none. */
  readonly lastDay: string | null;
  readonly isEmpty: boolean;
}

/** What payees' money stands in. */
const PAYEES = "(code LIKE 'liability:%' OR code LIKE 'asset:receivable:clawback:%')";

/**
 * Ids of journals begin with the time they were made, by the clocks of several processes, and are seen only once committed. Whoever
 * remembers where they stopped reading begins a day earlier, and knows what they have had by other means.
 */
export function aDayBefore(journalId: string): string {
  const [prefix = 'jrn', ulid = ''] = journalId.split('_');
  return `${prefix}_${encodeTime(Math.max(0, decodeTime(ulid) - DAY_MS), 10)}${'0'.repeat(16)}`;
}

/** The most that one answer holds of either side; the oldest come first, and the rest is the next question's. */
const MOVEMENTS_MAX = 100_000;

/** What has come to accounts and left them, transfer by transfer: for those who must account for each. */
@Injectable()
export class AccountMovementReader {
  constructor(private readonly database: Database) {}

  /** Accounts by the order of codes that begin so, and may hold something: DEFERRED ones are named whatever they hold, if they are open. */
  async codesWithBalance(
    prefix: string,
    { after, limit }: { readonly after: string; readonly limit: number },
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<AccountCode[]> {
    const rows = await on.query<{ code: AccountCode }>(
      `SELECT code FROM ledger_account WHERE code LIKE ? AND code > ?
       AND ((balance_mode = 'DEFERRED' AND state = 'OPEN') OR credits_posted_fen > debits_posted_fen + debits_pending_fen)
       ORDER BY code LIMIT ?`,
      [`${prefix}%`, after, limit],
    );
    return rows.map(({ code }) => code);
  }

  /** By the order of journals; posted ones only. */
  async movementsOf(
    questions: readonly MovementQuestion[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<Movement[]> {
    if (questions.length === 0) return [];
    const credits = await this.sideOf('credit', questions, on);
    return [...credits, ...(await this.sideOf('debit', questions, on))];
  }

  private async sideOf(
    side: LedgerSide,
    questions: readonly MovementQuestion[],
    on: Pick<Tx, 'query'>,
  ): Promise<Movement[]> {
    const asked = questions.map(() => '(a.code = ? AND t.journal_id >= ?)').join(' OR ');
    const rows = await on.query<Omit<Movement, 'amountFen' | 'side'> & { readonly amount: FenText }>(
      `SELECT a.code, t.journal_id AS journalId, t.line_no AS lineNo, j.kind, j.subject, j.effective_at AS effectiveAt,
              t.amount_fen AS amount
       FROM ledger_account a JOIN ledger_transfer t ON t.${side}_account_id = a.id JOIN ledger_journal j ON j.id = t.journal_id
       WHERE a.code IN (?) AND (${asked}) AND t.is_pending = 0 ORDER BY t.journal_id, t.line_no LIMIT ?`,
      [
        questions.map(({ code }) => code),
        ...questions.flatMap(({ code, fromJournalId }) => [code, fromJournalId]),
        MOVEMENTS_MAX,
      ],
    );
    return rows.map(({ amount, ...rest }) => ({ ...rest, side, amountFen: fen(amount) }));
  }

  /** Journal by journal, the latest first, without what is only set aside. Each side is read along its own index and stops early. */
  async page(code: string, { first, after }: PageRequest): Promise<Page<AccountMovementRow>> {
    const before = after?.[0] ?? '~';
    const ids = (side: LedgerSide) =>
      `(SELECT DISTINCT t.journal_id AS id FROM ledger_account a JOIN ledger_transfer t ON t.${side}_account_id = a.id
        WHERE a.code = ? AND t.journal_id < ? AND t.is_pending = 0 ORDER BY t.journal_id DESC LIMIT ?)`;
    const limit = first + 1;
    const rows = await this.database.query<
      Omit<AccountMovementRow, 'debitedFen' | 'creditedFen'> & {
        readonly debited: FenText;
        readonly credited: FenText;
      }
    >(
      `SELECT j.id AS journalId, j.kind, j.subject, j.effective_at AS effectiveAt,
              SUM(CASE WHEN t.debit_account_id = a.id THEN t.amount_fen ELSE 0 END) AS debited,
              SUM(CASE WHEN t.credit_account_id = a.id THEN t.amount_fen ELSE 0 END) AS credited
       FROM (${ids('debit')} UNION ${ids('credit')} ORDER BY id DESC LIMIT ?) AS listed
       JOIN ledger_journal j ON j.id = listed.id JOIN ledger_account a ON a.code = ?
       JOIN ledger_transfer t ON t.journal_id = j.id AND a.id IN (t.debit_account_id, t.credit_account_id) AND t.is_pending = 0
       GROUP BY j.id, j.kind, j.subject, j.effective_at ORDER BY j.id DESC`,
      [code, before, limit, code, before, limit, limit, code],
    );
    const movements = rows.map(({ debited, credited, ...row }) => ({
      ...row,
      debitedFen: fen(debited),
      creditedFen: fen(credited),
    }));
    return pageOf(movements, first, ({ journalId }) => [journalId]);
  }

  /** The first so many of them by the order of ids, whole: a journal is never cut in two. */
  async journalsOf(question: JournalQuestion, limit: number): Promise<AccountJournal[]> {
    return this.journalsByIds(await this.idsOf(question, limit), question.codes);
  }

  /** The latest first, without what is only set aside; what several of these accounts have to do with is one. None below `fromJournalId`; '' for all. */
  async latestOf(
    codes: readonly AccountCode[],
    { first, after }: PageRequest,
    fromJournalId = '',
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<Page<AccountJournal>> {
    const before = after?.[0] ?? '~';
    const branches = codes.flatMap((code) => (['debit', 'credit'] as const).map((side) => ({ code, side })));
    // Each branch reads along one index, backwards, and stops early.
    const rows = await on.query<{ id: LedgerJournalId }>(
      `${branches
        .map(
          ({ side }) =>
            `(SELECT DISTINCT t.journal_id AS id FROM ledger_account a JOIN ledger_transfer t ON t.${side}_account_id = a.id
              WHERE a.code = ? AND t.journal_id < ? AND t.journal_id >= ? AND t.is_pending = 0 ORDER BY t.journal_id DESC LIMIT ?)`,
        )
        .join(' UNION ')} ORDER BY id DESC LIMIT ?`,
      [...branches.flatMap(({ code }) => [code, before, fromJournalId, first + 1]), first + 1],
    );
    const page = pageOf(rows, first, ({ id }) => [id]);
    const journals = await this.journalsByIds(
      page.nodes.map(({ id }) => id),
      codes,
      on,
    );
    return { ...page, nodes: journals.toReversed() };
  }

  /** By the order of ids: what each did to these accounts. */
  async journalsByIds(
    ids: readonly string[],
    codes: readonly AccountCode[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<AccountJournal[]> {
    if (ids.length === 0) return [];
    const rows = await on.query<
      Omit<AccountJournal, 'creditedFen'> & { readonly code: AccountCode; readonly credited: FenText }
    >(
      `SELECT j.id AS journalId, j.kind, j.subject, j.idempotency_key AS idempotencyKey, j.effective_at AS effectiveAt, a.code,
              SUM(CASE WHEN t.credit_account_id = a.id THEN t.amount_fen ELSE 0 - t.amount_fen END) AS credited
       FROM ledger_journal j JOIN ledger_transfer t ON t.journal_id = j.id AND t.is_pending = 0
       JOIN ledger_account a ON a.id IN (t.debit_account_id, t.credit_account_id)
       WHERE j.id IN (?) AND a.code IN (?)
       GROUP BY j.id, j.kind, j.subject, j.idempotency_key, j.effective_at, a.code ORDER BY j.id, a.code`,
      [ids, codes],
    );
    const journals = new Map<string, AccountJournal & { readonly creditedFen: Map<string, Fen> }>();
    for (const { code, credited, ...journal } of rows) {
      const known = journals.get(journal.journalId) ?? { ...journal, creditedFen: new Map<string, Fen>() };
      known.creditedFen.set(code, fen(credited));
      journals.set(journal.journalId, known);
    }
    return [...journals.values()];
  }

  /** Each branch reads along one index and stops early; one branch per account and side. */
  async idsOf(
    { codes, afterJournalId, from, before }: JournalQuestion,
    limit: number,
  ): Promise<LedgerJournalId[]> {
    const branches = codes.flatMap((code) => (['debit', 'credit'] as const).map((side) => ({ code, side })));
    const rows = await this.database.query<{ id: LedgerJournalId }>(
      `${branches
        .map(
          ({ side }) =>
            `(SELECT t.journal_id AS id FROM ledger_account a JOIN ledger_transfer t ON t.${side}_account_id = a.id
              JOIN ledger_journal j ON j.id = t.journal_id
              WHERE a.code = ? AND t.journal_id > ? AND t.is_pending = 0 AND j.effective_at >= ? AND j.effective_at < ?
              ORDER BY t.journal_id LIMIT ?)`,
        )
        .join(' UNION ')} ORDER BY id LIMIT ?`,
      [...branches.flatMap(({ code }) => [code, afterJournalId, from, before, limit]), limit],
    );
    return rows.map(({ id }) => id);
  }

  /** The first business day on which any of them moved; null for none. Balances of days know it, some seconds later than the books. */
  async firstDayOf(
    codes: readonly AccountCode[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<string | null> {
    const [row] = await on.query<{ day: string | null }>(
      `SELECT MIN(b.day) AS day FROM ledger_account a JOIN ledger_day_balance b ON b.account_id = a.id WHERE a.code IN (?)`,
      [codes],
    );
    return row?.day ?? null;
  }

  /** Accounts of payees by the order of codes, as they stood at the end of a day. */
  async activity(
    day: string,
    { after, limit }: { readonly after: string; readonly limit: number },
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<AccountActivity[]> {
    const accounts = `(SELECT id, code FROM ledger_account WHERE code > ? AND ${PAYEES} ORDER BY code LIMIT ?)`;
    return this.activityIn(accounts, [after, limit], day, on);
  }

  /** The same of these accounts; those that nothing was ever posted to are left out. */
  async activityOf(
    codes: readonly AccountCode[],
    day: string,
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<AccountActivity[]> {
    return this.activityIn('(SELECT id, code FROM ledger_account WHERE code IN (?))', [codes], day, on);
  }

  /** False while anything that took effect up to a day is in no balance of a day yet. */
  async isAddedUpTo(day: string, on: Pick<Tx, 'query'> = this.database): Promise<boolean> {
    const rows = await on.query('SELECT 1 FROM ledger_day_waiting WHERE day <= ? LIMIT 1', [day]);
    return rows.length === 0;
  }

  private async activityIn(
    accounts: string,
    values: readonly SqlValue[],
    day: string,
    on: Pick<Tx, 'query'>,
  ): Promise<AccountActivity[]> {
    const rows = await on.query<Omit<AccountActivity, 'isEmpty'> & { readonly isEmpty: number | null }>(
      `SELECT a.code, b.day AS lastDay, b.debits_fen = b.credits_fen AS isEmpty
       FROM ${accounts} AS a LEFT JOIN ledger_day_balance b ON b.account_id = a.id
         AND b.day = (SELECT MAX(d.day) FROM ledger_day_balance d WHERE d.account_id = a.id AND d.day <= ?)
       ORDER BY a.code`,
      [...values, day],
    );
    return rows.map(({ isEmpty, ...rest }) => ({ ...rest, isEmpty: isEmpty !== 0 }));
  }
}
