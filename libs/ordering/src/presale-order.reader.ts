import { Injectable } from '@nestjs/common';
import type { IdOf } from '#libs/kernel';
import { Database } from '#platform/database';
import type { OrderId } from './order.entity.js';
import type { DelayNotice } from './presale-order.entity.js';

export type DelayNoticeRow = Pick<DelayNotice, keyof DelayNotice>;

export interface PresaleOrderRow {
  readonly orderId: OrderId;
  readonly presaleId: IdOf<'psl'>;
  /** As it is now. */
  readonly promisedOn: string;
}

const NOTICE = `SELECT id, order_id AS orderId, merchant_order_id AS merchantOrderId, cause, reason, promised_on AS promisedOn,
  proposed_on AS proposedOn, state, opened_at AS openedAt, answer_due_at AS answerDueAt, answered_by AS answeredBy, closed_at AS closedAt
  FROM delay_notice`;

/** What is special of orders of a presale. The caller has checked whose orders they are. */
@Injectable()
export class PresaleOrderReader {
  constructor(private readonly database: Database) {}

  async ofOrders(orderIds: readonly string[]): Promise<PresaleOrderRow[]> {
    if (orderIds.length === 0) return [];
    return this.database.query<PresaleOrderRow>(
      `SELECT order_id AS orderId, presale_id AS presaleId, promised_on AS promisedOn FROM presale_order
       WHERE order_id IN (?)`,
      [orderIds],
    );
  }

  /** Of these parts, the first one first; the caller has checked whose they are. */
  async noticesOfParts(merchantOrderIds: readonly string[]): Promise<DelayNoticeRow[]> {
    if (merchantOrderIds.length === 0) return [];
    return this.database.query<DelayNoticeRow>(`${NOTICE} WHERE merchant_order_id IN (?) ORDER BY id`, [
      merchantOrderIds,
    ]);
  }

  /** The first one first. */
  async noticesOf(orderIds: readonly string[]): Promise<DelayNoticeRow[]> {
    if (orderIds.length === 0) return [];
    return this.database.query<DelayNoticeRow>(`${NOTICE} WHERE order_id IN (?) ORDER BY id`, [orderIds]);
  }
}
