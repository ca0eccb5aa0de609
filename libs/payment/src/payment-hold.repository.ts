import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { PaymentHold } from './payment-hold.entity.js';
import type { PaymentId } from './payment.entity.js';

@Injectable()
export class PaymentHoldRepository {
  async insert(tx: Tx, hold: Pick<PaymentHold, keyof PaymentHold>): Promise<void> {
    await tx.insert('payment_hold', [{ ...hold }]);
  }

  /** The lock by which everything that is learned about one hold takes turns; before that of its payment. */
  lock(tx: Tx, id: PaymentId): Promise<PaymentHold | null> {
    return tx.manager.findOne(PaymentHold, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async update(tx: Tx, id: PaymentId, changes: Partial<PaymentHold>): Promise<void> {
    await tx.manager.update(PaymentHold, { id }, changes);
  }

  /** As with payments: SKIP LOCKED, so that two janitors share the work, and put off, so that a crash only delays it. */
  async claimDue(tx: Tx, now: Date, until: Date, limit: number): Promise<PaymentId[]> {
    const rows = await tx.query<{ id: PaymentId }>(
      'SELECT id FROM payment_hold WHERE next_check_at <= ? ORDER BY next_check_at LIMIT ? FOR UPDATE SKIP LOCKED',
      [now, limit],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0)
      await tx.write('UPDATE payment_hold SET next_check_at = ? WHERE id IN (?)', [until, ids]);
    return ids;
  }
}
