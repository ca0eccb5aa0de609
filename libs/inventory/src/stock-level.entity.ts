import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn } from '#platform/database';
import type { StockLocationId } from './stock-location.entity.js';

export type StockLevelId = IdOf<'stk'>;

/** Stands in for the best-before day of goods that do not perish. */
export const NEVER_EXPIRES_ON = '9999-12-31';

/** How much of one batch of a variant lies at one place. 0 ≤ reserved ≤ onHand, always. */
@Entity('stock_level')
export class StockLevel {
  @IdColumn({ primary: true }) id!: StockLevelId;
  @IdColumn() variantId!: IdOf<'var'>;
  @IdColumn() locationId!: StockLocationId;
  @IdColumn() batchId!: IdOf<'bat'>;
  @Column('date') bestBeforeOn!: string;
  @Column('int') onHand!: number;
  @Column('int') reserved!: number;
}
