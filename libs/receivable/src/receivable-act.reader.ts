import { Injectable } from '@nestjs/common';
import { type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database } from '#platform/database';
import type { ActRow } from './receivable-act.rules.js';

type Raw = Omit<ActRow, 'amountFen'> & { readonly amountFen: FenText };

@Injectable()
export class ReceivableActReader {
  constructor(private readonly database: Database) {}

  /** The latest first. Ids are made in the order of time. */
  async page({ first, after }: PageRequest): Promise<Page<ActRow>> {
    const [before = 'rca_~'] = after ?? [];
    const rows = await this.database.query<Raw>(
      `SELECT id, kind, subject_ref AS subjectRef, amount_fen AS amountFen, bank_ref AS bankRef, payback_ref AS paybackRef, reason,
              idempotency_key AS idempotencyKey, requested_by AS requestedBy,
              approval_request_id AS approvalRequestId, state, requested_at AS requestedAt, decided_at AS decidedAt
       FROM receivable_act WHERE id < ? ORDER BY id DESC LIMIT ?`,
      [before, first + 1],
    );
    const acts = rows.map((row): ActRow => ({ ...row, amountFen: fen(row.amountFen) }));
    return pageOf(acts, first, ({ id }) => [id]);
  }
}
