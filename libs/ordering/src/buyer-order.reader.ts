import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import type { OrderId } from './order.entity.js';

/** The latest of one person; a household of big eaters orders daily for five years. */
const ORDERS_MAX = 2_000;

/** What somebody has ever bought, and what of it is not over. */
@Injectable()
export class BuyerOrderReader {
  constructor(private readonly database: Database) {}

  /** The latest first. */
  async idsOf(buyerId: string): Promise<OrderId[]> {
    const rows = await this.database.query<{ id: OrderId }>(
      'SELECT id FROM customer_order WHERE buyer_id = ? ORDER BY placed_at DESC, id DESC LIMIT ?',
      [buyerId, ORDERS_MAX],
    );
    return rows.map(({ id }) => id);
  }

  /** Something was paid or signed for, and not cancelled since. */
  async hasPaid(buyerId: string): Promise<boolean> {
    const rows = await this.database.query(
      "SELECT 1 FROM customer_order WHERE buyer_id = ? AND state IN ('PAID', 'SIGNED') LIMIT 1",
      [buyerId],
    );
    return rows.length > 0;
  }

  /** Not cancelled, and with a part whose after-sale window is not over. */
  async openOf(buyerId: string, limit: number): Promise<OrderId[]> {
    const rows = await this.database.query<{ id: OrderId }>(
      `SELECT o.id FROM customer_order o WHERE o.buyer_id = ? AND o.state <> 'CANCELLED'
         AND EXISTS (SELECT 1 FROM merchant_order m WHERE m.order_id = o.id AND m.state NOT IN ('COMPLETED', 'CANCELLED'))
       ORDER BY o.placed_at, o.id LIMIT ?`,
      [buyerId, limit],
    );
    return rows.map(({ id }) => id);
  }
}
