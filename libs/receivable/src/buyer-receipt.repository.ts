import { Injectable } from '@nestjs/common';
import { type Tx, unlessTaken } from '#platform/database';
import { BuyerReceipt, type BuyerReceiptId, type ReceiptSource } from './buyer-receipt.entity.js';
import type { ReceiptRow } from './buyer-receipt.rules.js';

@Injectable()
export class BuyerReceiptRepository {
  byReference(tx: Tx, source: ReceiptSource, reference: string): Promise<ReceiptRow | null> {
    return tx.manager.findOneBy(BuyerReceipt, { source, reference });
  }

  lock(tx: Tx, id: BuyerReceiptId): Promise<ReceiptRow | null> {
    return tx.manager.findOne(BuyerReceipt, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** The same reference at the same moment begins again, and finds the other's. */
  async insert(tx: Tx, receipt: ReceiptRow): Promise<void> {
    await unlessTaken('the same receipt was recorded meanwhile', () =>
      tx.manager.insert(BuyerReceipt, receipt),
    );
  }

  async markReversed(tx: Tx, id: BuyerReceiptId, reversedAt: Date): Promise<void> {
    await tx.manager.update(BuyerReceipt, { id }, { state: 'REVERSED', reversedAt });
  }
}
