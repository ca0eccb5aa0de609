import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import type { FulfillmentId } from './fulfillment.entity.js';

export interface FulfillmentRow {
  readonly id: FulfillmentId;
  readonly merchantOrderId: string;
  /** Null, like its number, for what is picked up. */
  readonly carrier: string | null;
  readonly trackingNo: string | null;
  readonly shippedAt: Date;
  readonly receivedAt: Date | null;
  /** The case whose replacement it is; null for what was ordered. */
  readonly replacesRef: string | null;
}

const SELECT = `SELECT id, merchant_order_id AS merchantOrderId, carrier, tracking_no AS trackingNo, shipped_at AS shippedAt,
  received_at AS receivedAt, replaces_ref AS replacesRef FROM fulfillment`;

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
}
