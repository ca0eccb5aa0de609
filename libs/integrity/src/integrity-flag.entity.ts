import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import {
  BigintColumn,
  DivisionColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  WordColumn,
} from '#platform/database';

export type IntegrityFlagId = IdOf<'flg'>;

export const INTEGRITY_RULES = [
  'SELF_PURCHASE',
  'RING',
  'REFUND_AFTER_PERIOD',
  'ADDRESS_CLUSTER',
  'CAPACITY_EXCEEDED',
  'DUPLICATE_SALE',
  'DEVICE_RATE',
  'DEVICE_OFFLINE',
  'DEVICE_CLOCK',
  'NIGHT_BULK',
] as const;
export type IntegrityRule = (typeof INTEGRITY_RULES)[number];

export const SEVERITIES = ['NOTICE', 'SERIOUS'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const FLAG_STATES = ['OPEN', 'DISMISSED', 'CONFIRMED', 'APPEALED', 'UPHELD', 'OVERTURNED'] as const;
export type FlagState = (typeof FLAG_STATES)[number];

export const FLAG_ACTS = ['DISMISSED', 'CONFIRMED', 'APPEALED', 'UPHELD', 'OVERTURNED'] as const;
export type FlagAct = (typeof FLAG_ACTS)[number];

/** What a check suspects. It changes no figure; only somebody who confirms it does. */
@Entity('integrity_flag')
export class IntegrityFlag {
  @IdColumn({ primary: true }) id!: IntegrityFlagId;
  @WordColumn() rule!: IntegrityRule;
  @Column('varchar', { length: 160 }) subject!: string;
  @WordColumn() severity!: Severity;
  @WordColumn() state!: FlagState;
  @IdColumn() merchantId!: string;
  @DivisionColumn() countyCode!: string;
  @Column('json') numbers!: Readonly<Record<string, string>>;
  @IdColumn({ nullable: true }) confirmedBy!: IdOf<'usr'> | null;
  @InstantColumn() createdAt!: Date;
  @InstantColumn() updatedAt!: Date;
}

/** A fact that a flag is about. */
@Entity('integrity_flag_fact')
export class IntegrityFlagFact {
  @IdColumn({ primary: true }) flagId!: IntegrityFlagId;
  @IdColumn({ primary: true }) factId!: IdOf<'vfa'>;
  /** The fact's own, so that a month knows its flags. */
  @Column('date') eventDay!: string;
}

/** What a confirmed flag took off one line, so that no two flags take the same and an appeal gives back exactly that. */
@Entity('integrity_correction')
export class IntegrityCorrection {
  @IdColumn({ primary: true }) id!: IdOf<'icr'>;
  @IdColumn() flagId!: IntegrityFlagId;
  @Column('varchar', { length: 64 }) sourceOrderNo!: string;
  @Column('varchar', { length: 64 }) sourceLineNo!: string;
  @IdColumn() factId!: IdOf<'vfa'>;
  @FenColumn() recognisedFen!: Fen;
  @Column('int') quantity!: number;
  @BigintColumn() weightG!: bigint;
}

/** What happened to a flag, in order. Written once, never changed. */
@Entity('integrity_flag_step')
export class IntegrityFlagStep {
  @IdColumn({ primary: true }) id!: IdOf<'fst'>;
  @IdColumn() flagId!: IntegrityFlagId;
  @WordColumn() act!: FlagAct;
  @IdColumn() actorId!: IdOf<'usr'>;
  @Column('varchar', { length: 2000 }) reason!: string;
  @Column('json') fileIds!: readonly string[];
  @InstantColumn() at!: Date;
}

/** From where on a check suspects; data, so that it is changed without a release. */
@Entity('integrity_threshold')
export class IntegrityThreshold {
  @PrimaryColumn('varchar', { length: 32 }) rule!: IntegrityRule;
  @PrimaryColumn('varchar', { length: 32 }) name!: string;
  @BigintColumn() value!: bigint;
}

/** Who works for a merchant, or did, as buyers are known. */
@Entity('integrity_party')
export class IntegrityParty {
  @IdColumn({ primary: true }) buyerKey!: string;
  @IdColumn({ primary: true }) merchantId!: string;
}

/** How much of a product a village can grow in a season. */
@Entity('village_capacity')
export class VillageCapacity {
  @DivisionColumn({ primary: true }) villageCode!: string;
  @IdColumn({ primary: true }) productId!: string;
  @Column('date', { primary: true }) seasonFrom!: string;
  @Column('date') seasonTo!: string;
  @BigintColumn() capacityG!: bigint;
}

/** What a village has sold of a product on a day, added up as its facts are checked. */
@Entity('integrity_village_day')
export class IntegrityVillageDay {
  @DivisionColumn({ primary: true }) villageCode!: string;
  @IdColumn({ primary: true }) productId!: string;
  @Column('date', { primary: true }) day!: string;
  @BigintColumn() weightG!: bigint;
}
