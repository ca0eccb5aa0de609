import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { BigintColumn, DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type CabinetId = IdOf<'cab'>;
export type CabinetCredentialId = IdOf<'ccr'>;

/** How it hands goods out: slot by slot, behind one door that is weighed or watched, or a door for each. */
export const CABINET_MODELS = ['SLOT_CABINET', 'OPEN_DOOR', 'LOCKER'] as const;
export type CabinetModel = (typeof CABINET_MODELS)[number];

export const CABINET_STATES = ['ACTIVE', 'RETIRED'] as const;
export type CabinetState = (typeof CABINET_STATES)[number];

/** The machine that stands at a channel point of kind COUNTER, one at a time. */
@Entity('cabinet')
export class Cabinet {
  @IdColumn({ primary: true }) id!: CabinetId;
  @IdColumn() channelPointId!: IdOf<'chp'>;
  @IdColumn({ nullable: true }) activePointId!: IdOf<'chp'> | null;
  @DivisionColumn() countyCode!: string;
  @IdColumn() operatorId!: IdOf<'mer'>;
  @Column('varchar', { length: 40 }) serialNo!: string;
  @WordColumn() model!: CabinetModel;
  @WordColumn() state!: CabinetState;
  @Column('int') slotRevision!: number;
  @IdColumn() registeredBy!: IdOf<'usr'>;
  @InstantColumn() registeredAt!: Date;
  @InstantColumn({ nullable: true }) retiredAt!: Date | null;
}

/** One lane, tray or cell. */
@Entity('cabinet_slot')
export class CabinetSlot {
  @IdColumn({ primary: true }) cabinetId!: CabinetId;
  @Column('varchar', { primary: true, length: 8 }) code!: string;
  @Column('int') position!: number;
  @Column('int') capacity!: number;
  @Column('int') maxItemG!: number;
  /** Of a locker's cell; null where nobody has measured, and of slots and trays. */
  @Column('int', { nullable: true }) innerL!: number | null;
}

/** What a cabinet signs in with. Two may be in force while it changes over. */
@Entity('cabinet_credential')
export class CabinetCredential {
  @IdColumn({ primary: true }) id!: CabinetCredentialId;
  @IdColumn() cabinetId!: CabinetId;
  @Column('char', { length: 64 }) secretHash!: string;
  @IdColumn() issuedBy!: IdOf<'usr'>;
  @InstantColumn() issuedAt!: Date;
  @InstantColumn({ nullable: true }) expiresAt!: Date | null;
  @InstantColumn({ nullable: true }) revokedAt!: Date | null;
  @InstantColumn({ nullable: true }) lastUsedAt!: Date | null;
}

/** How the line to a cabinet stands. */
@Entity('cabinet_link')
export class CabinetLink {
  @IdColumn({ primary: true }) cabinetId!: CabinetId;
  @InstantColumn({ nullable: true }) connectedAt!: Date | null;
  @InstantColumn({ nullable: true }) lastSeenAt!: Date | null;
  @IdColumn({ nullable: true }) bootId!: string | null;
  @Column('int', { nullable: true }) bootNo!: number | null;
  @Column('int', { default: 0 }) bootBase!: number;
  @InstantColumn({ nullable: true }) heardCredentialAt!: Date | null;
  @BigintColumn({ nullable: true }) seq!: bigint | null;
  @BigintColumn({ nullable: true }) clockSkewMs!: bigint | null;
  @Column('varchar', { length: 40, nullable: true }) firmwareVersion!: string | null;
  @Column('varchar', { length: 40, nullable: true }) configVersion!: string | null;
}
