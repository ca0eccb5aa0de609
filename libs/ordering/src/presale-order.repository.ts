import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, fen } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { MerchantOrderState } from './merchant-order.entity.js';
import type { OrderId, OrderState } from './order.entity.js';
import type { DelayAnswerer, DelayNotice, DelayNoticeId, DelayNoticeState } from './presale-order.entity.js';

export interface WatchedOrder {
  readonly orderId: OrderId;
  readonly promisedOn: string;
  readonly partState: MerchantOrderState;
}

export interface RemindedOrder {
  readonly orderId: OrderId;
  readonly state: OrderState;
  readonly depositPaidAt: Date | null;
  readonly balanceFen: Fen;
  readonly balanceDueAt: Date;
  /** An order of a presale has one seller. */
  readonly merchantId: string;
}

export type OpenNotice = Pick<DelayNotice, 'id' | 'orderId'>;
type NoticeRow = Pick<DelayNotice, keyof DelayNotice>;

const NOTICE = `SELECT id, order_id AS orderId, merchant_order_id AS merchantOrderId, cause, reason, promised_on AS promisedOn, proposed_on AS proposedOn, state,
  opened_at AS openedAt, answer_due_at AS answerDueAt, answered_by AS answeredBy, closed_at AS closedAt FROM delay_notice`;

@Injectable()
export class PresaleOrderRepository {
  async remindAt(tx: Tx, orderId: OrderId, at: Date | null): Promise<void> {
    await tx.write('UPDATE presale_order SET remind_at = ? WHERE order_id = ?', [at, orderId]);
  }

  /** Whose reminder is due; SKIP LOCKED, so that two clocks share the work. */
  async lockToRemind(tx: Tx, now: Date, limit: number): Promise<RemindedOrder[]> {
    const rows = await tx.query<Omit<RemindedOrder, 'balanceFen'> & { readonly balance: FenText }>(
      `SELECT p.order_id AS orderId, o.state, o.deposit_paid_at AS depositPaidAt, o.total_fen - o.deposit_fen AS balance,
         o.balance_due_at AS balanceDueAt,
         (SELECT m.merchant_id FROM merchant_order m WHERE m.order_id = p.order_id LIMIT 1) AS merchantId
       FROM presale_order p JOIN customer_order o ON o.id = p.order_id
       WHERE p.remind_at <= ? ORDER BY p.remind_at LIMIT ? FOR UPDATE SKIP LOCKED`,
      [now, limit],
    );
    return rows.map(({ balance, ...row }) => ({ ...row, balanceFen: fen(balance) }));
  }

  /** Whose promised day is over; likewise. An order of a presale has one part, because a presale has one merchant. */
  lockOverdue(tx: Tx, today: string, limit: number): Promise<WatchedOrder[]> {
    return tx.query<WatchedOrder>(
      `SELECT p.order_id AS orderId, p.promised_on AS promisedOn, m.state AS partState
       FROM presale_order p JOIN merchant_order m ON m.order_id = p.order_id
       WHERE p.watch_on < ? ORDER BY p.watch_on, p.order_id LIMIT ? FOR UPDATE SKIP LOCKED`,
      [today, limit],
    );
  }

  async unwatch(tx: Tx, orderIds: readonly OrderId[]): Promise<void> {
    if (orderIds.length === 0) return;
    await tx.write('UPDATE presale_order SET watch_on = NULL WHERE order_id IN (?)', [orderIds]);
  }

  async watchOn(tx: Tx, orderIds: readonly OrderId[], day: string): Promise<void> {
    if (orderIds.length === 0) return;
    await tx.write('UPDATE presale_order SET watch_on = ? WHERE order_id IN (?)', [day, orderIds]);
  }

  async promise(tx: Tx, orderIds: readonly OrderId[], day: string): Promise<void> {
    if (orderIds.length === 0) return;
    await tx.write('UPDATE presale_order SET promised_on = ?, watch_on = ? WHERE order_id IN (?)', [
      day,
      day,
      orderIds,
    ]);
    await tx.write('UPDATE merchant_order SET due_on = ? WHERE order_id IN (?)', [day, orderIds]);
  }

  /** Of these, whose parcel has not left, in part or whole: nobody else is asked to wait. Not locked: a parcel that leaves at this moment is asked about, and answered by leaving. */
  async waitingOf(tx: Tx, orderIds: readonly OrderId[]): Promise<OrderId[]> {
    if (orderIds.length === 0) return [];
    const rows = await tx.query<{ orderId: OrderId }>(
      "SELECT order_id AS orderId FROM merchant_order WHERE order_id IN (?) AND state IN ('UNPAID', 'TO_SHIP') ORDER BY order_id",
      [orderIds],
    );
    return rows.map(({ orderId }) => orderId);
  }

  async insertNotices(tx: Tx, notices: readonly NoticeRow[]): Promise<void> {
    await tx.insert(
      'delay_notice',
      notices.map((notice) => ({ ...notice })),
    );
  }

  /** Null also for notices of other buyers. */
  async orderOfNotice(tx: Tx, id: string, buyerId: string): Promise<OrderId | null> {
    const [row] = await tx.query<{ orderId: OrderId }>(
      `SELECT n.order_id AS orderId FROM delay_notice n JOIN customer_order o ON o.id = n.order_id
       WHERE n.id = ? AND o.buyer_id = ?`,
      [id, buyerId],
    );
    return row?.orderId ?? null;
  }

  async lockNotice(tx: Tx, id: string): Promise<NoticeRow | null> {
    const [row] = await tx.query<NoticeRow>(`${NOTICE} WHERE id = ? FOR UPDATE`, [id]);
    return row ?? null;
  }

  /** What nobody has answered of these orders. */
  lockOpenOf(tx: Tx, orderIds: readonly OrderId[]): Promise<OpenNotice[]> {
    return tx.query<OpenNotice>(
      "SELECT id, order_id AS orderId FROM delay_notice WHERE order_id IN (?) AND state = 'OPEN' ORDER BY id FOR UPDATE",
      [orderIds],
    );
  }

  /** What nobody has answered in time, and how the order stands; SKIP LOCKED as above. */
  lockUnanswered(
    tx: Tx,
    now: Date,
    limit: number,
  ): Promise<
    (OpenNotice & Pick<DelayNotice, 'merchantOrderId'> & { readonly partState: MerchantOrderState })[]
  > {
    return tx.query(
      `SELECT n.id, n.order_id AS orderId, n.merchant_order_id AS merchantOrderId, m.state AS partState
       FROM delay_notice n JOIN merchant_order m ON m.order_id = n.order_id AND (n.merchant_order_id IS NULL OR m.id = n.merchant_order_id)
       WHERE n.state = 'OPEN' AND n.answer_due_at <= ? ORDER BY n.answer_due_at, n.id LIMIT ? FOR UPDATE SKIP LOCKED`,
      [now, limit],
    );
  }

  async close(
    tx: Tx,
    ids: readonly DelayNoticeId[],
    state: Exclude<DelayNoticeState, 'OPEN'>,
    answer: { readonly by: DelayAnswerer | null; readonly at: Date },
  ): Promise<void> {
    if (ids.length === 0) return;
    await tx.write(
      "UPDATE delay_notice SET state = ?, answered_by = ?, closed_at = ? WHERE id IN (?) AND state = 'OPEN'",
      [state, answer.by, answer.at, ids],
    );
  }
}
