import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { fen } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { Refund, type RefundId } from './refund.entity.js';
import type { RefundableLine } from './refund.rules.js';

@Injectable()
export class RefundReader {
  constructor(private readonly database: Database) {}

  byId(id: string): Promise<Refund | null> {
    return this.database.dataSource.manager.findOneBy(Refund, { id: id as RefundId });
  }

  ofOrder(orderId: Refund['orderId'], on?: Pick<Tx, 'manager'>): Promise<Refund[]> {
    return this.ofOrders([orderId], on);
  }

  /** The first one first; the caller has checked whose orders they are. */
  ofOrders(
    orderIds: readonly string[],
    on: Pick<Tx, 'manager'> = this.database.dataSource,
  ): Promise<Refund[]> {
    const where = { orderId: In(orderIds as Refund['orderId'][]) };
    return on.manager.find(Refund, { where, order: { id: 'ASC' } });
  }

  /** What the money was for, in the order of lines; written with the refund and never changed. */
  async linesOf(refundId: string, on: Pick<Tx, 'query'> = this.database): Promise<RefundableLine[]> {
    const rows = await on.query<{
      orderLineId: string;
      merchantOrderId: string;
      goodsFen: string;
      freightFen: string;
      quantity: number;
    }>(
      `SELECT order_line_id AS orderLineId, merchant_order_id AS merchantOrderId, goods_fen AS goodsFen, freight_fen AS freightFen, quantity
       FROM refund_line WHERE refund_id = ? ORDER BY order_line_id, merchant_order_id`,
      [refundId],
    );
    return rows.map((row) => ({ ...row, goodsFen: fen(row.goodsFen), freightFen: fen(row.freightFen) }));
  }
}
