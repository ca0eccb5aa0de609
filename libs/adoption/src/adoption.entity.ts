import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { DivisionColumn, IdColumn, InstantColumn } from '#platform/database';

export type AdoptionUpdateId = IdOf<'aup'>;

/** What the plate of an adopted object says besides its number. */
@Entity('adoption_plate')
export class AdoptionPlate {
  @IdColumn({ primary: true }) adoptionId!: IdOf<'adp'>;
  @Column('varchar', { length: 40 }) name!: string;
  @InstantColumn() setAt!: Date;
}

/** To whom an instalment goes, where that is not the recipient of the order. */
@Entity('adoption_recipient')
export class AdoptionRecipient {
  @IdColumn({ primary: true }) orderLineId!: IdOf<'oln'>;
  @Column('varchar', { length: 60 }) name!: string;
  @Column('varchar', { length: 20 }) phone!: string;
  @DivisionColumn() countyCode!: string;
  @Column('varchar', { length: 200 }) address!: string;
  @InstantColumn() setAt!: Date;
}

/** What the grower tells adopters. */
@Entity('adoption_update')
export class AdoptionUpdate {
  @IdColumn({ primary: true }) id!: AdoptionUpdateId;
  @IdColumn() offerId!: IdOf<'aof'>;
  /** Null where it is of all objects of the offer. */
  @IdColumn({ nullable: true }) objectId!: IdOf<'aob'> | null;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @Column('varchar', { length: 1_000 }) text!: string;
  /** Null where it is words alone. */
  @IdColumn({ nullable: true }) photoId!: IdOf<'fil'> | null;
  @IdColumn() publishedBy!: IdOf<'usr'>;
  @InstantColumn() publishedAt!: Date;
}

/** What an object has given in a season; said once, and corrected until something of it leaves. */
@Entity('adoption_harvest')
export class AdoptionHarvest {
  @IdColumn({ primary: true }) objectId!: IdOf<'aob'>;
  @Column('int', { primary: true }) season!: number;
  @Column('int') harvestedG!: number;
  /** Of its adopter, in this season, when it was said. */
  @Column('int') promisedPortions!: number;
  /** Of these, what was not there, and was paid back. */
  @Column('int') shortPortions!: number;
  @Column('varchar', { length: 200 }) note!: string;
  @IdColumn() declaredBy!: IdOf<'usr'>;
  @InstantColumn() declaredAt!: Date;
  /** Null where it stands as it was said first. */
  @InstantColumn({ nullable: true }) correctedAt!: Date | null;
}
