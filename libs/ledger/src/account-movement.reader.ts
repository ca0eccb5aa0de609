import { Injectable } from '@nestjs/common';
import { decodeTime, encodeTime } from 'ulid';
import { DAY_MS, type Fen, type FenText, fen } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
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
}
