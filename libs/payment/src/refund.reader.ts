import { Injectable } from '@nestjs/common';
import { type FindOptionsWhere, In, LessThan, MoreThan } from 'typeorm';
import { type Fen, type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { Refund, type RefundId } from './refund.entity.js';
import type { LineFunding, RefundableLine, RefundedLine } from './refund.rules.js';

interface RefundedRow {
  readonly orderLineId: string;
  readonly merchantOrderId: string;
  readonly goodsFen: string;
  readonly freightFen: string;
  readonly quantity: string;
  readonly subsidyFen: string;
  readonly compensatedQuantity: string;
  readonly compensatedGoodsFen: string;
  readonly compensatedSubsidyFen: string;
}

export interface RefundFilter extends Pick<Refund, 'state' | 'channel' | 'reason' | 'orderId'> {}

export interface RefundLineRow extends RefundableLine {
  readonly refundId: RefundId;
}

/** What the buyer has back of a line, and how many units of it. */
export interface ReturnedLine {
  readonly goodsFen: Fen;
  readonly quantity: number;
}

type RawFunding = Omit<LineFunding, 'amountFen'> & { readonly amount: FenText };

interface RawLine extends Omit<RefundLineRow, 'goodsFen' | 'freightFen' | 'subsidyFen'> {
  readonly goodsFen: FenText;
  readonly freightFen: FenText;
  readonly subsidyFen: FenText;
}

@Injectable()
export class RefundReader {
  constructor(private readonly database: Database) {}

  byId(id: string, on: Pick<Tx, 'manager'> = this.database): Promise<Refund | null> {
    return on.manager.findOneBy(Refund, { id: id as RefundId });
  }

  /** In any order; what is not there is left out. */
  byIds(ids: readonly string[]): Promise<Refund[]> {
    return this.database.manager.findBy(Refund, { id: In(ids as RefundId[]) });
  }

  /** By the provider's names of them, in any order. */
  byProviderRefs(providerRefs: readonly string[]): Promise<Refund[]> {
    return this.database.manager.findBy(Refund, { providerRef: In(providerRefs) });
  }

  /** Made at the provider's own desk and adopted, in the order of their ids. */
  adoptedAfter(after: string, limit: number): Promise<Refund[]> {
    return this.database.manager.find(Refund, {
      where: { reason: 'PROVIDER', id: MoreThan(after as RefundId) },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  /** Of these payments, whatever has become of them. */
  ofPayments(paymentIds: readonly string[], on: Pick<Tx, 'manager'> = this.database): Promise<Refund[]> {
    const where = { paymentId: In(paymentIds as Refund['paymentId'][]) };
    return on.manager.find(Refund, { where, order: { id: 'ASC' } });
  }

  /** Sent to the provider before `before` and not answered for good, in the order of their ids. */
  sentAfter(after: string, before: Date, limit: number): Promise<Refund[]> {
    return this.database.manager.find(Refund, {
      where: {
        state: 'SENT',
        channel: 'PROVIDER',
        id: MoreThan(after as RefundId),
        createdAt: LessThan(before),
      },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  byKey(idempotencyKey: string): Promise<Refund | null> {
    return this.database.manager.findOneBy(Refund, { idempotencyKey });
  }

  /** What an after-sale case has asked for, the first one first, whatever has become of it. */
  askedBy(forRef: string, on: Pick<Tx, 'manager'>): Promise<Refund[]> {
    return on.manager.find(Refund, { where: { forRef }, order: { id: 'ASC' } });
  }

  ofOrder(orderId: Refund['orderId'], on?: Pick<Tx, 'manager'>): Promise<Refund[]> {
    return this.ofOrders([orderId], on);
  }

  /** Of these orders, what has been asked for and not come to its end. */
  async underWay(orderIds: readonly string[], limit: number): Promise<RefundId[]> {
    if (orderIds.length === 0) return [];
    const rows = await this.database.query<{ id: RefundId }>(
      "SELECT id FROM refund WHERE order_id IN (?) AND state IN ('REQUESTED', 'SENT') ORDER BY id LIMIT ?",
      [orderIds, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** The first one first; the caller has checked whose orders they are. */
  ofOrders(orderIds: readonly string[], on: Pick<Tx, 'manager'> = this.database): Promise<Refund[]> {
    const where = { orderId: In(orderIds as Refund['orderId'][]) };
    return on.manager.find(Refund, { where, order: { id: 'ASC' } });
  }

  /** Newest first: ids sort by time. */
  async page(filter: Partial<RefundFilter>, { first, after }: PageRequest): Promise<Page<Refund>> {
    const wanted = Object.entries(filter).filter(([, value]) => value !== null && value !== undefined);
    const where: FindOptionsWhere<Refund> = Object.fromEntries(wanted);
    const beyond = after?.[0] === undefined ? {} : { id: LessThan(after[0] as RefundId) };
    const rows = await this.database.manager.find(Refund, {
      where: { ...where, ...beyond },
      order: { id: 'DESC' },
      take: first + 1,
    });
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** What the money was for, in the order of lines; written with the refund and never changed. */
  async linesOf(refundId: string, on: Pick<Tx, 'query'> = this.database): Promise<RefundableLine[]> {
    return (await this.linesOfMany([refundId], on)).map(({ refundId: _refundId, ...line }) => line);
  }

  /** The same of several refunds, in one statement. */
  async linesOfMany(
    refundIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<RefundLineRow[]> {
    const rows = await on.query<RawLine>(
      `SELECT refund_id AS refundId, order_line_id AS orderLineId, merchant_order_id AS merchantOrderId, goods_fen AS goodsFen,
              freight_fen AS freightFen, quantity, subsidy_fen AS subsidyFen
       FROM refund_line WHERE refund_id IN (?) ORDER BY refund_id, order_line_id, merchant_order_id`,
      [refundIds],
    );
    return rows.map((row) => ({
      ...row,
      goodsFen: fen(row.goodsFen),
      freightFen: fen(row.freightFen),
      subsidyFen: fen(row.subsidyFen),
    }));
  }

  /** What has come back of each line of these orders, by the line; of what is on its way nothing. */
  async returnedOfOrders(orderIds: readonly string[]): Promise<ReadonlyMap<string, ReturnedLine>> {
    if (orderIds.length === 0) return new Map();
    const rows = await this.database.query<{ lineId: string; goods: FenText; quantity: string }>(
      `SELECT l.order_line_id AS lineId, SUM(l.goods_fen) AS goods, SUM(l.quantity) AS quantity
       FROM refund r JOIN refund_line l ON l.refund_id = r.id
       WHERE r.order_id IN (?) AND r.state = 'SUCCEEDED' AND l.order_line_id <> '' GROUP BY l.order_line_id`,
      [orderIds],
    );
    return new Map(
      rows.map(({ lineId, goods, quantity }) => [
        lineId,
        { goodsFen: fen(goods), quantity: Number(quantity) },
      ]),
    );
  }

  /** Of what goes back to others than the buyer, how much to whom; written with the refund and never changed. */
  async fundingsOf(refundId: string, on: Pick<Tx, 'query'> = this.database): Promise<LineFunding[]> {
    const rows = await on.query<RawFunding>(
      `SELECT order_line_id AS orderLineId, promotion_id AS promotionId, coupon_id AS couponId, funder, amount_fen AS amount
       FROM refund_funding WHERE refund_id = ? ORDER BY order_line_id, promotion_id, coupon_id`,
      [refundId],
    );
    return rows.map(({ amount, ...row }) => ({ ...row, amountFen: fen(amount) }));
  }

  /** The same of all refunds of some payments that have not failed; exact only under their locks. */
  async returnedFundings(
    paymentIds: readonly Refund['paymentId'][],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<LineFunding[]> {
    const rows = await on.query<RawFunding>(
      `SELECT f.order_line_id AS orderLineId, f.promotion_id AS promotionId, f.coupon_id AS couponId, f.funder, f.amount_fen AS amount
       FROM refund r JOIN refund_funding f ON f.refund_id = r.id WHERE r.payment_id IN (?) AND r.state <> 'FAILED'`,
      [paymentIds],
    );
    return rows.map(({ amount, ...row }) => ({ ...row, amountFen: fen(amount) }));
  }

  /** By payment, what refunds that have not failed have taken already; likewise. */
  async refundedFen(
    paymentIds: readonly Refund['paymentId'][],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<ReadonlyMap<string, Fen>> {
    const rows = await on.query<{ readonly paymentId: string; readonly amount: FenText }>(
      `SELECT payment_id AS paymentId, SUM(amount_fen) AS amount FROM refund
       WHERE payment_id IN (?) AND state <> 'FAILED' GROUP BY payment_id`,
      [paymentIds],
    );
    return new Map(rows.map(({ paymentId, amount }) => [paymentId, fen(amount)]));
  }

  /** What refunds that have not failed have taken already; exact only under the payments' locks. */
  async refundedLines(
    paymentIds: readonly Refund['paymentId'][],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<RefundedLine[]> {
    const rows = await on.query<RefundedRow>(
      `SELECT l.order_line_id AS orderLineId, l.merchant_order_id AS merchantOrderId, SUM(l.goods_fen) AS goodsFen,
              SUM(l.freight_fen) AS freightFen, SUM(l.quantity) AS quantity, SUM(l.subsidy_fen) AS subsidyFen,
              SUM(l.compensated_quantity) AS compensatedQuantity,
              SUM(IF(l.is_for_units, l.goods_fen, 0)) AS compensatedGoodsFen,
              SUM(IF(l.is_for_units, l.subsidy_fen, 0)) AS compensatedSubsidyFen
       FROM refund r JOIN refund_line l ON l.refund_id = r.id
       WHERE r.payment_id IN (?) AND r.state <> 'FAILED' GROUP BY l.order_line_id, l.merchant_order_id`,
      [paymentIds],
    );
    return rows.map((row) => ({
      orderLineId: row.orderLineId,
      merchantOrderId: row.merchantOrderId,
      goodsFen: fen(row.goodsFen),
      freightFen: fen(row.freightFen),
      quantity: Number(row.quantity),
      subsidyFen: fen(row.subsidyFen),
      compensated: {
        goodsFen: fen(row.compensatedGoodsFen),
        subsidyFen: fen(row.compensatedSubsidyFen),
        quantity: Number(row.compensatedQuantity),
      },
    }));
  }
}
