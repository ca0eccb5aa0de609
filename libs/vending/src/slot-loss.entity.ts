import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn } from '#platform/database';

/** Goods that were taken and that nobody pays for: gone from the book, and shrink on the day on which they were. */
@Entity('slot_loss')
export class SlotLoss {
  @IdColumn({ primary: true }) id!: IdOf<'slo'>;
  @IdColumn() cabinetId!: IdOf<'cab'>;
  @Column('varchar', { length: 8 }) slotCode!: string;
  @IdColumn() variantId!: IdOf<'var'>;
  @Column('varchar', { length: 80 }) causeKey!: string;
  @Column('int') units!: number;
  @InstantColumn() lostAt!: Date;
}
