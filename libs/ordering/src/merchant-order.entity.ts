import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { OrderId } from './order.entity.js';

export type MerchantOrderId = IdOf<'mor'>;

export const MERCHANT_ORDER_STATES = [
  'UNPAID',
  'TO_SHIP',
  'PARTLY_SHIPPED',
  'SHIPPED',
  'RECEIVED',
  'COMPLETED',
  'CANCELLED',
] as const;
export type MerchantOrderState = (typeof MERCHANT_ORDER_STATES)[number];

/**
 * PARCEL: a carrier brings it. PICK_UP: the buyer comes for it to the place of sale it was bought through. VEND: a cabinet hands it out as soon as it is paid. TAKEN: the
 * buyer has taken it out of an open cabinet, and is billed for it.
 */
export type Handover = 'PARCEL' | 'PICK_UP' | 'VEND' | 'TAKEN';

/** BUYER, or AUTO when nobody said anything in time. */
export type ReceivedBy = 'BUYER' | 'AUTO';

/** The part of an order that one merchant ships, in one parcel or several, and is paid for once the after-sale windows are over. */
@Entity('merchant_order')
export class MerchantOrder {
  @IdColumn({ primary: true }) id!: MerchantOrderId;
  @IdColumn() orderId!: OrderId;
  @IdColumn() merchantId!: IdOf<'mer'>;
  @WordColumn() state!: MerchantOrderState;
  @WordColumn({ default: 'PARCEL' }) handover!: Handover;
  @FenColumn() goodsFen!: Fen;
  @FenColumn() freightFen!: Fen;
  @InstantColumn() placedAt!: Date;
  /** By when what has not left of it leaves: the first day that was promised for any of it. */
  @Column('date', { default: '1970-01-01' }) dueOn!: string;
  @InstantColumn({ nullable: true }) paidAt!: Date | null;
  /** When the last of it left. */
  @InstantColumn({ nullable: true }) shippedAt!: Date | null;
  /** When the last of it arrived. */
  @InstantColumn({ nullable: true }) receivedAt!: Date | null;
  @WordColumn({ nullable: true }) receivedBy!: ReceivedBy | null;
  @InstantColumn({ nullable: true }) autoReceiptAt!: Date | null;
  @InstantColumn({ nullable: true }) releaseDueAt!: Date | null;
  @InstantColumn({ nullable: true }) completedAt!: Date | null;
  /** Of a PICK_UP the place where it is fetched; null of what is not. */
  @IdColumn({ nullable: true }) pickUpPointId!: IdOf<'chp'> | null;
  /** The carrier under whose number what has not left may leave; null where it has none. */
  @WordColumn({ nullable: true }) waybillCarrier!: string | null;
  /** Since when the cell in which it lies is being opened for whoever came; null while none is. */
  @InstantColumn({ nullable: true }) openingSince!: Date | null;
}
