import { Column, Entity } from 'typeorm';
import type { ApprovalRequestId } from '#libs/approval';
import type { Fen, IdOf } from '#libs/kernel';
import { DivisionColumn, FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { VolumeFactId } from './volume-fact.entity.js';

export type ErratumId = IdOf<'err'>;

export const ERRATUM_MEASURES = [
  'ORDERED',
  'PAID',
  'REFUNDED',
  'DELIVERED',
  'RECOGNISED',
  'CERTIFIED',
  'SUBSIDY',
  'DECLARED',
] as const;
export type ErratumMeasure = (typeof ERRATUM_MEASURES)[number];

export const ERRATUM_STATES = ['PROPOSED', 'PUBLISHED', 'REJECTED', 'WITHDRAWN'] as const;
export type ErratumState = (typeof ERRATUM_STATES)[number];

/** What was wrong in a published month. It is shown beside the month, which stays as it was published. */
@Entity('volume_erratum')
export class VolumeErratum {
  @IdColumn({ primary: true }) id!: ErratumId;
  @Column('date') month!: string;
  @WordColumn() measure!: ErratumMeasure;
  @DivisionColumn() divisionCode!: string;
  @FenColumn() publishedFen!: Fen;
  @FenColumn() correctFen!: Fen;
  @Column('varchar', { length: 500 }) reason!: string;
  @WordColumn() state!: ErratumState;
  @Column('int', { nullable: true }) number!: number | null;
  @IdColumn() approvalRequestId!: ApprovalRequestId;
  @IdColumn() proposedBy!: IdOf<'usr'>;
  @InstantColumn() proposedAt!: Date;
  @IdColumn({ nullable: true }) decidedBy!: IdOf<'usr'> | null;
  @InstantColumn({ nullable: true }) decidedAt!: Date | null;
}

/** A later fact that corrects what was published. */
@Entity('volume_erratum_fact')
export class VolumeErratumFact {
  @IdColumn({ primary: true }) erratumId!: ErratumId;
  @IdColumn({ primary: true }) factId!: VolumeFactId;
}
