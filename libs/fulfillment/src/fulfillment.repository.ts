import { Injectable } from '@nestjs/common';
import type { ReceivedBy } from '#libs/ordering';
import type { Tx } from '#platform/database';
import { Fulfillment, type FulfillmentId, FulfillmentLine } from './fulfillment.entity.js';
import type { CarriedUnits } from './parcel.rules.js';

@Injectable()
export class FulfillmentRepository {
  async insert(tx: Tx, fulfillment: Fulfillment, lines: readonly FulfillmentLine[]): Promise<void> {
    await tx.manager.insert(Fulfillment, fulfillment);
    await tx.manager.insert(FulfillmentLine, [...lines]);
  }

  /** What a cabinet gave has left and arrived in the same moment, with no carrier between. */
  insertHandedOver(
    tx: Tx,
    id: FulfillmentId,
    merchantOrderId: Fulfillment['merchantOrderId'],
    units: readonly Pick<FulfillmentLine, 'orderLineId' | 'quantity'>[],
    at: Date,
  ): Promise<void> {
    return this.insert(
      tx,
      {
        id,
        merchantOrderId,
        carrier: null,
        trackingNo: null,
        shippedAt: at,
        autoReceiptAt: at,
        receivedAt: at,
        receivedBy: 'BUYER',
        replacesRef: null,
      },
      units.map(({ orderLineId, quantity }) => ({ fulfillmentId: id, orderLineId, quantity })),
    );
  }

  /** What is in which parcel, replacements left out, the first parcel first. Exact behind the merchant order's lock. */
  carriedOf(tx: Tx, merchantOrderId: string): Promise<CarriedUnits[]> {
    return tx.query<CarriedUnits>(
      `SELECT f.id AS fulfillmentId, f.carrier, f.tracking_no AS trackingNo, f.shipped_at AS shippedAt,
         f.received_at AS receivedAt, f.received_by AS receivedBy, f.auto_receipt_at AS autoReceiptAt,
         l.order_line_id AS orderLineId, l.quantity
       FROM fulfillment f JOIN fulfillment_line l ON l.fulfillment_id = f.id
       WHERE f.merchant_order_id = ? AND f.replaces_ref IS NULL ORDER BY f.id, l.order_line_id`,
      [merchantOrderId],
    );
  }

  /** Null for what is no parcel: a replacement is received with its case. */
  async merchantOrderOf(tx: Tx, fulfillmentId: string): Promise<string | null> {
    const [row] = await tx.query<{ merchantOrderId: string }>(
      'SELECT merchant_order_id AS merchantOrderId FROM fulfillment WHERE id = ? AND replaces_ref IS NULL',
      [fulfillmentId],
    );
    return row?.merchantOrderId ?? null;
  }

  /** Merchant orders with parcels that nobody has signed for in time, the longest overdue first. Not locked: a guess. */
  async overdueReceipts(tx: Tx, now: Date, limit: number): Promise<string[]> {
    const rows = await tx.query<{ merchantOrderId: string }>(
      `SELECT merchant_order_id AS merchantOrderId, MIN(auto_receipt_at) AS dueAt FROM fulfillment
       WHERE received_at IS NULL AND auto_receipt_at <= ? GROUP BY merchant_order_id ORDER BY dueAt LIMIT ?`,
      [now, limit],
    );
    return rows.map(({ merchantOrderId }) => merchantOrderId);
  }

  /** Whoever calls holds the merchant order's lock. */
  async markReceived(tx: Tx, ids: readonly FulfillmentId[], by: ReceivedBy, at: Date): Promise<void> {
    await tx.write(
      'UPDATE fulfillment SET received_at = ?, received_by = ? WHERE id IN (?) AND received_at IS NULL',
      [at, by, ids],
    );
  }

  /** When what has not been signed for counts as received by itself. Whoever calls holds the merchant order's lock. */
  async changeAutoReceipt(tx: Tx, merchantOrderId: string, at: Date | null): Promise<void> {
    await tx.write(
      'UPDATE fulfillment SET auto_receipt_at = ? WHERE merchant_order_id = ? AND replaces_ref IS NULL AND received_at IS NULL',
      [at, merchantOrderId],
    );
  }

  /** Of one parcel, as its carrier tells it. Whoever calls holds the merchant order's lock. */
  async changeParcelReceipt(tx: Tx, id: FulfillmentId, at: Date | null): Promise<void> {
    await tx.write(
      'UPDATE fulfillment SET auto_receipt_at = ? WHERE id = ? AND replaces_ref IS NULL AND received_at IS NULL',
      [at, id],
    );
  }

  /** Whoever calls holds the case's lock. */
  async markReplacementReceived(tx: Tx, ref: string, at: Date): Promise<void> {
    await tx.write('UPDATE fulfillment SET received_at = ? WHERE replaces_ref = ? AND received_at IS NULL', [
      at,
      ref,
    ]);
  }
}
