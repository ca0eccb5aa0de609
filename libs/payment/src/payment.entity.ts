import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import type { PaymentStage } from '#libs/ordering';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type PaymentId = IdOf<'pay'>;

export const PAYMENT_METHODS = ['ALIPAY', 'WECHAT_PAY', 'CARD'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

/**
 * ON_ACCOUNT: no money has come, and what was signed for stands in its place. NONE: nothing was asked of the buyer, because others have paid all of it.
 * No provider knows of either.
 */
export const RECORDED_METHODS = ['ALIPAY', 'WECHAT_PAY', 'CARD', 'ON_ACCOUNT', 'NONE'] as const;
export type RecordedMethod = (typeof RECORDED_METHODS)[number];

/** UNKNOWN: the provider was asked and nobody knows what it did. It is never treated as failed. */
export const PAYMENT_STATES = [
  'STARTING',
  'AWAITING_BUYER',
  'PROCESSING',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
  'UNKNOWN',
] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

export type PaymentActionKind = 'REDIRECT' | 'QR';

/** KEPT pays the order. DEPOSIT is held for the buyer until the rest has come, and is KEPT from then on. The other three go back to the buyer. */
export type Disposition = 'KEPT' | 'DEPOSIT' | 'LATE' | 'DUPLICATE' | 'MISMATCHED';

/** One attempt to pay one order by one method. Its id is our idempotency key towards the provider. */
@Entity('payment')
export class Payment {
  @IdColumn({ primary: true }) id!: PaymentId;
  @IdColumn() orderId!: IdOf<'ord'>;
  @Column('int') attempt!: number;
  @WordColumn() method!: RecordedMethod;
  /** What of the order it is for. */
  @WordColumn({ default: 'WHOLE' }) stage!: PaymentStage;
  @WordColumn() state!: PaymentState;
  @FenColumn() amountFen!: Fen;
  @Column('varchar', { length: 80, nullable: true }) intentRef!: string | null;
  @Column('varchar', { length: 120, nullable: true }) checkoutRef!: string | null;
  @WordColumn({ nullable: true }) actionKind!: PaymentActionKind | null;
  @Column('text', { nullable: true }) actionUrl!: string | null;
  @FenColumn({ nullable: true }) capturedFen!: Fen | null;
  @InstantColumn({ nullable: true }) capturedAt!: Date | null;
  @WordColumn({ nullable: true }) disposition!: Disposition | null;
  @FenColumn({ nullable: true }) feeFen!: Fen | null;
  @Column('varchar', { length: 80, nullable: true }) feeRef!: string | null;
  @InstantColumn() createdAt!: Date;
  @InstantColumn() updatedAt!: Date;
  @InstantColumn({ nullable: true }) nextCheckAt!: Date | null;
}
