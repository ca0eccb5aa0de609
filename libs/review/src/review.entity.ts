import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type ReviewId = IdOf<'rev'>;

/** HELD: a word of the list, or something like a number of a person, waits for somebody who looks. HIDDEN: somebody has said no. */
export const REVIEW_STATES = ['SHOWN', 'HELD', 'HIDDEN'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** What somebody who has bought and received it says of one line; said once. */
@Entity('review')
export class Review {
  @IdColumn({ primary: true }) id!: ReviewId;
  @IdColumn() orderLineId!: IdOf<'oln'>;
  @IdColumn() buyerId!: IdOf<'usr'>;
  @IdColumn() productId!: IdOf<'prd'>;
  @IdColumn() merchantId!: IdOf<'mer'>;
  @DivisionColumn() countyCode!: string;
  @Column('varchar', { length: 80 }) variantName!: string;
  @Column('int') rating!: number;
  @Column('varchar', { length: 1000 }) text!: string;
  @Column('varchar', { length: 20 }) shownName!: string;
  @WordColumn() state!: ReviewState;
  @Column('varchar', { length: 200 }) stateReason!: string;
  @IdColumn({ nullable: true }) moderatedBy!: string | null;
  @Column('varchar', { length: 1000, nullable: true }) reply!: string | null;
  @IdColumn({ nullable: true }) repliedBy!: string | null;
  @InstantColumn({ nullable: true }) repliedAt!: Date | null;
  @InstantColumn() postedAt!: Date;
}

/** A photo of a review, in its place. */
@Entity('review_photo')
export class ReviewPhoto {
  @IdColumn({ primary: true }) reviewId!: ReviewId;
  @PrimaryColumn('int') position!: number;
  @IdColumn() photoId!: IdOf<'fil'>;
}

/** How many of each number of stars a product has been given by reviews that are shown. */
@Entity('review_summary')
export class ReviewSummary {
  @IdColumn({ primary: true }) productId!: IdOf<'prd'>;
  @Column('int', { name: 'stars_1' }) stars1!: number;
  @Column('int', { name: 'stars_2' }) stars2!: number;
  @Column('int', { name: 'stars_3' }) stars3!: number;
  @Column('int', { name: 'stars_4' }) stars4!: number;
  @Column('int', { name: 'stars_5' }) stars5!: number;
}

/** A word with which a review waits for a person. */
@Entity('review_word')
export class ReviewWord {
  @PrimaryColumn('varchar', { length: 40 }) word!: string;
  @IdColumn() addedBy!: string;
  @InstantColumn() addedAt!: Date;
}
