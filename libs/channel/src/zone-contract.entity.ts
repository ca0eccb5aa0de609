import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type ZoneContractId = IdOf<'zct'>;

export const ZONE_CONTRACT_STATES = ['PROPOSED', 'AGREED', 'RETURNED'] as const;
export type ZoneContractState = (typeof ZONE_CONTRACT_STATES)[number];

/** One contract with a host, for many of its shops. What it says is never changed: a renewal is the next one of its series. */
@Entity('zone_contract')
export class ZoneContract {
  @IdColumn({ primary: true }) id!: ZoneContractId;
  @IdColumn() hostId!: IdOf<'mer'>;
  /** The first of those that renew each other; shops stand under the series. */
  @IdColumn() seriesId!: ZoneContractId;
  /** Null for the first. */
  @IdColumn({ nullable: true }) renewsId!: ZoneContractId | null;
  /** Where its shops lie, and who agrees to it. */
  @DivisionColumn() divisionCode!: string;
  @Column('varchar', { length: 60 }) number!: string;
  @Column('date') validFrom!: string;
  @Column('date') validTo!: string;
  /** The host's part of what buyers pay for goods: what a split rule calls by the same name. */
  @Column('int') operatorBps!: number;
  @Column('varchar', { length: 1000 }) terms!: string;
  @Column('json') fileIds!: readonly string[];
  @WordColumn() state!: ZoneContractState;
  /** The same while it waits: of one series one waits at a time. */
  @IdColumn({ nullable: true }) openSeriesId!: ZoneContractId | null;
  @IdColumn() proposedBy!: IdOf<'usr'>;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @InstantColumn() proposedAt!: Date;
  /** Null while it waits. */
  @IdColumn({ nullable: true }) decidedBy!: IdOf<'usr'> | null;
  /** Null while it waits. */
  @InstantColumn({ nullable: true }) decidedAt!: Date | null;
  /** What was said of it by whoever decided; '' before. */
  @Column('varchar', { length: 500 }) reason!: string;
  /** The first day on which it holds no more; null unless somebody has ended it early. */
  @Column('date', { nullable: true }) endedOn!: string | null;
  /** Null unless somebody has ended it early. */
  @IdColumn({ nullable: true }) endedBy!: IdOf<'usr'> | null;
  @Column('varchar', { length: 500 }) endReason!: string;
  /** How many days before its last day the last reminder of it was due; null while there was none. */
  @Column('int', { nullable: true }) remindedDays?: number | null;
}
