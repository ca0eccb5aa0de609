import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';

export type CabinetAlarmId = IdOf<'alm'>;

export const ALARM_KINDS = [
  'TEMPERATURE',
  'POWER_LOST',
  'OFFLINE',
  'DOOR_OPEN',
  'TAMPER',
  'TRAY_DRIFT',
  'JAM',
  'SLOT_EMPTY',
  'EXPIRED_GOODS',
  'STOCK_LOSS',
  'SNAPSHOT_MISMATCH',
  'PAYMENT_DEVICE',
  'THERMOMETER',
  'BOOT_COUNT',
  'PAPERS_EXPIRING',
  'PAPERS_LAPSED',
  'OTHER',
] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];

/** Goods or money may be lost within hours; nothing is sold, or less; somebody should know. */
export const ALARM_SEVERITIES = ['CRITICAL', 'WARNING', 'NOTICE'] as const;
export type AlarmSeverity = (typeof ALARM_SEVERITIES)[number];

export const ALARM_STATES = ['OPEN', 'ACKNOWLEDGED', 'RESOLVED'] as const;
export type AlarmState = (typeof ALARM_STATES)[number];

/** Who is asked to see to it: the operator from the first moment, then the officials of the county as well. */
export const ALARM_ADDRESSEES = ['OPERATOR', 'COUNTY'] as const;
export type AlarmAddressee = (typeof ALARM_ADDRESSEES)[number];

/** Something that is wrong with a cabinet, from its beginning until it is seen to. */
@Entity('cabinet_alarm')
export class CabinetAlarm {
  @IdColumn({ primary: true }) id!: CabinetAlarmId;
  @IdColumn() cabinetId!: CabinetId;
  @IdColumn({ nullable: true }) openCabinetId!: CabinetId | null;
  @DivisionColumn() countyCode!: string;
  @IdColumn() operatorId!: IdOf<'mer'>;
  @WordColumn() kind!: AlarmKind;
  @Column('varchar', { length: 8 }) slotCode!: string;
  @WordColumn() severity!: AlarmSeverity;
  @WordColumn() state!: AlarmState;
  @Column('varchar', { length: 200 }) detail!: string;
  @Column('int', { nullable: true }) deciCelsiusPeak!: number | null;
  @InstantColumn() beganAt!: Date;
  @InstantColumn() raisedAt!: Date;
  @Column('int') occurrenceCount!: number;
  @InstantColumn({ nullable: true }) endedAt!: Date | null;
  @InstantColumn({ nullable: true }) resolveAt!: Date | null;
  @WordColumn() escalatedTo!: AlarmAddressee;
  @InstantColumn({ nullable: true }) escalateAt!: Date | null;
  @InstantColumn({ nullable: true }) acknowledgedAt!: Date | null;
  @IdColumn({ nullable: true }) acknowledgedBy!: IdOf<'usr'> | null;
  @InstantColumn({ nullable: true }) resolvedAt!: Date | null;
  @IdColumn({ nullable: true }) resolvedBy!: IdOf<'usr'> | null;
  @Column('varchar', { length: 500 }) note!: string;
}

/** What is not as it should be, and not for long enough to be an alarm. */
@Entity('cabinet_condition')
export class CabinetCondition {
  @IdColumn({ primary: true }) cabinetId!: CabinetId;
  @WordColumn({ primary: true }) kind!: AlarmKind;
  @InstantColumn() beganAt!: Date;
  @InstantColumn() raiseAt!: Date;
  @InstantColumn({ nullable: true }) raisedByClockAt!: Date | null;
}
