import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { PaymentId } from './payment.entity.js';

export type RefundId = IdOf<'rfd'>;

/** REQUESTED: decided by us. SENT: the provider has been asked, and may or may not have answered. */
export const REFUND_STATES = ['REQUESTED', 'SENT', 'SUCCEEDED', 'FAILED'] as const;
export type RefundState = (typeof REFUND_STATES)[number];

/** PROVIDER: made by somebody at the provider's own desk, and adopted. */
export const REFUND_REASONS = [
  'CANCELLED',
  'AFTER_SALE',
  'LATE',
  'DUPLICATE',
  'MISMATCHED',
  'PROVIDER',
] as const;
export type RefundReason = (typeof REFUND_REASONS)[number];

/** Money going back for one payment. Its id is our idempotency key towards the provider. */
@Entity('refund')
export class Refund {
  @IdColumn({ primary: true }) id!: RefundId;
  @IdColumn() paymentId!: PaymentId;
  @IdColumn() orderId!: IdOf<'ord'>;
  @WordColumn() reason!: RefundReason;
  @FenColumn() amountFen!: Fen;
  @WordColumn() state!: RefundState;
  @Column('varchar', { length: 80, nullable: true }) providerRef!: string | null;
  @InstantColumn() createdAt!: Date;
  @InstantColumn() updatedAt!: Date;
  @InstantColumn({ nullable: true }) nextCheckAt!: Date | null;
}

/** What the money was for. The lines of a refund add up to its amount. */
@Entity('refund_line')
export class RefundLine {
  @IdColumn({ primary: true }) refundId!: RefundId;
  /** '' for freight, and for money that never belonged to a line. */
  @IdColumn({ primary: true }) orderLineId!: string;
  /** '' for money that never belonged to a line. */
  @IdColumn({ primary: true }) merchantOrderId!: string;
  @FenColumn() goodsFen!: Fen;
  @FenColumn() freightFen!: Fen;
  @Column('int') quantity!: number;
}
