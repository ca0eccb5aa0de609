import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { BigintColumn, FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';

export type CabinetMessageId = IdOf<'cms'>;
export type ParkedMessageId = IdOf<'cpk'>;

/** What is kept word for word. A heartbeat and a reading change what is known and are gone. */
export const MESSAGE_KINDS = [
  'BOOT',
  'VEND',
  'STOCK',
  'DOOR',
  'ALARM',
  'SNAPSHOT',
  'REPLY',
  'WEIGHING',
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** How we know when something happened: see dating.rules. */
export const DATED_BY = ['UPTIME', 'DEVICE_CLOCK', 'RECEIPT'] as const;
export type DatedBy = (typeof DATED_BY)[number];

/** Why something that a cabinet has said was not taken. */
export const DROP_REASONS = [
  'TOO_LARGE',
  'NOT_JSON',
  'UNKNOWN_KIND',
  'WRONG_SHAPE',
  'TOO_MANY_PARKED',
  'TOO_MANY_GAPS',
] as const;
export type DropReason = (typeof DROP_REASONS)[number];

export const GAP_STATES = ['OPEN', 'LOST'] as const;
export type GapState = (typeof GAP_STATES)[number];

/** One of a cabinet's starts; its messages are numbered anew from one. */
@Entity('cabinet_boot')
export class CabinetBoot {
  @IdColumn({ primary: true }) cabinetId!: CabinetId;
  @IdColumn({ primary: true }) bootId!: string;
  @Column('int') bootNo!: number;
  @Column('int', { default: 0 }) bootBase!: number;
  @InstantColumn() firstSeenAt!: Date;
  @InstantColumn({ nullable: true }) startedAt!: Date | null;
  @BigintColumn() highestSeq!: bigint;
}

/** Numbers of messages that have not come. */
@Entity('cabinet_gap')
export class CabinetGap {
  @IdColumn({ primary: true }) cabinetId!: CabinetId;
  @IdColumn({ primary: true }) bootId!: string;
  @BigintColumn({ primary: true }) fromSeq!: bigint;
  @BigintColumn() toSeq!: bigint;
  @WordColumn() state!: GapState;
  @InstantColumn() foundAt!: Date;
  @InstantColumn() askAt!: Date;
  @Column('int') askedCount!: number;
}

/** What a cabinet has said, once. */
@Entity('cabinet_message')
export class CabinetMessage {
  @IdColumn({ primary: true }) id!: CabinetMessageId;
  @IdColumn() cabinetId!: CabinetId;
  @IdColumn() bootId!: string;
  @Column('int') bootNo!: number;
  @BigintColumn() seq!: bigint;
  @WordColumn() kind!: MessageKind;
  @InstantColumn() deviceAt!: Date;
  @InstantColumn() receivedAt!: Date;
  @InstantColumn() occurredAt!: Date;
  @WordColumn() datedBy!: DatedBy;
  @Column('date') businessDay!: string;
  @Column('text') data!: string;
  @Column('int') soldUnits!: number;
  @FenColumn() soldFen!: bigint;
}

/** The latest that its sensors have told. */
@Entity('cabinet_reading')
export class CabinetReading {
  @IdColumn({ primary: true }) cabinetId!: CabinetId;
  @InstantColumn() takenAt!: Date;
  @Column('int', { nullable: true }) deciCelsius!: number | null;
  @Column('boolean') isDoorOpen!: boolean;
  @Column('boolean') isMainsOn!: boolean;
  @Column('int', { nullable: true }) signalDbm!: number | null;
}

/** Said in a version that we do not know yet. */
@Entity('parked_message')
export class ParkedMessage {
  @IdColumn({ primary: true }) id!: ParkedMessageId;
  @IdColumn() cabinetId!: CabinetId;
  @Column('int') version!: number;
  @IdColumn() kind!: string;
  @Column('blob') payload!: Buffer;
  @InstantColumn() receivedAt!: Date;
}

/** How often on one day something was not taken for one reason, and the last time in words. */
@Entity('cabinet_drop')
export class CabinetDrop {
  @IdColumn({ primary: true }) cabinetId!: CabinetId;
  @Column('date', { primary: true }) day!: string;
  @WordColumn({ primary: true }) reason!: DropReason;
  @Column('int') droppedCount!: number;
  @InstantColumn() lastAt!: Date;
  @IdColumn() lastKind!: string;
  @Column('varchar', { length: 200 }) lastDetail!: string;
}
