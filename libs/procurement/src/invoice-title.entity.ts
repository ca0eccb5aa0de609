import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn } from '#platform/database';
import type { ProcurementUnitId } from './procurement-unit.entity.js';

export type InvoiceTitleId = IdOf<'pit'>;

/** Another title that a unit may be billed by: its union's, its canteen's. Ended, never changed. */
@Entity('procurement_invoice_title')
export class InvoiceTitle {
  @IdColumn({ primary: true }) id!: InvoiceTitleId;
  @IdColumn() unitId!: ProcurementUnitId;
  @Column('varchar', { length: 120 }) title!: string;
  @Column('varchar', { length: 20 }) taxNo!: string;
  @IdColumn() addedBy!: IdOf<'usr'>;
  @InstantColumn() addedAt!: Date;
  @InstantColumn({ nullable: true }) endedAt!: Date | null;
}
