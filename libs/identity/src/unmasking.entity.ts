import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { PersonalKind } from '#platform/personal';

export const UNMASK_PURPOSES = ['COMPLAINT', 'DISPUTE', 'TAX', 'INSPECTION', 'PAYOUT_ERROR'] as const;
export type UnmaskPurpose = (typeof UNMASK_PURPOSES)[number];

/** Somebody was shown data in plain. Written once. */
@Entity('unmasking')
export class Unmasking {
  @IdColumn({ primary: true }) id!: IdOf<'unm'>;
  @IdColumn() actorId!: IdOf<'usr'>;
  @WordColumn() kind!: PersonalKind;
  @IdColumn() subjectId!: string;
  @WordColumn() purpose!: UnmaskPurpose;
  @Column('varchar', { length: 400 }) reason!: string;
  @Column('varchar', { length: 80, nullable: true }) caseRef!: string | null;
  @DivisionColumn({ nullable: true }) divisionCode!: string | null;
  @Column('date') onDay!: string;
  @Column('int') dayNo!: number;
  @InstantColumn() at!: Date;
}
