import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, fen } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { LedgerAccountId } from './ledger-account.entity.js';

/** A LOCKED account, and how many transfers have touched it. */
export interface LockedAccount {
  readonly id: LedgerAccountId;
  readonly code: string;
  readonly version: number;
}

/** A LOCKED account whose row does not say what its transfers make. */
export interface AccountFault {
  readonly code: string;
  /** As the row says. */
  readonly version: number;
  /** The first place in the account's order of transfers that none has, or two have; null where the order is whole. */
  readonly brokenVersion: number | null;
  /** Posted, on the account's normal side: what the row keeps and what the transfers make. */
  readonly keptFen: Fen;
  readonly madeFen: Fen;
  /** Set aside, on the side that it leaves by. */
  readonly keptPendingFen: Fen;
  readonly madePendingFen: Fen;
}

/** An account whose balance of a day does not follow from the day before and the day's transfers. */
export interface DayFault {
  readonly code: string;
  readonly day: string;
  /** What the day has changed: by the kept balances, and by the transfers. */
  readonly keptFen: Fen;
  readonly madeFen: Fen;
}

const SIDES = `SELECT account_id, SUM(debits) AS debits, SUM(credits) AS credits, COUNT(*) AS transfers,
    COUNT(DISTINCT version) AS versions, MAX(version) AS version FROM (
    SELECT debit_account_id AS account_id, amount_fen AS debits, 0 AS credits, debit_version AS version
    FROM ledger_transfer WHERE debit_version IS NOT NULL AND debit_account_id IN (?)
    UNION ALL
    SELECT credit_account_id, 0, amount_fen, credit_version
    FROM ledger_transfer WHERE credit_version IS NOT NULL AND credit_account_id IN (?)
  ) AS side GROUP BY account_id`;

const SET_ASIDE = `SELECT account_id, SUM(debits) AS debits, SUM(credits) AS credits FROM (
    SELECT t.debit_account_id AS account_id, t.amount_fen AS debits, 0 AS credits
    FROM ledger_pending p JOIN ledger_transfer t ON t.journal_id = p.journal_id
    WHERE p.state = 'PENDING' AND t.debit_account_id IN (?)
    UNION ALL
    SELECT t.credit_account_id, 0, t.amount_fen
    FROM ledger_pending p JOIN ledger_transfer t ON t.journal_id = p.journal_id
    WHERE p.state = 'PENDING' AND t.credit_account_id IN (?)
  ) AS side GROUP BY account_id`;

/** Journals of one business day whose transfers the balances of days hold. */
const COUNTED = `FROM ledger_journal j JOIN ledger_transfer t ON t.journal_id = j.id AND t.is_pending = 0
  LEFT JOIN ledger_day_waiting w ON w.journal_id = j.id
  WHERE j.effective_at >= ? AND j.effective_at < ? AND w.journal_id IS NULL`;

/** On the account's normal side. */
const signed = (debits: string, credits: string) =>
  `IF(a.normal_side = 'debit', ${debits} - ${credits}, ${credits} - ${debits})`;

/** The most that one look names. */
const FAULTS_MAX = 200;

interface RawFault extends Omit<AccountFault, `${string}Fen` | 'version' | 'brokenVersion'> {
  readonly id: LedgerAccountId;
  readonly version: string;
  readonly isWhole: number | string;
  readonly kept: FenText;
  readonly made: FenText;
  readonly keptPending: FenText;
  readonly madePending: FenText;
}

/** The books read again, a bounded piece at a time: for whoever makes sure that nobody has altered them. */
@Injectable()
export class LedgerAuditReader {
  constructor(private readonly database: Database) {}

  /** LOCKED accounts in the order of codes. */
  async lockedAccountsAfter(code: string, limit: number): Promise<LockedAccount[]> {
    const rows = await this.database.query<Omit<LockedAccount, 'version'> & { readonly version: string }>(
      "SELECT id, code, version FROM ledger_account WHERE code > ? AND balance_mode = 'LOCKED' ORDER BY code LIMIT ?",
      [code, limit],
    );
    return rows.map((row) => ({ ...row, version: Number(row.version) }));
  }

