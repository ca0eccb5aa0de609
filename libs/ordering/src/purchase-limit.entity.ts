import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn } from '#platform/database';

/** How many of a variant a person may buy; without a row, as many as there are. */
@Entity('purchase_limit')
export class PurchaseLimitRow {
  @IdColumn({ primary: true }) variantId!: IdOf<'var'>;
  /** In one order; null any number. */
  @Column('int', { nullable: true }) orderMax!: number | null;
  /** By one person within the period; null any number. */
  @Column('int', { nullable: true }) personMax!: number | null;
  /** Of the last so many times 24 hours; null with `personMax`. */
  @Column('int', { nullable: true }) periodDays!: number | null;
  @IdColumn() setBy!: IdOf<'usr'>;
  @InstantColumn() setAt!: Date;
}

/** Orders of one person for one limited variant follow each other by the lock of this row. */
@Entity('purchase_gate')
export class PurchaseGate {
  @IdColumn({ primary: true }) buyerId!: IdOf<'usr'>;
  @IdColumn({ primary: true }) variantId!: IdOf<'var'>;
}
