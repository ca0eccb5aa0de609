import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { MerchantOrderId } from './merchant-order.entity.js';
import type { OrderId } from './order.entity.js';

export type DelayNoticeId = IdOf<'dly'>;

/** MERCHANT: announced. OVERDUE: the promised day has passed and nothing has left. */
export const DELAY_CAUSES = ['MERCHANT', 'OVERDUE'] as const;
export type DelayCause = (typeof DELAY_CAUSES)[number];

/** KEPT: the buyer waits. REFUNDED: all of it goes back. MOOT: shipped, cancelled or asked again before anybody answered. */
export const DELAY_NOTICE_STATES = ['OPEN', 'KEPT', 'REFUNDED', 'MOOT'] as const;
export type DelayNoticeState = (typeof DELAY_NOTICE_STATES)[number];

/** SILENCE: nobody said anything in time. */
export const DELAY_ANSWERERS = ['BUYER', 'SILENCE'] as const;
export type DelayAnswerer = (typeof DELAY_ANSWERERS)[number];

/** An order of a presale: all of it leaves on one day. */
@Entity('presale_order')
export class PresaleOrder {
  @IdColumn({ primary: true }) orderId!: OrderId;
  @IdColumn() presaleId!: IdOf<'psl'>;
  /** As it is now; what was promised first stands on the lines. */
  @Column('date') promisedOn!: string;
  /** Once this day is over somebody looks whether it has left; null when there is nothing more to look for. */
  @Column('date', { nullable: true }) watchOn!: string | null;
  /** When the buyer is reminded of the rest; null when there is nothing to remind of. */
  @InstantColumn({ nullable: true }) remindAt!: Date | null;
}

/** What a buyer is told and asked when a promised day is not kept. */
@Entity('delay_notice')
export class DelayNotice {
  @IdColumn({ primary: true }) id!: DelayNoticeId;
  @IdColumn() orderId!: OrderId;
  /** The part that is late; null of a presale, whose order has one part. */
  @IdColumn({ nullable: true }) merchantOrderId!: MerchantOrderId | null;
  @WordColumn() cause!: DelayCause;
  /** In the merchant's words; '' where nobody has said anything. */
  @Column('varchar', { length: 200 }) reason!: string;
  @Column('date') promisedOn!: string;
  @Column('date') proposedOn!: string;
  @WordColumn() state!: DelayNoticeState;
  @InstantColumn() openedAt!: Date;
  @InstantColumn() answerDueAt!: Date;
  @WordColumn({ nullable: true }) answeredBy!: DelayAnswerer | null;
  @InstantColumn({ nullable: true }) closedAt!: Date | null;
}
