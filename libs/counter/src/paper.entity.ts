import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';

export type CabinetPaperId = IdOf<'cpp'>;

/** Selling pre-packed food has been filed; this machine has been reported as a place of it; other food is licensed. */
export const PAPER_KINDS = ['FILING', 'PLACEMENT', 'LICENCE'] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** What allows a cabinet to sell food. What is replaced or withdrawn stays on record. */
@Entity('cabinet_paper')
export class CabinetPaper {
  @IdColumn({ primary: true }) id!: CabinetPaperId;
  @IdColumn() cabinetId!: CabinetId;
  @WordColumn() kind!: PaperKind;
  @WordColumn({ nullable: true }) openKind!: PaperKind | null;
  @Column('varchar', { length: 60 }) number!: string;
  @Column('varchar', { length: 80 }) authority!: string;
  @Column('date', { nullable: true }) validUntil!: string | null;
  @Column('varchar', { length: 60 }) fileNo!: string;
  @IdColumn() recordedBy!: IdOf<'usr'>;
  @InstantColumn() recordedAt!: Date;
  @InstantColumn({ nullable: true }) endedAt!: Date | null;
}
