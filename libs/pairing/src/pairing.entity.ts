import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type PairingId = IdOf<'prg'>;

/** PROPOSED: an official has to look at what would be shown. */
export const PAIRING_STATES = ['PROPOSED', 'ACTIVE', 'REJECTED', 'ENDED'] as const;
export type PairingState = (typeof PAIRING_STATES)[number];

/** Slots of a cabinet, and the households of an agreement whose goods lie in them. */
@Entity('pairing')
export class Pairing {
  @IdColumn({ primary: true }) id!: PairingId;
  @IdColumn() merchantId!: IdOf<'mer'>;
  @IdColumn() operatorId!: IdOf<'mer'>;
  @IdColumn() cabinetId!: IdOf<'cab'>;
  @IdColumn() agreementId!: IdOf<'lnk'>;
  @DivisionColumn() villageCode!: string;
  @WordColumn() state!: PairingState;
  @Column('varchar', { length: 300 }) story!: string;
  @IdColumn({ nullable: true }) photoId!: IdOf<'fil'> | null;
  @Column('boolean') isConsented!: boolean;
  @Column('varchar', { length: 64 }) idempotencyKey!: string;
  @Column('char', { length: 64 }) requestHash!: string;
  @IdColumn() proposedBy!: IdOf<'usr'>;
  @InstantColumn() proposedAt!: Date;
  @IdColumn({ nullable: true }) decidedBy!: IdOf<'usr'> | null;
  @Column('varchar', { length: 200 }) note!: string;
  @InstantColumn({ nullable: true }) startsAt!: Date | null;
  @InstantColumn({ nullable: true }) endsAt!: Date | null;
}

@Entity('pairing_slot')
export class PairingSlot {
  @IdColumn({ primary: true }) pairingId!: PairingId;
  @PrimaryColumn('varchar', { length: 8 }) slotCode!: string;
  @Column('varchar', { length: 60, nullable: true }) openKey!: string | null;
}

@Entity('pairing_household')
export class PairingHousehold {
  @IdColumn({ primary: true }) pairingId!: PairingId;
  @IdColumn({ primary: true }) householdId!: IdOf<'hhd'>;
}
