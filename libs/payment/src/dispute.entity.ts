import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { PaymentId } from './payment.entity.js';
import type { RefundId } from './refund.entity.js';

export type DisputeId = IdOf<'dsp'>;

/** INQUIRY: the bank asks, and has taken nothing. OPEN: it decides. DROPPED: it asks no longer. */
export const DISPUTE_STATES = ['INQUIRY', 'OPEN', 'WON', 'LOST', 'DROPPED'] as const;
export type DisputeState = (typeof DISPUTE_STATES)[number];

/** A buyer has turned to their bank about one payment. */
@Entity('payment_dispute')
export class Dispute {
  @IdColumn({ primary: true }) id!: DisputeId;
  @IdColumn() paymentId!: PaymentId;
  @IdColumn() orderId!: IdOf<'ord'>;
  @Column('varchar', { length: 80 }) providerRef!: string;
  @WordColumn() state!: DisputeState;
  @Column('varchar', { length: 80 }) reason!: string;
  @FenColumn() amountFen!: Fen;
  @FenColumn({ nullable: true }) feeFen!: Fen | null;
  @InstantColumn({ nullable: true }) withdrawnAt!: Date | null;
  @InstantColumn({ nullable: true }) respondBy!: Date | null;
  @InstantColumn() openedAt!: Date;
  @InstantColumn({ nullable: true }) closedAt!: Date | null;
  @IdColumn({ nullable: true }) refundId!: RefundId | null;
  @InstantColumn() updatedAt!: Date;
  @InstantColumn({ nullable: true }) nextCheckAt!: Date | null;
}
