import { Injectable } from '@nestjs/common';
import type { IdOf } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { DispatchReminder } from './dispatch-reminder.entity.js';
import type { MerchantOrderId } from './merchant-order.entity.js';
import type { OrderId } from './order.entity.js';
import type { DelayNotice, DelayNoticeId, DelayNoticeState } from './presale-order.entity.js';

/** How many orders of a merchant have to leave when. */
export type DueCounts = Readonly<Pick<DispatchReminder, 'merchantId' | 'late' | 'dueToday' | 'dueTomorrow'>>;

export type PartNotice = Pick<DelayNotice, 'id' | 'orderId' | 'merchantOrderId' | 'state'>;

@Injectable()
export class PartDelayRepository {
  /** The day that is promised of each now, and whether a presale or an adoption promises it. */
  promisesOf(
    tx: Tx,
    merchantOrderIds: readonly string[],
  ): Promise<{ readonly id: MerchantOrderId; readonly dueOn: string; readonly isElsewhere: number }[]> {
    return tx.query(
      `SELECT m.id, m.due_on AS dueOn, (EXISTS (SELECT 1 FROM presale_order p WHERE p.order_id = m.order_id)
         OR EXISTS (SELECT 1 FROM adoption a WHERE a.order_id = m.order_id)) AS isElsewhere
       FROM merchant_order m WHERE m.id IN (?) ORDER BY m.id`,
      [merchantOrderIds],
    );
  }

  /** Their locks are held. */
  async promise(tx: Tx, merchantOrderIds: readonly MerchantOrderId[], day: string): Promise<void> {
    await tx.write('UPDATE merchant_order SET due_on = ? WHERE id IN (?)', [day, merchantOrderIds]);
  }

  /** What nobody has answered of these parts. */
  lockOpenOf(tx: Tx, merchantOrderIds: readonly MerchantOrderId[]): Promise<PartNotice[]> {
    return tx.query(
      `SELECT id, order_id AS orderId, merchant_order_id AS merchantOrderId, state FROM delay_notice
       WHERE merchant_order_id IN (?) AND state = 'OPEN' ORDER BY id FOR UPDATE`,
      [merchantOrderIds],
    );
  }

  /** The latest of its part; the part's lock is held. */
  async lockLatestOf(tx: Tx, merchantOrderId: string): Promise<PartNotice | null> {
    const [row] = await tx.query<PartNotice>(
      `SELECT id, order_id AS orderId, merchant_order_id AS merchantOrderId, state FROM delay_notice
       WHERE merchant_order_id = ? ORDER BY id DESC LIMIT 1 FOR UPDATE`,
      [merchantOrderId],
    );
    return row ?? null;
  }

  async close(
    tx: Tx,
    ids: readonly DelayNoticeId[],
    state: Exclude<DelayNoticeState, 'OPEN'>,
    answer: { readonly by: 'BUYER' | null; readonly at: Date },
  ): Promise<void> {
    if (ids.length === 0) return;
    await tx.write('UPDATE delay_notice SET state = ?, answered_by = ?, closed_at = ? WHERE id IN (?)', [
      state,
      answer.by,
      answer.at,
      ids,
    ]);
  }

  /** Who has not been told on that day, and has something to send by tomorrow. Costs what waits. */
  async toRemind(
    tx: Tx,
    { today, tomorrow }: { readonly today: string; readonly tomorrow: string },
    limit: number,
  ): Promise<DueCounts[]> {
    const rows = await tx.query<{
      merchantId: IdOf<'mer'>;
      late: string;
      dueToday: string;
      dueTomorrow: string;
    }>(
      `SELECT m.merchant_id AS merchantId, SUM(m.due_on < ?) AS late, SUM(m.due_on = ?) AS dueToday, SUM(m.due_on = ?) AS dueTomorrow
       FROM merchant_order m WHERE m.state IN ('TO_SHIP', 'PARTLY_SHIPPED') AND m.handover IN ('PARCEL', 'PICK_UP') AND m.due_on <= ?
         AND NOT EXISTS (SELECT 1 FROM dispatch_reminder r WHERE r.merchant_id = m.merchant_id AND r.day = ?)
       GROUP BY m.merchant_id ORDER BY m.merchant_id LIMIT ?`,
      [today, today, tomorrow, tomorrow, today, limit],
    );
    return rows.map(({ merchantId, late, dueToday, dueTomorrow }) => ({
      merchantId,
      late: Number(late),
      dueToday: Number(dueToday),
      dueTomorrow: Number(dueTomorrow),
    }));
  }

  /** False where another clock has told them. */
  async noteReminded(tx: Tx, { merchantId, ...counts }: DueCounts, day: string, at: Date): Promise<boolean> {
    const noted = await tx.write(
      `INSERT IGNORE INTO dispatch_reminder (merchant_id, day, late, due_today, due_tomorrow, reminded_at) VALUES (?, ?, ?, ?, ?, ?)`,
      [merchantId, day, counts.late, counts.dueToday, counts.dueTomorrow, at],
    );
    return noted > 0;
  }

  /** Null for notices of other buyers, and of what has no part of its own. */
  async partOf(
    tx: Tx,
    noticeId: string,
    buyerId: string,
  ): Promise<{ readonly orderId: OrderId; readonly merchantOrderId: MerchantOrderId } | null> {
    const [row] = await tx.query<{ orderId: OrderId; merchantOrderId: MerchantOrderId }>(
      `SELECT n.order_id AS orderId, n.merchant_order_id AS merchantOrderId FROM delay_notice n
       JOIN customer_order o ON o.id = n.order_id
       WHERE n.id = ? AND n.merchant_order_id IS NOT NULL AND o.buyer_id = ?`,
      [noticeId, buyerId],
    );
    return row ?? null;
  }
}
