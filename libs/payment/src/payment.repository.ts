import { Injectable } from '@nestjs/common';
import { type FenText, fen } from '#libs/kernel';
import { type Tx, snakeCase } from '#platform/database';
import { Payment, type PaymentId } from './payment.entity.js';

type Amounts = 'amountFen' | 'capturedFen' | 'feeFen';

interface RawPayment extends Omit<Payment, Amounts> {
  readonly amount: FenText;
  readonly captured: FenText | null;
  readonly fee: FenText | null;
}

// Every checkout asks, so without an entity.
const SELECT = `SELECT id, order_id AS orderId, attempt, method, stage, state, amount_fen AS amount, intent_ref AS intentRef,
  checkout_ref AS checkoutRef, action_kind AS actionKind, action_url AS actionUrl, captured_fen AS captured, captured_at AS capturedAt,
  disposition, fee_fen AS fee, fee_ref AS feeRef, created_at AS createdAt, updated_at AS updatedAt, next_check_at AS nextCheckAt FROM payment`;

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
  async ofOrders(tx: Tx, orderIds: readonly Payment['orderId'][]): Promise<Payment[]> {
    if (orderIds.length === 0) return [];
    const rows = await tx.query<RawPayment>(`${SELECT} WHERE order_id IN (?) ORDER BY order_id, attempt`, [
      orderIds,
    ]);
    return rows.map(({ amount, captured, fee, ...payment }) => ({
      ...payment,
      amountFen: fen(amount),
      capturedFen: captured === null ? null : fen(captured),
      feeFen: fee === null ? null : fen(fee),
    }));
  }

  async insert(tx: Tx, ...payments: readonly Pick<Payment, keyof Payment>[]): Promise<void> {
    await tx.insert(
      'payment',
      payments.map((payment) => ({ ...payment })),
    );
  }

  async update(tx: Tx, id: PaymentId, changes: Partial<Payment>): Promise<void> {
    await tx.manager.update(Payment, { id }, changes);
  }

  /**
   * The provider has answered what it was asked to create: how each is paid. False where somebody has learned more of one of them meanwhile (a webhook, the
   * janitor): then each is looked at behind its lock, which changes nothing of those that are written.
   */
  async answer(on: Pick<Tx, 'write'>, payments: readonly Payment[]): Promise<boolean> {
    const columns = [
      'state',
      'intentRef',
      'checkoutRef',
      'actionKind',
      'actionUrl',
      'updatedAt',
      'nextCheckAt',
    ] as const;
    const sets = columns.map(
      (column) => `${snakeCase(column)} = CASE id ${payments.map(() => 'WHEN ? THEN ?').join(' ')} END`,
    );
    const matched = await on.write(
      `UPDATE payment SET ${sets.join(', ')}
       WHERE id IN (?) AND state IN ('STARTING', 'UNKNOWN') AND intent_ref IS NULL AND checkout_ref IS NULL`,
      [
        ...columns.flatMap((column) => payments.flatMap((payment) => [payment.id, payment[column]])),
        payments.map(({ id }) => id),
      ],
    );
    return matched === payments.length;
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
