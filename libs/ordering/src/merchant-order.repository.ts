import { Injectable } from '@nestjs/common';
import type { IdOf } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { Handover, MerchantOrderId, MerchantOrderState, ReceivedBy } from './merchant-order.entity.js';
import { OrderLineCallOff } from './order-line-call-off.entity.js';
import type { OrderId } from './order.entity.js';

export interface LockedMerchantOrder {
  readonly id: MerchantOrderId;
  readonly orderId: OrderId;
  readonly merchantId: string;
  readonly state: MerchantOrderState;
  readonly handover: Handover;
  readonly pickUpPointId: IdOf<'chp'> | null;
}

const SELECT =
  'SELECT id, order_id AS orderId, merchant_id AS merchantId, state, handover, pick_up_point_id AS pickUpPointId FROM merchant_order';

export type CalledOffRow = Pick<OrderLineCallOff, 'orderLineId' | 'number' | 'quantity'>;

@Injectable()
export class MerchantOrderRepository {
  /** Shipping, receiving, cancelling and completing one part follow each other by this lock. */
  async lock(tx: Tx, id: string): Promise<LockedMerchantOrder | null> {
    const [row] = await tx.query<LockedMerchantOrder>(`${SELECT} WHERE id = ? FOR UPDATE`, [id]);
    return row ?? null;
  }

  /** All parts of an order, in the order of their ids. */
  lockOfOrder(tx: Tx, orderId: string): Promise<LockedMerchantOrder[]> {
    return tx.query<LockedMerchantOrder>(`${SELECT} WHERE order_id = ? ORDER BY id FOR UPDATE`, [orderId]);
  }

  lockAll(tx: Tx, ids: readonly string[], merchantId: string): Promise<LockedMerchantOrder[]> {
    return tx.query<LockedMerchantOrder>(
      `${SELECT} WHERE id IN (?) AND merchant_id = ? ORDER BY id FOR UPDATE`,
      [ids, merchantId],
    );
  }

  async noteWaybillCarrier(tx: Tx, ids: readonly string[], carrier: string | null): Promise<void> {
    await tx.write('UPDATE merchant_order SET waybill_carrier = ? WHERE id IN (?)', [carrier, ids]);
  }

  async markCancelled(tx: Tx, id: string): Promise<void> {
    await tx.write("UPDATE merchant_order SET state = 'CANCELLED' WHERE id = ?", [id]);
  }

  async buyerOf(tx: Tx, orderId: string): Promise<string | null> {
    const [row] = await tx.query<{ buyerId: string }>(
      'SELECT buyer_id AS buyerId FROM customer_order WHERE id = ?',
      [orderId],
    );
    return row?.buyerId ?? null;
  }

  async changeAutoReceipt(tx: Tx, id: string, at: Date | null): Promise<void> {
    await tx.write('UPDATE merchant_order SET auto_receipt_at = ? WHERE id = ?', [at, id]);
  }

  async changeOpening(tx: Tx, id: string, since: Date | null): Promise<void> {
    await tx.write('UPDATE merchant_order SET opening_since = ? WHERE id = ?', [since, id]);
  }

  /** Locked, so that nobody begins to open a cell before whoever asks has ended. Parts that no cell holds are left alone: money of theirs waits for nobody. */
  async lockPickedUp(
    tx: Tx,
    orderId: string,
  ): Promise<{ readonly id: MerchantOrderId; readonly openingSince: Date | null }[]> {
    return tx.query(
      `SELECT id, opening_since AS openingSince FROM merchant_order WHERE order_id = ? AND handover = 'PICK_UP' ORDER BY id FOR UPDATE`,
      [orderId],
    );
  }

  /** What is left is due by the first day that is promised for any of its lines now. */
  async markPartlyShipped(tx: Tx, id: string, leftLineIds: readonly string[]): Promise<void> {
    await tx.write(
      `UPDATE merchant_order m SET m.state = 'PARTLY_SHIPPED', m.due_on = COALESCE(
         (SELECT p.promised_on FROM presale_order p WHERE p.order_id = m.order_id),
         (SELECT MAX(n.proposed_on) FROM delay_notice n WHERE n.merchant_order_id = m.id),
         (SELECT MIN(COALESCE(i.promised_on, l.promised_on)) FROM order_line l
          LEFT JOIN adoption_instalment i ON i.order_line_id = l.id WHERE l.id IN (?)), m.due_on)
       WHERE m.id = ?`,
      [leftLineIds.length > 0 ? leftLineIds : [''], id],
    );
  }

  /** What has been called off of its lines; exact behind its lock. */
  async calledOffOf(tx: Tx, id: string): Promise<CalledOffRow[]> {
    return tx.query<CalledOffRow>(
      `SELECT order_line_id AS orderLineId, number, quantity FROM order_line_call_off
       WHERE merchant_order_id = ? ORDER BY order_line_id, number`,
      [id],
    );
  }

  async insertCallOffs(tx: Tx, calledOff: readonly OrderLineCallOff[]): Promise<void> {
    await tx.manager.insert(OrderLineCallOff, [...calledOff]);
  }

  async markShipped(tx: Tx, id: string, shippedAt: Date, autoReceiptAt: Date | null): Promise<void> {
    await tx.write(
      "UPDATE merchant_order SET state = 'SHIPPED', shipped_at = ?, auto_receipt_at = ? WHERE id = ?",
      [shippedAt, autoReceiptAt, id],
    );
  }

  async markReceived(
    tx: Tx,
    id: string,
    receipt: { readonly at: Date; readonly by: ReceivedBy; readonly releaseDueAt: Date },
  ): Promise<void> {
    await tx.write(
      `UPDATE merchant_order SET state = 'RECEIVED', received_at = ?, received_by = ?, release_due_at = ?
       WHERE id = ?`,
      [receipt.at, receipt.by, receipt.releaseDueAt, id],
    );
  }

  /** Those that somebody else is moving right now are left to them. */
  async lockOnTheirWay(tx: Tx, ids: readonly string[]): Promise<LockedMerchantOrder[]> {
    if (ids.length === 0) return [];
    return tx.query<LockedMerchantOrder>(
      `${SELECT} WHERE id IN (?) AND state IN ('PARTLY_SHIPPED', 'SHIPPED') ORDER BY id FOR UPDATE SKIP LOCKED`,
      [ids],
    );
  }

  lockReleasable(tx: Tx, now: Date, limit: number): Promise<LockedMerchantOrder[]> {
    return tx.query<LockedMerchantOrder>(
      `${SELECT} WHERE state = 'RECEIVED' AND release_due_at <= ? ORDER BY release_due_at LIMIT ? FOR UPDATE SKIP LOCKED`,
      [now, limit],
    );
  }

  async markCompleted(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
    await tx.write("UPDATE merchant_order SET state = 'COMPLETED', completed_at = ? WHERE id IN (?)", [
      at,
      ids,
    ]);
  }
}
