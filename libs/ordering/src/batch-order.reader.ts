import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { MerchantOrderId, MerchantOrderState } from './merchant-order.entity.js';
import type { OrderId } from './order.entity.js';

/** Columns in a page's sort key, for `pageRequest`. */
export const BATCH_ORDER_KEY_PARTS = 1;

/** What of a batch stands in one merchant order; whose it is, is told by the order alone. */
export interface BatchOrderRow {
  readonly merchantOrderId: MerchantOrderId;
  readonly orderId: OrderId;
  readonly state: MerchantOrderState;
  readonly placedAt: Date;
  readonly quantity: number;
}

/** How many orders hold some of a batch, and how much. */
export interface BatchSaleRow {
  readonly batchId: string;
  readonly orderCount: number;
  readonly soldG: number;
}

/** Who has bought of a batch; what was called off before it was paid for is nobody's. */
@Injectable()
export class BatchOrderReader {
  constructor(private readonly database: Database) {}

  /** The latest first. */
  async page(batchId: string, { first, after }: PageRequest): Promise<Page<BatchOrderRow>> {
    const rows = await this.database.query<BatchOrderRow & { readonly quantity: string }>(
      `SELECT part.id AS merchantOrderId, part.order_id AS orderId, part.state, part.placed_at AS placedAt, SUM(l.quantity) AS quantity
       FROM order_line l JOIN merchant_order part ON part.id = l.merchant_order_id
       WHERE l.batch_id = ? AND part.state <> 'CANCELLED'${after ? ' AND part.id < ?' : ''}
       GROUP BY part.id, part.order_id, part.state, part.placed_at ORDER BY part.id DESC LIMIT ?`,
      [batchId, ...(after ? [after[0] ?? ''] : []), first + 1],
    );
    return pageOf(
      rows.map((row) => ({ ...row, quantity: Number(row.quantity) })),
      first,
      ({ merchantOrderId }) => [merchantOrderId],
    );
  }

  /** All of them, in the order of their ids. */
  async orderIdsOf(tx: Tx, batchId: string): Promise<string[]> {
    const rows = await tx.query<{ orderId: string }>(
      `SELECT DISTINCT l.order_id AS orderId FROM order_line l JOIN merchant_order part ON part.id = l.merchant_order_id
       WHERE l.batch_id = ? AND part.state <> 'CANCELLED' ORDER BY l.order_id`,
      [batchId],
    );
    return rows.map(({ orderId }) => orderId);
  }

  /** One that nobody has bought of is missing. */
  async sumsOf(batchIds: readonly string[]): Promise<BatchSaleRow[]> {
    if (batchIds.length === 0) return [];
    const rows = await this.database.query<{ batchId: string; orderCount: string; soldG: string }>(
      `SELECT l.batch_id AS batchId, COUNT(DISTINCT l.order_id) AS orderCount, SUM(l.net_weight_g) AS soldG
       FROM order_line l JOIN merchant_order part ON part.id = l.merchant_order_id
       WHERE l.batch_id IN (?) AND part.state <> 'CANCELLED' GROUP BY l.batch_id`,
      [batchIds],
    );
    return rows.map(({ batchId, orderCount, soldG }) => ({
      batchId,
      orderCount: Number(orderCount),
      soldG: Number(soldG),
    }));
  }
}
