import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database, type SqlValue, type Tx } from '#platform/database';
import { type AccountCode, type PayeeId, type Standing, payeeAccount } from './chart-of-accounts.rules.js';
import type {
  BalanceMode,
  LedgerAccountId,
  LedgerAccountState,
  LedgerAccountType,
  LedgerSide,
} from './ledger-account.entity.js';
import type { LedgerJournalId, LedgerPhase } from './ledger-journal.entity.js';

export interface LedgerAccountRow {
  readonly id: LedgerAccountId;
  readonly code: string;
  readonly type: LedgerAccountType;
  readonly normalSide: LedgerSide;
  readonly balanceMode: BalanceMode;
  readonly state: LedgerAccountState;
  readonly debitsFen: Fen;
  readonly creditsFen: Fen;
  /** On the account's normal side. */
  readonly balanceFen: Fen;
}

export interface LedgerTransferRow {
  readonly lineNo: number;
  readonly debit: AccountCode;
  readonly credit: AccountCode;
  readonly amountFen: Fen;
  /** What journals the other way have taken back of it. */
  readonly reversedFen: Fen;
}

export interface LedgerJournalRow {
  readonly id: LedgerJournalId;
  readonly idempotencyKey: string;
  readonly kind: string;
  readonly subject: string;
  readonly phase: LedgerPhase;
  /** What it ends; null but for POST, VOID and EXPIRE. */
  readonly pendingJournalId: LedgerJournalId | null;
  /** What it takes back; null for all but reversals. */
  readonly reversesJournalId: LedgerJournalId | null;
  readonly eventId: string | null;
  readonly effectiveAt: Date;
  readonly recordedAt: Date;
  readonly transfers: readonly LedgerTransferRow[];
}

export interface TrialBalanceRow {
  readonly type: LedgerAccountType;
  readonly debitsFen: Fen;
  readonly creditsFen: Fen;
}

export interface TrialBalance {
  readonly rows: readonly TrialBalanceRow[];
  /** Debits less credits over all accounts: zero, or something has been altered. */
  readonly differenceFen: Fen;
}

interface RawTransfer extends Omit<LedgerTransferRow, 'amountFen' | 'reversedFen'> {
  readonly journalId: LedgerJournalId;
  readonly amount: FenText;
  readonly reversed: FenText;
}

interface RawAccount extends Omit<LedgerAccountRow, 'debitsFen' | 'creditsFen' | 'balanceFen'> {
  readonly debits: FenText;
  readonly credits: FenText;
}

/** Later than every day. */
const NOW = '9999-12-31';

/** What has been posted up to a day and is in no balance of a day yet: seconds' worth, and never skipped, whatever commits when. */
const TAIL = `(SELECT account_id, SUM(debits) AS debits, SUM(credits) AS credits FROM (
    SELECT t.debit_account_id AS account_id, t.amount_fen AS debits, 0 AS credits
    FROM ledger_day_waiting w JOIN ledger_transfer t ON t.journal_id = w.journal_id WHERE w.day <= ?
    UNION ALL
    SELECT t.credit_account_id, 0, t.amount_fen
    FROM ledger_day_waiting w JOIN ledger_transfer t ON t.journal_id = w.journal_id WHERE w.day <= ?
  ) AS side GROUP BY account_id)`;

/** The last balance of a day up to the one asked for, and the tail. One statement, so that it sees one moment. */
function sumAsOf(side: 'debits' | 'credits'): string {
  return `COALESCE((SELECT b.${side}_fen FROM ledger_day_balance b WHERE b.account_id = a.id AND b.day <= ?
    ORDER BY b.day DESC LIMIT 1), 0) + COALESCE(tail.${side}, 0)`;
}

