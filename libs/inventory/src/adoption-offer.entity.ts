import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type AdoptionOfferId = IdOf<'aof'>;
export type AdoptionObjectId = IdOf<'aob'>;

/** What stands there with a number. They are sold alike; it is what buyers are told. */
export const ADOPTION_OBJECT_KINDS = ['TREE', 'PLOT', 'ANIMAL', 'HIVE'] as const;
export type AdoptionObjectKind = (typeof ADOPTION_OBJECT_KINDS)[number];

export const ADOPTION_OFFER_STATES = ['OPEN', 'CLOSED'] as const;
export type AdoptionOfferState = (typeof ADOPTION_OFFER_STATES)[number];

/** WITHDRAWN: not offered any more. HARVESTED: what it has given has been said, so nobody adopts it for this harvest. */
export const ADOPTION_OBJECT_STATES = ['STANDING', 'WITHDRAWN', 'HARVESTED'] as const;
export type AdoptionObjectState = (typeof ADOPTION_OBJECT_STATES)[number];

/** Numbered objects that can be adopted: paid for now, and portions of their harvest sent later. A portion is a unit of the variant. */
@Entity('adoption_offer')
export class AdoptionOffer {
  @IdColumn({ primary: true }) id!: AdoptionOfferId;
  @IdColumn() merchantId!: IdOf<'mer'>;
  @IdColumn() productId!: IdOf<'prd'>;
  @IdColumn() variantId!: IdOf<'var'>;
  /** The variant while the offer is open, so that it has one at a time; else null. */
  @IdColumn({ nullable: true }) openVariantId!: IdOf<'var'> | null;
  /** The harvest to come: where it grows, and whose linkage agreement it feeds. */
  @IdColumn() batchId!: IdOf<'bat'>;
  @WordColumn() objectKind!: AdoptionObjectKind;
  @Column('varchar', { length: 1_000 }) story!: string;
  /** Of one object, over all instalments: what is guaranteed. */
  @Column('int') portions!: number;
  @Column('int') portionG!: number;
  @Column('date') firstOn!: string;
  @Column('date') lastOn!: string;
  @InstantColumn() ordersOpenAt!: Date;
  @InstantColumn() ordersCloseAt!: Date;
  @WordColumn() state!: AdoptionOfferState;
  @IdColumn() openedBy!: IdOf<'usr'>;
  @InstantColumn() createdAt!: Date;
  @InstantColumn({ nullable: true }) closedAt!: Date | null;
}

/** When how much of every object is sent. */
@Entity('adoption_offer_instalment')
export class AdoptionOfferInstalment {
  @IdColumn({ primary: true }) offerId!: AdoptionOfferId;
  @Column('int', { primary: true }) number!: number;
  @Column('int') portions!: number;
  @Column('date') firstOn!: string;
  /** By the end of this day it has left. */
  @Column('date') lastOn!: string;
}

/** One tree. 0 ≤ reserved + shipped ≤ portions, always; it is adopted whole, so it is free where both are 0. */
@Entity('adoption_object')
export class AdoptionObject {
  @IdColumn({ primary: true }) id!: AdoptionObjectId;
  @IdColumn() offerId!: AdoptionOfferId;
  @Column('varchar', { length: 20 }) tag!: string;
  /** Where it stands, for somebody who visits; '' unless said. */
  @Column('varchar', { length: 100 }) place!: string;
  /** Null unless shown. */
  @IdColumn({ nullable: true }) photoId!: IdOf<'fil'> | null;
  @WordColumn() state!: AdoptionObjectState;
  @Column('int') portions!: number;
  /** Promised, and not on their way. */
  @Column('int') reserved!: number;
  @Column('int') shipped!: number;
}
