import { Injectable } from '@nestjs/common';
import { fen } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { PaymentId } from './payment.entity.js';
import { Refund, type RefundId, RefundLine } from './refund.entity.js';
import type { RefundableLine } from './refund.rules.js';

interface RefundedRow {
  readonly orderLineId: string;
  readonly merchantOrderId: string;
  readonly goodsFen: string;
  readonly freightFen: string;
  readonly quantity: string;
}

@Injectable()
export class RefundRepository {
  lock(tx: Tx, id: string): Promise<Refund | null> {
    return tx.manager.findOne(Refund, { where: { id: id as RefundId }, lock: { mode: 'pessimistic_write' } });
  }

  lockByProviderRef(tx: Tx, providerRef: string): Promise<Refund | null> {
    return tx.manager.findOne(Refund, { where: { providerRef }, lock: { mode: 'pessimistic_write' } });
  }

  async insert(tx: Tx, refund: Refund, lines: readonly RefundLine[]): Promise<void> {
    await tx.manager.insert(Refund, refund);
    await tx.manager.insert(RefundLine, [...lines]);
  }

  async update(tx: Tx, id: RefundId, changes: Partial<Refund>): Promise<void> {
    await tx.manager.update(Refund, { id }, changes);
  }

  /** What refunds that have not failed have taken already; exact only under the payment's lock. */
  async refundedLines(tx: Tx, paymentId: PaymentId): Promise<RefundableLine[]> {
    const rows = await tx.query<RefundedRow>(
      `SELECT l.order_line_id AS orderLineId, l.merchant_order_id AS merchantOrderId, SUM(l.goods_fen) AS goodsFen,
              SUM(l.freight_fen) AS freightFen, SUM(l.quantity) AS quantity
       FROM refund r JOIN refund_line l ON l.refund_id = r.id
       WHERE r.payment_id = ? AND r.state <> 'FAILED' GROUP BY l.order_line_id, l.merchant_order_id`,
      [paymentId],
    );
    return rows.map((row) => ({
      orderLineId: row.orderLineId,
      merchantOrderId: row.merchantOrderId,
      goodsFen: fen(row.goodsFen),
      freightFen: fen(row.freightFen),
      quantity: Number(row.quantity),
    }));
  }

  /** As for payments: taken, put off, and shared between janitors by SKIP LOCKED. */
  async claimDue(tx: Tx, now: Date, until: Date, limit: number): Promise<RefundId[]> {
    const rows = await tx.query<{ id: RefundId }>(
      'SELECT id FROM refund WHERE next_check_at <= ? ORDER BY next_check_at LIMIT ? FOR UPDATE SKIP LOCKED',
      [now, limit],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) await tx.write('UPDATE refund SET next_check_at = ? WHERE id IN (?)', [until, ids]);
    return ids;
  }
}
