import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import type { VolumeFactId } from '#libs/volume';
import { DivisionColumn, FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { SubjectKind } from './invoice.entity.js';

export type SuspectedDuplicateId = IdOf<'dup'>;

export const DUPLICATE_STATES = ['HELD', 'CLEARED', 'CONFIRMED'] as const;
export type DuplicateState = (typeof DUPLICATE_STATES)[number];

/** A sale that looks like one that another source has told of. It is not counted until somebody has looked at both. */
@Entity('suspected_duplicate')
export class SuspectedDuplicate {
  @IdColumn({ primary: true }) id!: SuspectedDuplicateId;
  @WordColumn() subjectKind!: SubjectKind;
  @IdColumn() subjectId!: string;
  @IdColumn() lineId!: string;
  @IdColumn() factId!: VolumeFactId;
  @DivisionColumn() countyCode!: string;
  @FenColumn() amountFen!: Fen;
  @WordColumn() state!: DuplicateState;
  @Column('varchar', { length: 500, nullable: true }) reason!: string | null;
  @IdColumn({ nullable: true }) decidedBy!: IdOf<'usr'> | null;
  @InstantColumn({ nullable: true }) decidedAt!: Date | null;
  @InstantColumn() createdAt!: Date;
}
