import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { BigintColumn, FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';
import type { CabinetMessageId } from './message.entity.js';

export type CabinetCommandId = IdOf<'ccm'>;

export const COMMAND_KINDS = [
  'RESEND',
  'SNAPSHOT',
  'DELIVER',
  'OPEN_DOOR',
  'OPEN_CELL',
  'REBOOT',
  'TEMPERATURE_SET',
  'SERVICE_DOOR_OPEN',
  'LOCK',
  'UNLOCK',
  'LOGS_PULL',
  'FIRMWARE_UPDATE',
  'CONFIG_UPDATE',
] as const;
export type CommandKind = (typeof COMMAND_KINDS)[number];

/** What people may ask for; the rest we ask for ourselves. */
export const REMOTE_KINDS = [
  'REBOOT',
  'TEMPERATURE_SET',
  'SERVICE_DOOR_OPEN',
  'LOCK',
  'UNLOCK',
  'LOGS_PULL',
  'FIRMWARE_UPDATE',
  'CONFIG_UPDATE',
] as const satisfies readonly CommandKind[];
export type RemoteKind = (typeof REMOTE_KINDS)[number];

export const COMMAND_STATES = ['WAITING', 'DONE', 'FAILED', 'EXPIRED'] as const;
export type CommandState = (typeof COMMAND_STATES)[number];

export const SNAPSHOT_STATES = ['WAITING', 'AGREES', 'DIFFERS'] as const;
export type SnapshotState = (typeof SNAPSHOT_STATES)[number];

/** What a cabinet is told to do. It lives here, not in the broker: it is said again until it has been answered or is over. */
@Entity('cabinet_command')
export class CabinetCommand {
  @IdColumn({ primary: true }) id!: CabinetCommandId;
  @IdColumn() cabinetId!: CabinetId;
  @WordColumn() kind!: CommandKind;
  @Column('text') data!: string;
  @WordColumn() state!: CommandState;
  @InstantColumn() requestedAt!: Date;
  @InstantColumn() expiresAt!: Date;
  @InstantColumn({ nullable: true }) sentAt!: Date | null;
  @InstantColumn({ nullable: true }) repliedAt!: Date | null;
  @Column('varchar', { length: 200 }) detail!: string;
  @IdColumn({ nullable: true }) requestedBy!: IdOf<'usr'> | null;
  @Column('varchar', { length: 80, nullable: true }) causeKey!: string | null;
  @Column('text', { nullable: true }) log!: string | null;
}

/** What a cabinet says it has sold since it was installed, beside what we know of. One that differs is for whoever reconciles. */
@Entity('cabinet_snapshot')
export class CabinetSnapshot {
  @IdColumn({ primary: true }) messageId!: CabinetMessageId;
  @IdColumn() cabinetId!: CabinetId;
  @Column('int') bootNo!: number;
  @Column('int', { default: 0 }) bootBase!: number;
  @BigintColumn() seq!: bigint;
  @InstantColumn() takenAt!: Date;
  @InstantColumn() receivedAt!: Date;
  @BigintColumn() toldUnits!: bigint;
  @FenColumn() toldFen!: bigint;
  @BigintColumn({ nullable: true }) knownUnits!: bigint | null;
  @FenColumn({ nullable: true }) knownFen!: bigint | null;
  @WordColumn() state!: SnapshotState;
}
