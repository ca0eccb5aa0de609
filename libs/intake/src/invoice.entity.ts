import { Entity, PrimaryColumn } from 'typeorm';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';

export const SUBJECT_KINDS = ['CLAIM', 'INTAKE_ROW'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** An e-invoice stands for one sale over all sources; given back when what it proved is rejected or reversed. */
@Entity('invoice_use')
export class InvoiceUse {
  @PrimaryColumn('varchar', { length: 20 }) invoiceNo!: string;
  @WordColumn() subjectKind!: SubjectKind;
  @IdColumn() subjectId!: string;
  @InstantColumn() usedAt!: Date;
}
