import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database } from '#platform/database';
import type { OrderId, OrderState, PaymentTerm } from './order.entity.js';
import type { BillingTitle } from './order.rules.js';

/** By whom a unit's orders are placed. */
export type UnitBuyerKind = 'ORGANISATION' | 'CONTRACTOR' | 'UNION';

/** An order as the unit that it was bought for sees it: without who it went to, which is between them and the buyer. */
export interface UnitOrderRow {
  readonly orderId: OrderId;
  readonly state: OrderState;
  readonly buyerKind: UnitBuyerKind;
  readonly paymentTerm: PaymentTerm;
  readonly totalFen: Fen;
  readonly placedAt: Date;
  /** Null where it is billed by the unit's registered title. */
  readonly invoiceTitle: BillingTitle | null;
}

interface Raw extends Omit<UnitOrderRow, 'totalFen' | 'invoiceTitle'> {
  readonly totalFen: FenText;
  readonly title: string | null;
  readonly taxNumber: string | null;
}

export const UNIT_ORDER_KEY_PARTS = 1;

@Injectable()
export class UnitOrderReader {
  constructor(private readonly database: Database) {}

  /** The latest first: ids are made in the order of time. The caller checks who asks. */
  async page(unitId: string, { first, after }: PageRequest): Promise<Page<UnitOrderRow>> {
    const rows = await this.database.query<Raw>(
      `SELECT o.id AS orderId, o.state, o.payment_term AS paymentTerm, o.total_fen AS totalFen, o.placed_at AS placedAt,
         (SELECT l.buyer_kind FROM order_line l WHERE l.order_id = o.id LIMIT 1) AS buyerKind, t.title, t.tax_no AS taxNumber
       FROM customer_order o LEFT JOIN order_invoice_title t ON t.order_id = o.id
       WHERE o.unit_id = ? AND o.id < ? ORDER BY o.id DESC LIMIT ?`,
      [unitId, after?.[0] ?? 'ord_~', first + 1],
    );
    const orders = rows.map(({ title, taxNumber, totalFen, ...row }): UnitOrderRow => {
      const invoiceTitle = title === null || taxNumber === null ? null : { title, taxNumber };
      return { ...row, totalFen: fen(totalFen), invoiceTitle };
    });
    return pageOf(orders, first, ({ orderId }) => [orderId]);
  }
}
