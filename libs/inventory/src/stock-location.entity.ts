import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, WordColumn } from '#platform/database';

export type StockLocationId = IdOf<'loc'>;

export const STOCK_LOCATION_KINDS = ['WAREHOUSE', 'SHELF'] as const;
export type StockLocationKind = (typeof STOCK_LOCATION_KINDS)[number];

/**
 * Where goods lie: a merchant's one warehouse, the shelf of a channel point, or one slot of the cabinet that stands there. What is delivered comes
 * from warehouses; a cabinet sells what lies in the slot that somebody has chosen.
 */
@Entity('stock_location')
export class StockLocation {
  @IdColumn({ primary: true }) id!: StockLocationId;
  @WordColumn() kind!: StockLocationKind;
  @IdColumn({ nullable: true }) merchantId!: IdOf<'mer'> | null;
  @IdColumn({ nullable: true }) channelPointId!: IdOf<'chp'> | null;
  /** '' unless it is a slot. */
  @Column('varchar', { length: 8, default: '' }) slotCode!: string;
  @Column('varchar', { length: 120 }) name!: string;
}
