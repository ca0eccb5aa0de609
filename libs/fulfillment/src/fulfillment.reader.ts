import { Injectable } from '@nestjs/common';
import type { ReceivedBy } from '#libs/ordering';
import { Database, type Tx } from '#platform/database';
import type { FulfillmentId } from './fulfillment.entity.js';

export interface FulfillmentRow {
  readonly id: FulfillmentId;
  readonly merchantOrderId: string;
  /** Null, like its number, for what is picked up. */
  readonly carrier: string | null;
  readonly trackingNo: string | null;
  readonly shippedAt: Date;
  readonly receivedAt: Date | null;
  readonly receivedBy: ReceivedBy | null;
  /** Null of replacements, and of what lies in a cell. */
  readonly autoReceiptAt: Date | null;
  /** The case whose replacement it is; null for what was ordered. */
  readonly replacesRef: string | null;
}

/** Units of a line in a parcel. */
export interface FulfillmentLineRow {
  readonly fulfillmentId: FulfillmentId;
  readonly merchantOrderId: string;
  readonly orderLineId: string;
  readonly quantity: number;
  readonly shippedAt: Date;
  readonly receivedAt: Date | null;
  readonly receivedBy: ReceivedBy | null;
  readonly replacesRef: string | null;
}

const SELECT = `SELECT id, merchant_order_id AS merchantOrderId, carrier, tracking_no AS trackingNo, shipped_at AS shippedAt,
  received_at AS receivedAt, received_by AS receivedBy, auto_receipt_at AS autoReceiptAt, replaces_ref AS replacesRef FROM fulfillment`;

@Injectable()
export class FulfillmentReader {
  constructor(private readonly database: Database) {}

  /** The first one first; the caller has checked whose merchant orders they are. */
  async ofMerchantOrders(merchantOrderIds: readonly string[]): Promise<FulfillmentRow[]> {
    if (merchantOrderIds.length === 0) return [];
    return this.database.query<FulfillmentRow>(`${SELECT} WHERE merchant_order_id IN (?) ORDER BY id`, [
      merchantOrderIds,
    ]);
  }

  /** What was sent for cases, in any order; the caller has checked whose they are. */
  async ofReplacements(refs: readonly string[]): Promise<FulfillmentRow[]> {
    if (refs.length === 0) return [];
    return this.database.query<FulfillmentRow>(`${SELECT} WHERE replaces_ref IN (?)`, [refs]);
  }

  /** What is in which parcel, replacements included, the first parcel first; the caller has checked whose merchant orders they are. */
  async linesOf(
    merchantOrderIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<FulfillmentLineRow[]> {
    if (merchantOrderIds.length === 0) return [];
    return on.query<FulfillmentLineRow>(
      `SELECT f.id AS fulfillmentId, f.merchant_order_id AS merchantOrderId, l.order_line_id AS orderLineId, l.quantity,
         f.shipped_at AS shippedAt, f.received_at AS receivedAt, f.received_by AS receivedBy, f.replaces_ref AS replacesRef
       FROM fulfillment f JOIN fulfillment_line l ON l.fulfillment_id = f.id
       WHERE f.merchant_order_id IN (?) ORDER BY f.id, l.order_line_id`,
      [merchantOrderIds],
    );
  }
}
