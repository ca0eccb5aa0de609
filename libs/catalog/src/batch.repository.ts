import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { BatchRow } from './batch.reader.js';

@Injectable()
export class BatchRepository {
  insert(
    tx: Tx,
    batch: BatchRow & { readonly receivableG: bigint | null; readonly createdAt: Date },
  ): Promise<void> {
    return tx.insert('product_batch', [{ ...batch }]);
  }

  /** The lock by which receipts of a batch, and changes of what may be received of it, take turns; null where nobody has said how much there is. */
  async lockReceivable(tx: Tx, id: string): Promise<bigint | null> {
    const [row] = await tx.query<{ receivableG: string | null }>(
      'SELECT receivable_g AS receivableG FROM product_batch WHERE id = ? FOR UPDATE',
      [id],
    );
    return row?.receivableG === null || row === undefined ? null : BigInt(row.receivableG);
  }

  async setReceivable(tx: Tx, id: string, receivableG: bigint): Promise<void> {
    await tx.write('UPDATE product_batch SET receivable_g = ? WHERE id = ?', [receivableG, id]);
  }
}