/** As of now, LOCKED accounts say themselves what they hold. */
function selectAccounts(day: string | null): { readonly sql: string; readonly values: readonly SqlValue[] } {
  const until = day ?? NOW;
  const sum = (side: 'debits' | 'credits') =>
    day === null
      ? `CASE a.balance_mode WHEN 'LOCKED' THEN a.${side}_posted_fen ELSE ${sumAsOf(side)} END`
      : sumAsOf(side);
  return {
    sql: `SELECT a.id, a.code, a.type, a.normal_side AS normalSide, a.balance_mode AS balanceMode, a.state,
      ${sum('debits')} AS debits, ${sum('credits')} AS credits
      FROM ledger_account a LEFT JOIN ${TAIL} AS tail ON tail.account_id = a.id`,
    values: [until, until, until, until],
  };
}

const SET_ASIDE = `FROM ledger_pending p JOIN ledger_transfer t ON t.journal_id = p.journal_id WHERE p.state = 'PENDING'`;

/** The journals of one order or refund are a handful; more than this is somebody else's question. */
const JOURNALS_MAX = 500;

/** The most that one audit names. */
const DISAGREEMENTS_MAX = 100;

function accountOf({ debits, credits, ...rest }: RawAccount): LedgerAccountRow {
  const debitsFen = fen(debits);
  const creditsFen = fen(credits);
  const balanceFen = rest.normalSide === 'debit' ? debitsFen - creditsFen : creditsFen - debitsFen;
  return { ...rest, debitsFen, creditsFen, balanceFen };
}

