import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { BatchRow } from './batch.reader.js';

@Injectable()
export class BatchRepository {
  insert(tx: Tx, batch: BatchRow & { readonly createdAt: Date }): Promise<void> {
    return tx.insert('product_batch', [{ ...batch }]);
  }
}
