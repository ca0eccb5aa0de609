import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { PaymentId } from './payment.entity.js';

/**
 * STARTING: the provider has not answered. AWAITING_BUYER: the page is open. HELD: the bank keeps it ready. CAPTURING: an order takes of it. RELEASING: nobody wants it any more.
 * CAPTURED, RELEASED; LAPSED: the bank had let go before it was captured.
 */
export const PAYMENT_HOLD_STATES = [
  'STARTING',
  'AWAITING_BUYER',
  'HELD',
  'CAPTURING',
  'RELEASING',
  'CAPTURED',
  'RELEASED',
  'LAPSED',
] as const;
export type PaymentHoldState = (typeof PAYMENT_HOLD_STATES)[number];

/** Money that a buyer's bank keeps ready for an order that is not there yet. Its id is that of the payment it becomes. */
@Entity('payment_hold')
export class PaymentHold {
  @IdColumn({ primary: true }) id!: PaymentId;
  @IdColumn() buyerId!: IdOf<'usr'>;
  /** What it is for, by whoever has asked for it; one hold each. */
  @IdColumn() subjectId!: string;
  @WordColumn() state!: PaymentHoldState;
  @FenColumn() amountFen!: Fen;
  @Column('varchar', { length: 120, nullable: true }) checkoutRef!: string | null;
  @Column('varchar', { length: 80, nullable: true }) intentRef!: string | null;
  @Column('text', { nullable: true }) actionUrl!: string | null;
  @InstantColumn({ nullable: true }) heldAt!: Date | null;
  /** Until when the bank keeps it ready, where it has said so. */
  @InstantColumn({ nullable: true }) endsAt!: Date | null;
  @IdColumn({ nullable: true }) orderId!: IdOf<'ord'> | null;
  @FenColumn({ nullable: true }) captureFen!: Fen | null;
  @InstantColumn() createdAt!: Date;
  @InstantColumn() updatedAt!: Date;
  @InstantColumn({ nullable: true }) nextCheckAt!: Date | null;
}
