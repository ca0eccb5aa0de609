import { Injectable } from '@nestjs/common';
import { type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { PayoutBatch, PayoutBatchState, PayoutImport } from './payout-batch.entity.js';

export type PayoutBatchView = Omit<PayoutBatch, 'fileCipher' | 'keyId' | 'idempotencyKey'>;

const SELECT_BATCHES = `SELECT id, batch_no AS batchNo, method, encoding, line_count AS lineCount, total_fen AS total,
  content_hash AS contentHash, state, approval_id AS approvalId, created_by AS createdBy, created_at AS createdAt,
  exported_by AS exportedBy, exported_at AS exportedAt, file_hash AS fileHash, void_reason AS voidReason FROM payout_batch`;

/** A file is answered once or twice; more are somebody trying. */
const IMPORTS_MAX = 100;

@Injectable()
export class PayoutBatchReader {
  constructor(private readonly database: Database) {}

  async byId(id: string): Promise<PayoutBatchView | null> {
    const [batch] = await this.read('WHERE id = ?', [id]);
    return batch ?? null;
  }

  async byIds(ids: readonly string[]): Promise<PayoutBatchView[]> {
    return ids.length === 0 ? [] : this.read('WHERE id IN (?)', [ids]);
  }

  /** Newest first. */
  async page(state: PayoutBatchState | null, { first, after }: PageRequest): Promise<Page<PayoutBatchView>> {
    const values: SqlValue[] = [after?.[0] ?? '~'];
    if (state) values.push(state);
    const rows = await this.read(`WHERE id < ? ${state ? 'AND state = ?' : ''} ORDER BY id DESC LIMIT ?`, [
      ...values,
      first + 1,
    ]);
    return pageOf(rows, first, (row) => [row.id]);
  }

  /** The latest of a batch, in the order in which they came; the broken ones too. */
  async imports(batchId: string): Promise<PayoutImport[]> {
    const rows = await this.database.query<
      Omit<PayoutImport, 'paidFen' | 'unpaidFen'> & { paid: FenText; unpaid: FenText }
    >(
      `SELECT id, batch_id AS batchId, file_hash AS fileHash, outcome, break_code AS breakCode, break_note AS breakNote,
              line_count AS lineCount, paid_fen AS paid, unpaid_fen AS unpaid, imported_by AS importedBy, imported_at AS importedAt
       FROM payout_import WHERE batch_id = ? ORDER BY id DESC LIMIT ?`,
      [batchId, IMPORTS_MAX],
    );
    return rows
      .map(({ paid, unpaid, ...rest }) => ({ ...rest, paidFen: fen(paid), unpaidFen: fen(unpaid) }))
      .toReversed();
  }

  /** Files that could not be believed and have had no better one since, the first one first. */
  async brokenAfter(importId: string, limit: number): Promise<PayoutImport[]> {
    const rows = await this.database.query<
      Omit<PayoutImport, 'paidFen' | 'unpaidFen'> & { paid: FenText; unpaid: FenText }
    >(
      `SELECT i.id, i.batch_id AS batchId, i.file_hash AS fileHash, i.outcome, i.break_code AS breakCode, i.break_note AS breakNote,
              i.line_count AS lineCount, i.paid_fen AS paid, i.unpaid_fen AS unpaid, i.imported_by AS importedBy,
              i.imported_at AS importedAt
       FROM payout_import i WHERE i.id > ? AND i.outcome = 'BROKEN' AND NOT EXISTS (
         SELECT 1 FROM payout_import better WHERE better.batch_id = i.batch_id AND better.outcome = 'APPLIED' AND better.id > i.id)
       ORDER BY i.id LIMIT ?`,
      [importId, limit],
    );
    return rows.map(({ paid, unpaid, ...rest }) => ({ ...rest, paidFen: fen(paid), unpaidFen: fen(unpaid) }));
  }

  private async read(where: string, values: readonly SqlValue[]): Promise<PayoutBatchView[]> {
    const rows = await this.database.query<Omit<PayoutBatchView, 'totalFen'> & { readonly total: FenText }>(
      `${SELECT_BATCHES} ${where}`,
      values,
    );
    return rows.map(({ total, ...rest }) => ({ ...rest, totalFen: fen(total) }));
  }
}
