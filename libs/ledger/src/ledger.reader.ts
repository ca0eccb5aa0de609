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
import type { LedgerJournalId } from './ledger-journal.entity.js';

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
  readonly debit: AccountCode;
  readonly credit: AccountCode;
  readonly amountFen: Fen;
}

export interface LedgerJournalRow {
  readonly id: LedgerJournalId;
  readonly idempotencyKey: string;
  readonly kind: string;
  readonly subject: string;
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

interface RawAccount extends Omit<LedgerAccountRow, 'debitsFen' | 'creditsFen' | 'balanceFen'> {
  readonly debits: FenText;
  readonly credits: FenText;
}

/** LOCKED accounts say what they hold; DEFERRED ones are summed. */
const SELECT_ACCOUNTS = `SELECT a.id, a.code, a.type, a.normal_side AS normalSide, a.balance_mode AS balanceMode, a.state,
  CASE a.balance_mode WHEN 'LOCKED' THEN a.debits_posted_fen
    ELSE COALESCE((SELECT SUM(t.amount_fen) FROM ledger_transfer t WHERE t.debit_account_id = a.id AND t.is_pending = 0), 0) END AS debits,
  CASE a.balance_mode WHEN 'LOCKED' THEN a.credits_posted_fen
    ELSE COALESCE((SELECT SUM(t.amount_fen) FROM ledger_transfer t WHERE t.credit_account_id = a.id AND t.is_pending = 0), 0) END AS credits
  FROM ledger_account a`;

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

  /** Null for an account that nothing has been posted to. */
  async accountByCode(code: string): Promise<LedgerAccountRow | null> {
    const [account] = await this.read('WHERE a.code = ?', [code]);
    return account ?? null;
  }

  /** In the order of codes. */
  async accounts(prefix: string, { first, after }: PageRequest): Promise<Page<LedgerAccountRow>> {
    const [last = ''] = after ?? [];
    const rows = await this.read('WHERE a.code LIKE ? AND a.code > ? ORDER BY a.code LIMIT ?', [
      startingWith(prefix),
      last,
      first + 1,
    ]);
    return pageOf(rows, first, (row) => [row.code]);
  }

  /** What stands to a payee's credit, in fen; zero where nothing has been posted. */
  async balancesOfPayee(id: PayeeId): Promise<Readonly<Record<Standing, Fen>>> {
    const codes = { held: payeeAccount('held', id), available: payeeAccount('available', id) };
    const rows = await this.read('WHERE a.code IN (?)', [Object.values(codes)]);
    const balanceOf = (code: string) => rows.find((row) => row.code === code)?.balanceFen ?? 0n;
    return { held: balanceOf(codes.held), available: balanceOf(codes.available) };
  }

  /** One statement, so that it sees one moment. */
  async trialBalance(): Promise<TrialBalance> {
    const raw = await this.database.query<{ type: LedgerAccountType; debits: FenText; credits: FenText }>(
      `SELECT type, SUM(debits) AS debits, SUM(credits) AS credits FROM (
         SELECT type, debits_posted_fen AS debits, credits_posted_fen AS credits
         FROM ledger_account WHERE balance_mode = 'LOCKED'
         UNION ALL
         SELECT a.type, t.amount_fen, 0 FROM ledger_transfer t
         JOIN ledger_account a ON a.id = t.debit_account_id AND a.balance_mode = 'DEFERRED' WHERE t.is_pending = 0
         UNION ALL
         SELECT a.type, 0, t.amount_fen FROM ledger_transfer t
         JOIN ledger_account a ON a.id = t.credit_account_id AND a.balance_mode = 'DEFERRED' WHERE t.is_pending = 0
       ) AS side GROUP BY type ORDER BY type`,
    );
    const rows = raw.map(({ type, debits, credits }) => ({
      type,
      debitsFen: fen(debits),
      creditsFen: fen(credits),
    }));
    return { rows, differenceFen: rows.reduce((sum, row) => sum + row.debitsFen - row.creditsFen, 0n) };
  }

  /** In the order in which they were recorded. */
  async journalsOfSubject(
    subject: string,
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<LedgerJournalRow[]> {
    const journals = await on.query<Omit<LedgerJournalRow, 'transfers'>>(
      `SELECT id, idempotency_key AS idempotencyKey, kind, subject, event_id AS eventId, effective_at AS effectiveAt,
              recorded_at AS recordedAt
       FROM ledger_journal WHERE subject = ? ORDER BY recorded_at, id LIMIT ?`,
      [subject, JOURNALS_MAX],
    );
    if (journals.length === 0) return [];
    const transfers = await on.query<{
      journalId: string;
      debit: AccountCode;
      credit: AccountCode;
      amount: FenText;
    }>(
      `SELECT t.journal_id AS journalId, d.code AS debit, c.code AS credit, t.amount_fen AS amount
       FROM ledger_transfer t JOIN ledger_account d ON d.id = t.debit_account_id
       JOIN ledger_account c ON c.id = t.credit_account_id
       WHERE t.journal_id IN (?) ORDER BY t.journal_id, t.line_no`,
      [journals.map(({ id }) => id)],
    );
    const linesOf = new Map<string, LedgerTransferRow[]>(journals.map(({ id }) => [id, []]));
    for (const { journalId, debit, credit, amount } of transfers) {
      linesOf.get(journalId)?.push({ debit, credit, amountFen: fen(amount) });
    }
    return journals.map((journal) => ({ ...journal, transfers: linesOf.get(journal.id) ?? [] }));
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

  private async read(where: string, values: readonly SqlValue[]): Promise<LedgerAccountRow[]> {
    return (await this.database.query<RawAccount>(`${SELECT_ACCOUNTS} ${where}`, values)).map(accountOf);
  }
}
