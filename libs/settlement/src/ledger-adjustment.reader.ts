import { Injectable } from '@nestjs/common';
import { type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database } from '#platform/database';
import type { AdjustmentRow } from './ledger-adjustment.rules.js';

type Raw = Omit<AdjustmentRow, 'amountFen'> & { readonly amountFen: FenText };

@Injectable()
export class LedgerAdjustmentReader {
  constructor(private readonly database: Database) {}

  /** The latest first. Ids are made in the order of time. */
  async page({ first, after }: PageRequest): Promise<Page<AdjustmentRow>> {
    const [before = 'adj_~'] = after ?? [];
    const rows = await this.database.query<Raw>(
      `SELECT id, idempotency_key AS idempotencyKey, requested_by AS requestedBy, debit_code AS debitCode,
              credit_code AS creditCode, amount_fen AS amountFen, reason, attachment_hash AS attachmentHash,
              approval_request_id AS approvalRequestId, state, journal_id AS journalId, requested_at AS requestedAt,
              decided_at AS decidedAt
       FROM ledger_adjustment WHERE id < ? ORDER BY id DESC LIMIT ?`,
      [before, first + 1],
    );
    const adjustments = rows.map((row): AdjustmentRow => ({ ...row, amountFen: fen(row.amountFen) }));
    return pageOf(adjustments, first, ({ id }) => [id]);
  }
}