/** `%` and `_` in what somebody typed are letters, not wildcards. */
function startingWith(prefix: string): string {
  return `${prefix.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

@Injectable()
export class LedgerReader {
  constructor(private readonly database: Database) {}

  /**
   * Null for an account that nothing has been posted to. `day` asks for what it held at the end of that business day, by when
   * journals took effect; its state is always the present one.
   */
  async accountByCode(code: string, day: string | null = null): Promise<LedgerAccountRow | null> {
    const [account] = await this.read('WHERE a.code = ?', [code], day);
    return account ?? null;
  }

  /** In the order of codes, as of now or of the end of a day. */
  async accounts(
    prefix: string,
    { first, after }: PageRequest,
    day: string | null = null,
  ): Promise<Page<LedgerAccountRow>> {
    const [last = ''] = after ?? [];
    const values = [startingWith(prefix), last, first + 1];
    const rows = await this.read('WHERE a.code LIKE ? AND a.code > ? ORDER BY a.code LIMIT ?', values, day);
    return pageOf(rows, first, (row) => [row.code]);
  }

  /** What stands to a payee's credit, in fen; zero where nothing has been posted. */
  async balancesOfPayee(id: PayeeId): Promise<Readonly<Record<Standing, Fen>>> {
    const codes = { held: payeeAccount('held', id), available: payeeAccount('available', id) };
    const rows = await this.read('WHERE a.code IN (?)', [Object.values(codes)]);
    const balanceOf = (code: string) => rows.find((row) => row.code === code)?.balanceFen ?? 0n;
    return { held: balanceOf(codes.held), available: balanceOf(codes.available) };
  }

  /** What these accounts hold now, or held at the end of a business day, on their normal sides; zero where nothing had been posted. */
  async balancesAsOf(
    codes: readonly AccountCode[],
    day: string | null,
  ): Promise<ReadonlyMap<AccountCode, Fen>> {
    const rows = await this.read('WHERE a.code IN (?)', [codes], day);
    return new Map(codes.map((code) => [code, rows.find((row) => row.code === code)?.balanceFen ?? 0n]));
  }

  /** As of now, or of the end of a business day. Its cost goes with the number of accounts, not with their history. */
  async trialBalance(day: string | null = null): Promise<TrialBalance> {
    const { sql, values } = selectAccounts(day);
    const raw = await this.database.query<{ type: LedgerAccountType; debits: FenText; credits: FenText }>(
      `SELECT type, SUM(debits) AS debits, SUM(credits) AS credits FROM (${sql}) AS account
       GROUP BY type ORDER BY type`,
      values,
    );
    const rows = raw.map(({ type, debits, credits }) => ({
      type,
      debitsFen: fen(debits),
      creditsFen: fen(credits),
    }));
    return { rows, differenceFen: rows.reduce((sum, row) => sum + row.debitsFen - row.creditsFen, 0n) };
  }

  /** In the order in which they were recorded. */
  journalsOfSubject(subject: string, on: Pick<Tx, 'query'> = this.database): Promise<LedgerJournalRow[]> {
    return this.journals('subject = ?', subject, on);
  }

  /** Null for a key that nothing has been posted under. */
  async journalByKey(key: string, on: Pick<Tx, 'query'> = this.database): Promise<LedgerJournalRow | null> {
    const [journal] = await this.journals('idempotency_key = ?', key, on);
    return journal ?? null;
  }

  /** Null for an id that no journal has. */
  async journalById(id: string): Promise<LedgerJournalRow | null> {
    const [journal] = await this.journals('id = ?', id, this.database);
    return journal ?? null;
  }

  async hasJournal(id: string): Promise<boolean> {
    return (await this.database.query('SELECT 1 FROM ledger_journal WHERE id = ?', [id])).length === 1;
  }

  private async journals(where: string, value: string, on: Pick<Tx, 'query'>): Promise<LedgerJournalRow[]> {
    const journals = await on.query<Omit<LedgerJournalRow, 'transfers'>>(
      `SELECT id, idempotency_key AS idempotencyKey, kind, subject, phase, pending_journal_id AS pendingJournalId,
              reverses_journal_id AS reversesJournalId, event_id AS eventId, effective_at AS effectiveAt,
              recorded_at AS recordedAt
       FROM ledger_journal WHERE ${where} ORDER BY recorded_at, id LIMIT ?`,
      [value, JOURNALS_MAX],
    );
    if (journals.length === 0) return [];
    const transfers = await on.query<RawTransfer>(
      `SELECT t.journal_id AS journalId, t.line_no AS lineNo, d.code AS debit, c.code AS credit, t.amount_fen AS amount,
              COALESCE(r.reversed_fen, 0) AS reversed
       FROM ledger_transfer t JOIN ledger_account d ON d.id = t.debit_account_id
       JOIN ledger_account c ON c.id = t.credit_account_id
       LEFT JOIN ledger_reversed r ON r.journal_id = t.journal_id AND r.line_no = t.line_no
       WHERE t.journal_id IN (?) ORDER BY t.journal_id, t.line_no`,
      [journals.map(({ id }) => id)],
    );
    const linesOf = new Map<string, LedgerTransferRow[]>(journals.map(({ id }) => [id, []]));
    for (const { journalId, amount, reversed, ...line } of transfers) {
      linesOf.get(journalId)?.push({ ...line, amountFen: fen(amount), reversedFen: fen(reversed) });
    }
    return journals.map((journal) => ({ ...journal, transfers: linesOf.get(journal.id) ?? [] }));
  }

  /** LOCKED accounts of one family that hold something, in the order of codes. */
  async accountsHolding(prefix: string, { first, after }: PageRequest): Promise<Page<LedgerAccountRow>> {
    const [last = ''] = after ?? [];
    const rows = await this.read(
      `WHERE a.code LIKE ? AND a.code > ? AND a.balance_mode = 'LOCKED' AND a.debits_posted_fen <> a.credits_posted_fen
       ORDER BY a.code LIMIT ?`,
      [startingWith(prefix), last, first + 1],
    );
    return pageOf(rows, first, (row) => [row.code]);
  }

  /** What may still leave LOCKED accounts, as it is before anybody locks them; nothing of those that are not open. */
  async freeOf(codes: readonly AccountCode[]): Promise<ReadonlyMap<AccountCode, Fen>> {
    if (codes.length === 0) return new Map();
    const rows = await this.database.query<{ code: AccountCode; free: FenText }>(
      `SELECT code, CASE normal_side WHEN 'credit' THEN credits_posted_fen - debits_posted_fen - debits_pending_fen
                ELSE debits_posted_fen - credits_posted_fen - credits_pending_fen END AS free
       FROM ledger_account WHERE code IN (?) AND balance_mode = 'LOCKED' AND state = 'OPEN'`,
      [codes],
    );
    return new Map(rows.map(({ code, free }) => [code, fen(free)]));
  }

  /**
   * What ends the codes of LOCKED accounts in both families that hold something: payees who owe (a debit family) and have money that may
   * leave (a credit one). In the order of codes. Accounts that take no transfers are left out, or they would stand in the way of the others.
   */
  async suffixesOfBoth(debitPrefix: string, creditPrefix: string, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ suffix: string }>(
      `SELECT SUBSTRING(d.code, ?) AS suffix FROM ledger_account d
       JOIN ledger_account c ON c.code = CONCAT(?, SUBSTRING(d.code, ?))
       WHERE d.code LIKE ? AND d.state = 'OPEN' AND c.state = 'OPEN' AND d.debits_posted_fen > d.credits_posted_fen
         AND c.credits_posted_fen > c.debits_posted_fen + c.debits_pending_fen
       ORDER BY d.code LIMIT ?`,
      [debitPrefix.length + 1, creditPrefix, debitPrefix.length + 1, startingWith(debitPrefix), limit],
    );
    return rows.map(({ suffix }) => suffix);
  }

  /**
   * LOCKED accounts whose kept sums or count of transfers are not what their transfers and what is pending make: altered by
   * hand, or a fault of ours.
   */
  async disagreements(): Promise<string[]> {
    const rows = await this.database.query<{ code: string }>(
      `SELECT a.code FROM ledger_account a LEFT JOIN (
         SELECT account_id, SUM(debits) AS debits, SUM(credits) AS credits, COUNT(*) AS transfers, MAX(version) AS version FROM (
           SELECT debit_account_id AS account_id, amount_fen AS debits, 0 AS credits, debit_version AS version
           FROM ledger_transfer WHERE debit_version IS NOT NULL
           UNION ALL
           SELECT credit_account_id, 0, amount_fen, credit_version FROM ledger_transfer WHERE credit_version IS NOT NULL
         ) AS side GROUP BY account_id
       ) AS moved ON moved.account_id = a.id
       LEFT JOIN (
         SELECT account_id, SUM(debits) AS debits, SUM(credits) AS credits FROM (
           SELECT t.debit_account_id AS account_id, t.amount_fen AS debits, 0 AS credits ${SET_ASIDE}
           UNION ALL
           SELECT t.credit_account_id, 0, t.amount_fen ${SET_ASIDE}
         ) AS side GROUP BY account_id
       ) AS aside ON aside.account_id = a.id
       WHERE a.balance_mode = 'LOCKED' AND (a.debits_posted_fen <> COALESCE(moved.debits, 0)
         OR a.credits_posted_fen <> COALESCE(moved.credits, 0) OR a.version <> COALESCE(moved.transfers, 0)
         OR a.version <> COALESCE(moved.version, 0) OR a.debits_pending_fen <> COALESCE(aside.debits, 0)
         OR a.credits_pending_fen <> COALESCE(aside.credits, 0))
       ORDER BY a.code LIMIT ?`,
      [DISAGREEMENTS_MAX],
    );
    return rows.map(({ code }) => code);
  }

  private async read(
    where: string,
    values: readonly SqlValue[],
    day: string | null = null,
  ): Promise<LedgerAccountRow[]> {
    const select = selectAccounts(day);
    const rows = await this.database.query<RawAccount>(`${select.sql} ${where}`, [
      ...select.values,
      ...values,
    ]);
    return rows.map(accountOf);
  }
}
