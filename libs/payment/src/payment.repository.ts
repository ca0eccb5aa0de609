import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { Payment, type PaymentId } from './payment.entity.js';

@Injectable()
export class PaymentRepository {
  /** The lock by which everything that is learned about one payment takes turns. */
  lock(tx: Tx, id: PaymentId): Promise<Payment | null> {
    return tx.manager.findOne(Payment, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /**
   * The payments that pay the order: one, or the balance and then the deposit. The lock of the first makes the order's refunds take turns; the latest
   * attempt comes first, as for whoever captures a balance.
   */
  lockKept(tx: Tx, orderId: Payment['orderId']): Promise<Payment[]> {
    return this.lockAs(tx, orderId, 'KEPT');
  }

  /** What is held for the buyer until the rest has come. */
  lockDeposits(tx: Tx, orderId: Payment['orderId']): Promise<Payment[]> {
    return this.lockAs(tx, orderId, 'DEPOSIT');
  }

  private lockAs(tx: Tx, orderId: Payment['orderId'], disposition: 'KEPT' | 'DEPOSIT'): Promise<Payment[]> {
    const [where, order] = [{ orderId, disposition }, { attempt: 'DESC' } as const];
    return tx.manager.find(Payment, { where, order, lock: { mode: 'pessimistic_write' } });
  }

  lockByIntent(tx: Tx, intentRef: string): Promise<Payment | null> {
    return tx.manager.findOne(Payment, { where: { intentRef }, lock: { mode: 'pessimistic_write' } });
  }

  /** Unlocked: whoever starts a payment holds the order's lock. */
  ofOrder(tx: Tx, orderId: Payment['orderId']): Promise<Payment[]> {
    return tx.manager.find(Payment, { where: { orderId }, order: { attempt: 'ASC' } });
  }

  async insert(tx: Tx, payment: Payment): Promise<void> {
    await tx.manager.insert(Payment, payment);
  }

  async update(tx: Tx, id: PaymentId, changes: Partial<Payment>): Promise<void> {
    await tx.manager.update(Payment, { id }, changes);
  }

  /**
   * Takes payments whose check is due and puts the next one off, so that no other janitor takes them and a crash only delays them.
   * SKIP LOCKED, so that two janitors share the work.
   */
  async claimDue(tx: Tx, now: Date, until: Date, limit: number): Promise<PaymentId[]> {
    const rows = await tx.query<{ id: PaymentId }>(
      'SELECT id FROM payment WHERE next_check_at <= ? ORDER BY next_check_at LIMIT ? FOR UPDATE SKIP LOCKED',
      [now, limit],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) await tx.write('UPDATE payment SET next_check_at = ? WHERE id IN (?)', [until, ids]);
    return ids;
  }
}
