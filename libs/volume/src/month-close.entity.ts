import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import {
  BigintColumn,
  DivisionColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  WordColumn,
} from '#platform/database';
import type { VolumeChannel } from './volume-fact.entity.js';
import { RollupSums } from './volume-rollup.entity.js';

export const CLOSE_STATES = ['OPEN', 'CUT_OFF', 'IN_REVIEW', 'LOCKING', 'LOCKED', 'PUBLISHED'] as const;
export type CloseState = (typeof CLOSE_STATES)[number];

/** Whose register this is. Data of the installation: no service changes it. */
@Entity('volume_register')
export class VolumeRegister {
  @DivisionColumn({ primary: true }) divisionCode!: string;
}

/** How far the close of one month has come. It only ever goes forward. */
@Entity('volume_close')
export class VolumeClose {
  /** Its first day. */
  @Column('date', { primary: true }) month!: string;
  @WordColumn() state!: CloseState;
  @Column('date') cutOffOn!: string;
  @Column('date') reviewUntil!: string;
  @InstantColumn({ nullable: true }) cutOffAt!: Date | null;
  @Column('date', { nullable: true }) frozenThrough!: string | null;
  @BigintColumn({ default: 0 }) frozenCount!: bigint;
  @FenColumn({ default: 0 }) frozenRecognisedFen!: Fen;
  @FenColumn({ nullable: true }) recognisedFen!: Fen | null;
  @FenColumn({ nullable: true }) certifiedFen!: Fen | null;
  @Column('varchar', { length: 64, nullable: true }) contentHash!: string | null;
  /** Tables whose sums are not those of the frozen figures, separated by commas; '' where none is known. */
  @Column('varchar', { length: 600, default: '' }) disagreeing!: string;
}

/** Who brought a month into a state, and when. Written once. */
@Entity('volume_close_step')
export class VolumeCloseStep {
  @Column('date', { primary: true }) month!: string;
  @WordColumn({ primary: true }) state!: CloseState;
  @IdColumn({ nullable: true }) actorId!: IdOf<'usr'> | null;
  @InstantColumn() at!: Date;
}

/** A locked month's figures, made from its facts and never changed again. */
@Entity('volume_month_frozen')
export class VolumeMonthFrozen {
  @Column('date', { primary: true }) month!: string;
  @DivisionColumn({ primary: true }) originCountyCode!: string;
  @IdColumn({ primary: true }) productId!: string;
  @WordColumn({ primary: true }) channelKind!: VolumeChannel;
  @Column('boolean', { primary: true }) isCertified!: boolean;
  @Column(() => RollupSums, { prefix: false }) sums!: RollupSums;
}
