import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type HouseholdId = IdOf<'hhd'>;

/** REGISTERED: on the register of 2014 ff.; MONITORED: at risk of falling back; ORDINARY: works alongside them. */
export const HOUSEHOLD_KINDS = ['REGISTERED', 'MONITORED', 'ORDINARY'] as const;
export type HouseholdKind = (typeof HOUSEHOLD_KINDS)[number];

/** Private. Nothing outside this context learns more than the opaque id and what the readers mask. */
@Entity('household')
export class Household {
  @IdColumn({ primary: true }) id!: HouseholdId;
  @Column('varchar', { length: 60 }) headName!: string;
  @DivisionColumn() villageCode!: string;
  @WordColumn() kind!: HouseholdKind;
  @Column('date') registeredOn!: string;
  @InstantColumn() createdAt!: Date;
  @IdColumn({ nullable: true }) registeredBy!: IdOf<'usr'> | null;
  @Column('varchar', { length: 64, nullable: true }) idempotencyKey!: string | null;
}

/** MIGRATED: lives and is registered elsewhere. */
export const MEMBER_STATES = ['PRESENT', 'DEAD', 'MIGRATED'] as const;
export type MemberState = (typeof MEMBER_STATES)[number];

@Entity('household_member')
export class HouseholdMember {
  @IdColumn({ primary: true }) id!: IdOf<'hmb'>;
  @IdColumn() householdId!: HouseholdId;
  @Column('varchar', { length: 60 }) name!: string;
  @Column('boolean') isHead!: boolean;
  @Column('smallint', { nullable: true }) birthYear!: number | null;
  @WordColumn({ default: 'PRESENT' }) state!: MemberState;
  @Column('date', { nullable: true }) leftOn!: string | null;
}

/** A merchant may agree with a household: an official has said so. */
@Entity('household_introduction')
export class HouseholdIntroduction {
  @IdColumn({ primary: true }) merchantId!: IdOf<'mer'>;
  @IdColumn({ primary: true }) householdId!: HouseholdId;
  @IdColumn() introducedBy!: IdOf<'usr'>;
  @InstantColumn() introducedAt!: Date;
}
