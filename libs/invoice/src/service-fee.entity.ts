import { Column, Entity } from 'typeorm';
import type { Fen } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn } from '#platform/database';

/** What the platform's part of a merchant's month was, and what was billed and taken back for it. Made once, and never changed. */
@Entity('service_fee_bill')
export class ServiceFeeBill {
  @IdColumn({ primary: true }) statementId!: string;
  @IdColumn() merchantId!: string;
  /** YYYY-MM. */
  @Column('char', { length: 7 }) month!: string;
  /** As the statement shows it; below nothing where more went back than came. */
  @FenColumn() feeFen!: Fen;
  /** Of the month's blue invoice; nothing where there is none. */
  @FenColumn() blueFen!: Fen;
  /** Of red ones, of earlier months' invoices. */
  @FenColumn() redFen!: Fen;
  @InstantColumn() billedAt!: Date;
}