  /** I4, of these accounts: kept sums are what the transfers make, and the order of transfers has no gap. */
  async faultsOf(ids: readonly LedgerAccountId[]): Promise<AccountFault[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.query<RawFault>(
      `SELECT * FROM (
         SELECT a.id, a.code, a.version,
           a.version = COALESCE(moved.transfers, 0) AND a.version = COALESCE(moved.versions, 0)
             AND a.version = COALESCE(moved.version, 0) AS isWhole,
           ${signed('a.debits_posted_fen', 'a.credits_posted_fen')} AS kept,
           ${signed('COALESCE(moved.debits, 0)', 'COALESCE(moved.credits, 0)')} AS made,
           a.debits_pending_fen + a.credits_pending_fen AS keptPending,
           COALESCE(aside.debits, 0) + COALESCE(aside.credits, 0) AS madePending,
           a.debits_posted_fen = COALESCE(moved.debits, 0) AND a.credits_posted_fen = COALESCE(moved.credits, 0)
             AND a.debits_pending_fen = COALESCE(aside.debits, 0) AND a.credits_pending_fen = COALESCE(aside.credits, 0) AS isEven
         FROM ledger_account a LEFT JOIN (${SIDES}) AS moved ON moved.account_id = a.id
         LEFT JOIN (${SET_ASIDE}) AS aside ON aside.account_id = a.id WHERE a.id IN (?)
       ) AS told WHERE isWhole = 0 OR isEven = 0 ORDER BY code LIMIT ?`,
      [ids, ids, ids, ids, ids, FAULTS_MAX],
    );
    const faults: AccountFault[] = [];
    for (const { id, code, version, isWhole, kept, made, keptPending, madePending } of rows)
      faults.push({
        code,
        version: Number(version),
        brokenVersion: Number(isWhole) === 1 ? null : await this.brokenVersionOf(id),
        keptFen: fen(kept),
        madeFen: fen(made),
        keptPendingFen: fen(keptPending),
        madePendingFen: fen(madePending),
      });
    return faults;
  }

  /** The next days on which something took effect or a balance is kept. */
  async daysAfter(day: string, limit: number): Promise<string[]> {
    const from = new Date(`${day}T24:00:00+08:00`);
    const rows = await this.database.query<{ day: string }>(
      `(SELECT DISTINCT DATE(DATE_ADD(effective_at, INTERVAL 8 HOUR)) AS day FROM ledger_journal
        WHERE effective_at >= ? ORDER BY day LIMIT ?)
       UNION (SELECT DISTINCT day FROM ledger_day_balance WHERE day > ? ORDER BY day LIMIT ?) ORDER BY day LIMIT ?`,
      [from, limit, day, limit, limit],
    );
    return rows.map((row) => row.day);
  }

  /** Balances of a day that do not follow from the day before and what took effect on it. */
  async dayFaults(day: string): Promise<DayFault[]> {
    const from = new Date(`${day}T00:00:00+08:00`);
    const until = new Date(`${day}T24:00:00+08:00`);
    const before = (side: string) =>
      `COALESCE((SELECT p.${side}_fen FROM ledger_day_balance p WHERE p.account_id = a.id AND p.day < ? ORDER BY p.day DESC LIMIT 1), 0)`;
    const kept = (side: string) => `IF(b.day IS NULL, 0, b.${side}_fen - ${before(side)})`;
    const values: readonly SqlValue[] = [from, until, from, until, day];
    const rows = await this.database.query<{ code: string; kept: FenText; made: FenText }>(
      `SELECT * FROM (
         SELECT a.code, made.debits AS madeDebits, made.credits AS madeCredits, ${kept('debits')} AS keptDebits,
           ${kept('credits')} AS keptCredits, ${signed('made.debits', 'made.credits')} AS made,
           ${signed(kept('debits'), kept('credits'))} AS kept
         FROM (
           SELECT account_id, SUM(debits) AS debits, SUM(credits) AS credits FROM (
             SELECT t.debit_account_id AS account_id, t.amount_fen AS debits, 0 AS credits ${COUNTED}
             UNION ALL SELECT t.credit_account_id, 0, t.amount_fen ${COUNTED}
             UNION ALL SELECT account_id, 0, 0 FROM ledger_day_balance WHERE day = ?
           ) AS side GROUP BY account_id
         ) AS made
         JOIN ledger_account a ON a.id = made.account_id
         LEFT JOIN ledger_day_balance b ON b.account_id = made.account_id AND b.day = ?
       ) AS told WHERE madeDebits <> keptDebits OR madeCredits <> keptCredits ORDER BY code LIMIT ?`,
      // As often as a side asks for the day before: twice alone, and four times within the two sides of a sign.
      [day, day, day, day, day, day, ...values, day, FAULTS_MAX],
    );
    return rows.map((row) => ({ code: row.code, day, keptFen: fen(row.kept), madeFen: fen(row.made) }));
  }

  /** Reads one account's whole order; only of those that are known to be broken. */
  private async brokenVersionOf(id: LedgerAccountId): Promise<number> {
    const rows = await this.database.query<{ version: string }>(
      `SELECT debit_version AS version FROM ledger_transfer WHERE debit_account_id = ? AND debit_version IS NOT NULL
       UNION ALL SELECT credit_version FROM ledger_transfer WHERE credit_account_id = ? AND credit_version IS NOT NULL
       ORDER BY version`,
      [id, id],
    );
    const broken = rows.findIndex(({ version }, index) => Number(version) !== index + 1);
    return broken === -1 ? rows.length + 1 : broken + 1;
  }
}
