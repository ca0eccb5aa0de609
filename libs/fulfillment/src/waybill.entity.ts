import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { FulfillmentId } from './fulfillment.entity.js';
import type { Carrier } from './waybill.rules.js';

export type WaybillId = IdOf<'wbl'>;

export const WAYBILL_STATES = ['ASKED', 'DRAWN', 'SHIPPED', 'VOIDED'] as const;
export type WaybillState = (typeof WAYBILL_STATES)[number];

/** A carrier's number for what a merchant order sends next; printed before it leaves. */
@Entity('waybill')
export class Waybill {
  @IdColumn({ primary: true }) id!: WaybillId;
  @IdColumn() merchantOrderId!: IdOf<'mor'>;
  @IdColumn() merchantId!: IdOf<'mer'>;
  @WordColumn() carrier!: Carrier;
  /** Null until the carrier has given it. */
  @Column('varchar', { length: 60, nullable: true }) trackingNo!: string | null;
  @WordColumn() state!: WaybillState;
  /** The merchant order, as long as it may leave under this one: it has one such. */
  @IdColumn({ nullable: true }) liveOf!: IdOf<'mor'> | null;
  /** The parcel that left under it. */
  @IdColumn({ nullable: true }) fulfillmentId!: FulfillmentId | null;
  @InstantColumn() askedAt!: Date;
  @InstantColumn({ nullable: true }) voidedAt!: Date | null;
  /** When the carrier was told that nothing comes under it; null until then. */
  @InstantColumn({ nullable: true }) voidToldAt!: Date | null;
}

/** A number that a carrier has given a merchant beforehand, on a list. */
@Entity('waybill_number')
export class WaybillNumber {
  @IdColumn({ primary: true }) merchantId!: IdOf<'mer'>;
  @WordColumn({ primary: true }) carrier!: Carrier;
  @Column('varchar', { length: 60, primary: true }) trackingNo!: string;
  /** Null until it is on one. */
  @IdColumn({ nullable: true }) waybillId!: WaybillId | null;
  @IdColumn() addedBy!: IdOf<'usr'>;
  @InstantColumn() addedAt!: Date;
}
