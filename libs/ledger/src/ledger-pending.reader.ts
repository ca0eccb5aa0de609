import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database } from '#platform/database';
import type { LedgerJournalId } from './ledger-journal.entity.js';
import type { PendingState } from './ledger-pending.entity.js';

export interface LedgerPendingRow {
  readonly journalId: LedgerJournalId;
  readonly idempotencyKey: string;
  readonly kind: string;
  readonly subject: string;
  readonly amountFen: Fen;
  readonly state: PendingState;
  readonly postedFen: Fen;
  readonly expiresAt: Date | null;
  readonly recordedAt: Date;
}

type Raw = Omit<LedgerPendingRow, 'amountFen' | 'postedFen'> & {
  readonly amount: FenText;
  readonly posted: FenText;
};

@Injectable()
export class LedgerPendingReader {
  constructor(private readonly database: Database) {}

  /** In one state, the longest there first: ids are made in the order of time. */
  async page(state: PendingState, { first, after }: PageRequest): Promise<Page<LedgerPendingRow>> {
    const [last = ''] = after ?? [];
    const rows = await this.database.query<Raw>(
      `SELECT p.journal_id AS journalId, j.idempotency_key AS idempotencyKey, j.kind, j.subject, p.amount_fen AS amount,
              p.state, p.posted_fen AS posted, p.expires_at AS expiresAt, j.recorded_at AS recordedAt
       FROM ledger_pending p JOIN ledger_journal j ON j.id = p.journal_id
       WHERE p.state = ? AND p.journal_id > ? ORDER BY p.journal_id LIMIT ?`,
      [state, last, first + 1],
    );
    const pendings = rows.map(({ amount, posted, ...row }): LedgerPendingRow => ({
      ...row,
      amountFen: fen(amount),
      postedFen: fen(posted),
    }));
    return pageOf(pendings, first, ({ journalId }) => [journalId]);
  }
}
