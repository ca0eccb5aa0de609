import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn } from '#platform/database';

/** Below how much of a variant in a place its owners are told, once each time that it falls below. */
@Entity('stock_threshold')
export class StockThreshold {
  @IdColumn({ primary: true }) variantId!: IdOf<'var'>;
  /** '' of the warehouse. */
  @IdColumn({ primary: true }) channelPointId!: IdOf<'chp'> | '';
  @IdColumn() merchantId!: IdOf<'mer'>;
  @Column('int') units!: number;
  @IdColumn() setBy!: IdOf<'usr'>;
  @InstantColumn() setAt!: Date;
  /** Since owners were told; null while there is enough. */
  @InstantColumn({ nullable: true }) lowSince!: Date | null;
}
