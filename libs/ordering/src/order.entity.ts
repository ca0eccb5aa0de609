import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { DivisionColumn, FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type OrderId = IdOf<'ord'>;

/** SIGNED: an approver of the unit has signed for it; it is owed and not paid yet. */
export const ORDER_STATES = ['PLACED', 'SIGNED', 'PAID', 'CANCELLED'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/**
 * BALANCE_UNPAID: the deposit was paid and the rest not in time. DELAYED: the buyer did not want to wait for what was late. HARVEST_FAILED: nothing of
 * what was adopted has grown. UNDELIVERED: a cabinet has handed out nothing of it.
 */
export const CANCEL_REASONS = [
  'EXPIRED',
  'BUYER',
  'DECLINED',
  'BALANCE_UNPAID',
  'DELAYED',
  'HARVEST_FAILED',
  'UNDELIVERED',
  'WAIVED',
] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];

/** PREPAID: first the money, then the goods (先款后货). ON_ACCOUNT: first the goods, then the money (先货后款). */
export const PAYMENT_TERMS = ['PREPAID', 'ON_ACCOUNT'] as const;
export type PaymentTerm = (typeof PAYMENT_TERMS)[number];

/** What a buyer owes and gets, whoever sells it. Its parts, one per merchant, are fulfilled apart. */
@Entity('customer_order')
export class Order {
  @IdColumn({ primary: true }) id!: OrderId;
  @IdColumn() buyerId!: IdOf<'usr'>;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @Column('binary', { length: 32 }) requestHash!: Buffer;
  @WordColumn() state!: OrderState;
  @FenColumn() goodsFen!: Fen;
  /** What others than the buyer pay of the goods. */
  @FenColumn({ default: 0 }) subsidyFen!: Fen;
  @FenColumn() freightFen!: Fen;
  @FenColumn() totalFen!: Fen;
  @Column('varchar', { length: 60 }) recipientName!: string;
  @Column('varchar', { length: 20 }) recipientPhone!: string;
  @DivisionColumn() recipientCountyCode!: string;
  @Column('varchar', { length: 200 }) recipientAddress!: string;
  @IdColumn({ default: '' }) unitId!: string;
  @IdColumn({ default: '' }) campaignCode!: string;
  @WordColumn({ default: 'PREPAID' }) paymentTerm!: PaymentTerm;
  @Column('int', { nullable: true }) daysToPay!: number | null;
  @InstantColumn() placedAt!: Date;
  @InstantColumn() expiresAt!: Date;
  /** Of the total, what is paid when it is ordered; 0 where all of it is. */
  @FenColumn({ default: 0 }) depositFen!: Fen;
  @InstantColumn({ nullable: true }) depositPaidAt!: Date | null;
  /** Until when the rest is paid; null where there is none. */
  @InstantColumn({ nullable: true }) balanceDueAt!: Date | null;
  @InstantColumn({ nullable: true }) signedAt!: Date | null;
  @IdColumn({ nullable: true }) signedBy!: IdOf<'usr'> | null;
  @InstantColumn({ nullable: true }) paidAt!: Date | null;
  @InstantColumn({ nullable: true }) cancelledAt!: Date | null;
  @WordColumn({ nullable: true }) cancelReason!: CancelReason | null;
}
