import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { AlarmKind } from './alarm.entity.js';
import type { CabinetId } from './cabinet.entity.js';
import type { CabinetCommandId } from './command.entity.js';

export type CabinetReleaseId = IdOf<'crl'>;
export type CabinetRolloutId = IdOf<'cro'>;

export const CABINET_RELEASE_KINDS = ['FIRMWARE', 'CONFIG'] as const;
export type CabinetReleaseKind = (typeof CABINET_RELEASE_KINDS)[number];

export const CABINET_ROLLOUT_STATES = [
  'RUNNING',
  'HALTED',
  'ROLLING_BACK',
  'DONE',
  'ROLLED_BACK',
  'ENDED',
] as const;
export type CabinetRolloutState = (typeof CABINET_ROLLOUT_STATES)[number];

export const ROLLOUT_TARGET_STATES = [
  'AHEAD',
  'TOLD',
  'DONE',
  'FAILED',
  'LEFT',
  'REVERTING',
  'REVERTED',
] as const;
export type RolloutTargetState = (typeof ROLLOUT_TARGET_STATES)[number];

/** What a version may have broken. That goods run out, or papers lapse, has nothing to do with it. */
export const ROLLOUT_FAULTS: readonly AlarmKind[] = [
  'TEMPERATURE',
  'POWER_LOST',
  'OFFLINE',
  'DOOR_OPEN',
  'TAMPER',
  'TRAY_DRIFT',
  'JAM',
  'SNAPSHOT_MISMATCH',
  'PAYMENT_DEVICE',
  'THERMOMETER',
  'BOOT_COUNT',
  'OTHER',
];

/** A version of what cabinets run, or are set to. It never changes. */
@Entity('cabinet_release')
export class CabinetRelease {
  @IdColumn({ primary: true }) id!: CabinetReleaseId;
  @IdColumn() operatorId!: IdOf<'mer'>;
  @WordColumn() kind!: CabinetReleaseKind;
  @Column('varchar', { length: 40 }) version!: string;
  @Column('char', { length: 64 }) digest!: string;
  @Column('text', { nullable: true }) content!: string | null;
  @Column('varchar', { length: 300, nullable: true }) url!: string | null;
  @IdColumn() addedBy!: IdOf<'usr'>;
  @InstantColumn() addedAt!: Date;
}

/** How a version goes out to cabinets, stage after stage. */
@Entity('cabinet_rollout')
export class CabinetRollout {
  @IdColumn({ primary: true }) id!: CabinetRolloutId;
  @IdColumn() releaseId!: CabinetReleaseId;
  @IdColumn() operatorId!: IdOf<'mer'>;
  @IdColumn({ nullable: true }) openOperatorId!: IdOf<'mer'> | null;
  @WordColumn() kind!: CabinetReleaseKind;
  @WordColumn() state!: CabinetRolloutState;
  @Column('int') stage!: number;
  @Column('int') stageCount!: number;
  @InstantColumn() stageBeganAt!: Date;
  @Column('int', { nullable: true }) waitHours!: number | null;
  @Column('int') faultyMax!: number;
  @Column('int') faultyCount!: number;
  @Column('int') faultyAccepted!: number;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @Column('char', { length: 64 }) contentHash!: string;
  @Column('varchar', { length: 200 }) reason!: string;
  @IdColumn() startedBy!: IdOf<'usr'>;
  @InstantColumn() startedAt!: Date;
  @InstantColumn({ nullable: true }) endedAt!: Date | null;
}

/** A cabinet that is to have it. */
@Entity('cabinet_rollout_target')
export class CabinetRolloutTarget {
  @IdColumn({ primary: true }) rolloutId!: CabinetRolloutId;
  @IdColumn({ primary: true }) cabinetId!: CabinetId;
  @Column('int') stage!: number;
  @WordColumn() state!: RolloutTargetState;
  @Column('varchar', { length: 40, nullable: true }) formerVersion!: string | null;
  @IdColumn({ nullable: true }) commandId!: CabinetCommandId | null;
  @Column('int') toldCount!: number;
  @InstantColumn({ nullable: true }) toldAt!: Date | null;
  @InstantColumn({ nullable: true }) settledAt!: Date | null;
}
