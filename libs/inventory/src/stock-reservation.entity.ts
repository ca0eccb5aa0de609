import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { StockLevelId } from './stock-level.entity.js';

export const RESERVATION_STATES = ['HELD', 'SHIPPED', 'RELEASED'] as const;
export type ReservationState = (typeof RESERVATION_STATES)[number];

/** What an order line holds of a level. A level's `reserved` is the sum of what is HELD. */
@Entity('stock_reservation')
export class StockReservation {
  @IdColumn({ primary: true }) id!: IdOf<'rsv'>;
  @IdColumn() orderId!: IdOf<'ord'>;
  @IdColumn() orderLineId!: IdOf<'oln'>;
  @IdColumn() stockLevelId!: StockLevelId;
  @Column('int') quantity!: number;
  @WordColumn() state!: ReservationState;
  @InstantColumn() createdAt!: Date;
}
