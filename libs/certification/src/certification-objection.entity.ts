import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { CertificationApplicationId } from './certification-application.entity.js';

export type CertificationObjectionId = IdOf<'cob'>;

/** VOID: what it was about was withdrawn, sent back or refused before anybody had decided it. */
export const OBJECTION_STATES = ['OPEN', 'UPHELD', 'DISMISSED', 'VOID'] as const;
export type ObjectionState = (typeof OBJECTION_STATES)[number];

/** What somebody has to say against a product while it is on public notice. */
@Entity('certification_objection')
export class CertificationObjection {
  @IdColumn({ primary: true }) id!: CertificationObjectionId;
  @IdColumn() applicationId!: CertificationApplicationId;
  @Column('int') revision!: number;
  @Column('binary', { length: 32 }) digest!: Buffer;
  @Column('varchar', { length: 500 }) body!: string;
  /** Empty once it is no longer needed, like the phone. */
  @Column('varchar', { length: 60 }) contactName!: string;
  @Column('varchar', { length: 20 }) contactPhone!: string;
  @WordColumn() state!: ObjectionState;
  @IdColumn({ nullable: true }) decidedBy!: IdOf<'usr'> | null;
  @InstantColumn({ nullable: true }) decidedAt!: Date | null;
  @Column('varchar', { length: 500 }) reason!: string;
  @InstantColumn() createdAt!: Date;
}
