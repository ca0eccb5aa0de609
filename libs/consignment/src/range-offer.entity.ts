import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type RangeOfferId = IdOf<'rgo'>;

export const RANGE_OFFER_STATES = ['PROPOSED', 'AGREED', 'DECLINED', 'WITHDRAWN', 'ENDED'] as const;
export type RangeOfferState = (typeof RANGE_OFFER_STATES)[number];

/** A product that an operator would like to carry at a place, and what its merchant says. */
@Entity('range_offer')
export class RangeOffer {
  @IdColumn({ primary: true }) id!: RangeOfferId;
  @IdColumn() channelPointId!: IdOf<'chp'>;
  @IdColumn() operatorId!: IdOf<'mer'>;
  @IdColumn() productId!: IdOf<'prd'>;
  @IdColumn() merchantId!: IdOf<'mer'>;
  @WordColumn() state!: RangeOfferState;
  /** The same while it is proposed or agreed to: at a place a product is offered once. */
  @IdColumn({ nullable: true }) openProductId!: IdOf<'prd'> | null;
  @IdColumn() proposedBy!: IdOf<'usr'>;
  @InstantColumn() proposedAt!: Date;
  /** Null while nobody has answered. */
  @IdColumn({ nullable: true }) decidedBy!: IdOf<'usr'> | null;
  /** Null while nobody has answered. */
  @InstantColumn({ nullable: true }) decidedAt!: Date | null;
  /** What was said when it was declined or ended; '' otherwise. */
  @Column('varchar', { length: 300 }) reason!: string;
}
