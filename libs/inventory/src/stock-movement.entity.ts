import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { StockLevelId } from './stock-level.entity.js';

export const MOVEMENT_KINDS = [
  'RECEIVED',
  'SHIPPED',
  'COUNTED',
  'RETURNED',
  'MOVED', // From one place of ours to another: of each variant they add up to nothing.
  'DISPOSED',
  'GIVEN_BACK', // To the merchant whose goods an operator sells.
] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** A change of what lies there. A level's `onHand` is the sum of its movements' signed quantities. */
@Entity('stock_movement')
export class StockMovement {
  @IdColumn({ primary: true }) id!: IdOf<'stm'>;
  @IdColumn() stockLevelId!: StockLevelId;
  @WordColumn() kind!: MovementKind;
  @Column('int') quantity!: number;
  @Column('varchar', { length: 120 }) causeKey!: string;
  @InstantColumn() movedAt!: Date;
  /** Null where no person did: an order, a cabinet, the clock. */
  @IdColumn({ nullable: true }) movedBy!: IdOf<'usr'> | null;
}
