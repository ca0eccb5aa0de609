import { Injectable } from '@nestjs/common';
import { type FenText, fen } from '#libs/kernel';
import { type Tx, unlessTaken } from '#platform/database';
import type { PayoutBatchRecord, PayoutBatchState, PayoutImportRecord } from './payout-batch.entity.js';

const SELECT_BATCHES = `SELECT id, batch_no AS batchNo, method, encoding, line_count AS lineCount, total_fen AS total,
  content_hash AS contentHash, state, approval_id AS approvalId, created_by AS createdBy, created_at AS createdAt,
  idempotency_key AS idempotencyKey, exported_by AS exportedBy, exported_at AS exportedAt, file_hash AS fileHash,
  file_cipher AS fileCipher, key_id AS keyId, void_reason AS voidReason FROM payout_batch`;

const SELECT_IMPORTS = `SELECT id, batch_id AS batchId, file_hash AS fileHash, outcome, break_code AS breakCode, break_note AS breakNote,
  line_count AS lineCount, paid_fen AS paid, unpaid_fen AS unpaid, imported_by AS importedBy, imported_at AS importedAt
  FROM payout_import`;

@Injectable()
export class PayoutBatchRepository {
  /** Behind the payouts' locks. A number that two have taken at once is one's; the other begins again. */
  async nextNumber(tx: Tx): Promise<number> {
    const [row] = await tx.query<{ last: number | null }>('SELECT MAX(batch_no) AS last FROM payout_batch');
    return (row?.last ?? 0) + 1;
  }

  async insert(tx: Tx, batch: PayoutBatchRecord): Promise<void> {
    await unlessTaken('another batch took the number, or the key, first', () =>
      tx.insert('payout_batch', [{ ...batch }]),
    );
  }

  async byKey(tx: Tx, createdBy: string, idempotencyKey: string): Promise<PayoutBatchRecord | null> {
    return this.one(tx, 'created_by = ? AND idempotency_key = ?', [createdBy, idempotencyKey]);
  }

  /** Before its payouts, always in this order. */
  async lock(tx: Tx, id: string): Promise<PayoutBatchRecord | null> {
    return this.one(tx, 'id = ? FOR UPDATE', [id]);
  }

  async setState(tx: Tx, id: string, state: PayoutBatchState): Promise<void> {
    await tx.write('UPDATE payout_batch SET state = ? WHERE id = ?', [state, id]);
  }

  async askToVoid(tx: Tx, id: string, approvalId: string, reason: string): Promise<void> {
    await tx.write(
      "UPDATE payout_batch SET state = 'VOID_REQUESTED', approval_id = ?, void_reason = ? WHERE id = ?",
      [approvalId, reason, id],
    );
  }

  async saveFile(
    tx: Tx,
    id: string,
    file: {
      readonly by: string;
      readonly at: Date;
      readonly hash: string;
      readonly cipher: Buffer;
      readonly keyId: string;
    },
  ): Promise<void> {
    await tx.write(
      `UPDATE payout_batch SET state = 'EXPORTED', exported_by = ?, exported_at = ?, file_hash = ?, file_cipher = ?, key_id = ?
       WHERE id = ?`,
      [file.by, file.at, file.hash, file.cipher, file.keyId, id],
    );
  }

  /** Once nothing of it is open any more. */
  async closeIfDone(tx: Tx, id: string): Promise<void> {
    await tx.write(
      `UPDATE payout_batch SET state = 'CLOSED' WHERE id = ? AND state IN ('EXPORTED', 'SENDING')
       AND NOT EXISTS (SELECT 1 FROM payout p WHERE p.batch_id = payout_batch.id AND p.state IN ('BATCHED', 'SENT'))`,
      [id],
    );
  }

  async importOf(tx: Tx, batchId: string, fileHash: string): Promise<PayoutImportRecord | null> {
    const [row] = await tx.query<
      Omit<PayoutImportRecord, 'paidFen' | 'unpaidFen'> & { paid: FenText; unpaid: FenText }
    >(`${SELECT_IMPORTS} WHERE batch_id = ? AND file_hash = ?`, [batchId, fileHash]);
    if (!row) return null;
    const { paid, unpaid, ...rest } = row;
    return { ...rest, paidFen: fen(paid), unpaidFen: fen(unpaid) };
  }

  async insertImport(tx: Tx, row: PayoutImportRecord): Promise<void> {
    await tx.insert('payout_import', [{ ...row }]);
  }

  /** A file that is judged anew: its new judgement takes the place of the old, under the same id. */
  async forgetImport(tx: Tx, { id }: Pick<PayoutImportRecord, 'id'>): Promise<void> {
    await tx.write('DELETE FROM payout_import WHERE id = ?', [id]);
  }

  private async one(tx: Tx, where: string, values: readonly string[]): Promise<PayoutBatchRecord | null> {
    const [row] = await tx.query<Omit<PayoutBatchRecord, 'totalFen'> & { readonly total: FenText }>(
      `${SELECT_BATCHES} WHERE ${where}`,
      values,
    );
    if (!row) return null;
    const { total, ...rest } = row;
    return { ...rest, totalFen: fen(total) };
  }
}
