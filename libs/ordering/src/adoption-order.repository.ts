import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { AdoptionInstalment } from './adoption-order.entity.js';
import type { MerchantOrderId, MerchantOrderState } from './merchant-order.entity.js';
import type { OrderLineId } from './order-line.entity.js';

export interface WatchedInstalment extends Pick<
  AdoptionInstalment,
  'orderLineId' | 'adoptionId' | 'orderId' | 'offerId' | 'number' | 'promisedOn'
> {
  readonly merchantOrderId: MerchantOrderId;
  readonly partState: MerchantOrderState;
}

const WATCHED = `SELECT i.order_line_id AS orderLineId, i.adoption_id AS adoptionId, i.order_id AS orderId, i.offer_id AS offerId, i.number,
  i.promised_on AS promisedOn, m.id AS merchantOrderId, m.state AS partState
  FROM adoption_instalment i JOIN merchant_order m ON m.order_id = i.order_id`;

@Injectable()
export class AdoptionOrderRepository {
  /** Whose promised day is over; SKIP LOCKED, so that two clocks share the work. */
  lockOverdue(tx: Tx, today: string, limit: number): Promise<WatchedInstalment[]> {
    return tx.query<WatchedInstalment>(
      `${WATCHED} WHERE i.watch_on < ? ORDER BY i.watch_on, i.order_line_id LIMIT ? FOR UPDATE SKIP LOCKED`,
      [today, limit],
    );
  }

  /** The same, seen and not locked. */
  overdue(tx: Tx, today: string, limit: number): Promise<WatchedInstalment[]> {
    return tx.query<WatchedInstalment>(
      `${WATCHED} WHERE i.watch_on < ? ORDER BY i.watch_on, i.order_line_id LIMIT ?`,
      [today, limit],
    );
  }

  /** One instalment of an offer, of everybody who waits for it and was promised an earlier day; in the order of their ids. */
  lockWaiting(tx: Tx, offerId: string, number: number, before: string): Promise<WatchedInstalment[]> {
    return tx.query<WatchedInstalment>(
      `${WATCHED} WHERE i.offer_id = ? AND i.number = ? AND i.promised_on < ?
       AND m.state IN ('TO_SHIP', 'PARTLY_SHIPPED') ORDER BY i.order_line_id FOR UPDATE`,
      [offerId, number, before],
    );
  }

  async promise(tx: Tx, orderLineIds: readonly OrderLineId[], day: string, reason: string): Promise<void> {
    if (orderLineIds.length === 0) return;
    await tx.write(
      'UPDATE adoption_instalment SET promised_on = ?, watch_on = ?, delay_reason = ? WHERE order_line_id IN (?)',
      [day, day, reason, orderLineIds],
    );
    // What was due first is later now; instalments before it have left.
    await tx.write(
      `UPDATE merchant_order m SET m.due_on = COALESCE(
         (SELECT MIN(i.promised_on) FROM adoption_instalment i WHERE i.order_id = m.order_id AND i.promised_on >= m.due_on), m.due_on)
       WHERE m.order_id IN (SELECT order_id FROM adoption_instalment WHERE order_line_id IN (?))`,
      [orderLineIds],
    );
  }

  async watchOn(tx: Tx, orderLineIds: readonly OrderLineId[], day: string | null): Promise<void> {
    if (orderLineIds.length === 0) return;
    await tx.write('UPDATE adoption_instalment SET watch_on = ? WHERE order_line_id IN (?)', [
      day,
      orderLineIds,
    ]);
  }
}
