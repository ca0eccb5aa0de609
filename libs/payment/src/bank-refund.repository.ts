import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { BankRefund } from './bank-refund.entity.js';
import type { RefundId } from './refund.entity.js';

@Injectable()
export class BankRefundRepository {
  /** Before the refund's own lock, everywhere: people act on this row, consumers on the other. */
  lock(tx: Tx, refundId: string): Promise<BankRefund | null> {
    const where = { refundId: refundId as RefundId };
    return tx.manager.findOne(BankRefund, { where, lock: { mode: 'pessimistic_write' } });
  }

  async insert(tx: Tx, refund: BankRefund): Promise<void> {
    await tx.manager.insert(BankRefund, refund);
  }

  async update(tx: Tx, refundId: RefundId, changes: Partial<BankRefund>): Promise<void> {
    await tx.manager.update(BankRefund, { refundId }, changes);
  }

  /** The books have set its money aside; once. */
  async markSetAside(tx: Tx, refundId: string, at: Date): Promise<void> {
    await tx.write('UPDATE bank_refund SET set_aside_at = ? WHERE refund_id = ? AND set_aside_at IS NULL', [
      at,
      refundId,
    ]);
  }
}
