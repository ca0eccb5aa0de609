import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { AdoptionObjectId } from './adoption-offer.entity.js';
import type { PresaleDayId } from './presale.entity.js';
import type { StockLevelId } from './stock-level.entity.js';

export const RESERVATION_STATES = ['HELD', 'SHIPPED', 'RELEASED'] as const;
export type ReservationState = (typeof RESERVATION_STATES)[number];

/**
 * What an order line holds of a level, of a day of a harvest or of an object that is adopted; units that have left in a parcel before the last one are held no longer. What is
 * `reserved` there is the sum of what is HELD.
 */
@Entity('stock_reservation')
export class StockReservation {
  @IdColumn({ primary: true }) id!: IdOf<'rsv'>;
  @IdColumn() orderId!: IdOf<'ord'>;
  @IdColumn() orderLineId!: IdOf<'oln'>;
  @IdColumn() stockLevelId!: StockLevelId | PresaleDayId | AdoptionObjectId;
  /** Of a level units, of a day grams, of an object portions. */
  @Column('int') quantity!: number;
  @WordColumn() state!: ReservationState;
  @InstantColumn() createdAt!: Date;
}
