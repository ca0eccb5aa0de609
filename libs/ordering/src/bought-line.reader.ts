import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, fen } from '#libs/kernel';
import { Database } from '#platform/database';
import type { OrderId } from './order.entity.js';
import type { OrderLineId } from './order-line.entity.js';

/** A person's own orders, without those for a unit; or all orders of a unit, whoever placed them. */
export type BoughtBy = { readonly buyerId: string } | { readonly unitId: string };

export interface PaidOrder {
  readonly id: OrderId;
  /** On account: when it was signed for. */
  readonly paidAt: Date;
  readonly isCancelled: boolean;
}

export interface BoughtLine {
  readonly id: OrderLineId;
  readonly orderId: OrderId;
  readonly productId: string;
  readonly productName: string;
  readonly originCountyCode: string;
  readonly quantity: number;
  /** Of the goods, by the buyer. */
  readonly paidFen: Fen;
}

/** What was bought in a time, as it was frozen then. */
@Injectable()
export class BoughtLineReader {
  constructor(private readonly database: Database) {}

  /** Paid or signed for in that time, `before` not included, in the order of their ids; also what was called off afterwards. */
  async ordersOf(by: BoughtBy, from: Date, before: Date, limit: number): Promise<PaidOrder[]> {
    const [where, id] =
      'unitId' in by ? ['unit_id = ?', by.unitId] : ["buyer_id = ? AND unit_id = ''", by.buyerId];
    const rows = await this.database.query<Omit<PaidOrder, 'isCancelled'> & { readonly isCancelled: number }>(
      `SELECT id, COALESCE(signed_at, paid_at) AS paidAt, state = 'CANCELLED' AS isCancelled FROM customer_order
       WHERE ${where} AND COALESCE(signed_at, paid_at) >= ? AND COALESCE(signed_at, paid_at) < ? ORDER BY id LIMIT ?`,
      [id, from, before, limit],
    );
    return rows.map((row) => ({ ...row, isCancelled: row.isCancelled === 1 }));
  }

  /** The caller says of how many orders. */
  async linesOf(orderIds: readonly string[]): Promise<BoughtLine[]> {
    if (orderIds.length === 0) return [];
    const rows = await this.database.query<Omit<BoughtLine, 'paidFen'> & { readonly paid: FenText }>(
      `SELECT id, order_id AS orderId, product_id AS productId, product_name AS productName,
         origin_county_code AS originCountyCode, quantity, goods_fen - subsidy_fen AS paid
       FROM order_line WHERE order_id IN (?) ORDER BY id`,
      [orderIds],
    );
    return rows.map(({ paid, ...row }) => ({ ...row, paidFen: fen(paid) }));
  }
}
