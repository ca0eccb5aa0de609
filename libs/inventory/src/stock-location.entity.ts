import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, WordColumn } from '#platform/database';

export type StockLocationId = IdOf<'loc'>;

export const STOCK_LOCATION_KINDS = ['WAREHOUSE', 'SHELF', 'VAN', 'HELD'] as const;
export type StockLocationKind = (typeof STOCK_LOCATION_KINDS)[number];

/**
 * Where goods lie: a merchant's one warehouse, the van of a route, the shelf of a channel point, or one slot of the cabinet that stands there. What is delivered comes
 * from warehouses; a cabinet sells what lies in the slot that somebody has chosen. What is on its way, or waits to be written off, is held: on no shelf, and sold to nobody.
 */
@Entity('stock_location')
export class StockLocation {
  @IdColumn({ primary: true }) id!: StockLocationId;
  @WordColumn() kind!: StockLocationKind;
  @IdColumn({ nullable: true }) merchantId!: IdOf<'mer'> | null;
  @IdColumn({ nullable: true }) channelPointId!: IdOf<'chp'> | null;
  /** '' unless it is a slot. */
  @Column('varchar', { length: 8, default: '' }) slotCode!: string;
  /** Of a van. */
  @IdColumn({ nullable: true }) vanRouteId!: IdOf<'rsr'> | null;
  /** Of what is held: for which transfer or write-off. */
  @IdColumn({ nullable: true }) heldFor!: string | null;
  @Column('varchar', { length: 120 }) name!: string;
  /** Of a warehouse, once somebody has said where it is. */
  @Column('decimal', { precision: 9, scale: 6, nullable: true }) longitude!: string | null;
  @Column('decimal', { precision: 9, scale: 6, nullable: true }) latitude!: string | null;
}
