import { Column, Entity } from 'typeorm';
import type { GoodsGrade, ProductId } from '#libs/catalog';
import type { FenText, IdOf, ReturnedField } from '#libs/kernel';
import type { MerchantId } from '#libs/merchant';
import { DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type ListingId = IdOf<'lst'>;

export const LISTING_STATES = ['DRAFT', 'SUBMITTED', 'RETURNED', 'APPROVED', 'WITHDRAWN'] as const;
export type ListingState = (typeof LISTING_STATES)[number];

export const LISTING_ACTS = ['SUBMITTED', 'TAKEN_BACK', 'RETURNED', 'APPROVED', 'WITHDRAWN'] as const;
export type ListingAct = (typeof LISTING_ACTS)[number];

/** What is typed, complete or not: nothing of it is lost. */
export interface ListingContent {
  /** What its prices are compared with; it says to which category it belongs. */
  readonly kindCode: string | null;
  /** Where it is of no kind. */
  readonly categoryCode: string | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly originCountyCode: string | null;
  readonly isPerishable: boolean | null;
  /** First and last month of its season; neither for what is sold all year. */
  readonly seasonFrom: number | null;
  readonly seasonTo: number | null;
  readonly variants: readonly ListingVariant[];
  /** In the order in which they are shown. */
  readonly photoIds: readonly string[];
  /** To whoever reviews it, such as why it costs so much. */
  readonly note: string | null;
}

export interface ListingVariant {
  /** Null for one that is new. */
  readonly variantId: string | null;
  readonly name: string | null;
  readonly grade: GoodsGrade | null;
  readonly netWeightG: number | null;
  readonly priceFen: FenText | null;
}

/** What a merchant wants to offer, or to change of what it offers. */
@Entity('product_listing')
export class ProductListing {
  @IdColumn({ primary: true }) id!: ListingId;
  @IdColumn() merchantId!: MerchantId;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  /** Of new goods null until approved. */
  @IdColumn({ nullable: true }) productId!: ProductId | null;
  /** While it is open: of one product there is one change at a time. */
  @IdColumn({ nullable: true }) openProductId!: ProductId | null;
  @WordColumn() state!: ListingState;
  @Column('json') content!: ListingContent;
  /** What was offered when it was handed in: of it changes what differs from that, and nothing else. Null of new goods, and until handed in. */
  @Column('json', { nullable: true }) base!: ListingContent | null;
  @Column('int') revision!: number;
  /** '' until handed in. */
  @Column('varchar', { length: 120 }) name!: string;
  /** Of whoever sells: whose officials review it. */
  @DivisionColumn() countyCode!: string;
  /** Whether a price of it needed a reviewer's reason when it was handed in. */
  @Column('boolean') isPriceHeld!: boolean;
  @IdColumn() createdBy!: IdOf<'usr'>;
  /** Everybody who has saved it or handed it in: none of them decides. Null of what was begun before this was kept. */
  @Column('json', { nullable: true }) typedBy!: readonly IdOf<'usr'>[] | null;
  /** Null until handed in. */
  @IdColumn({ nullable: true }) submittedBy!: IdOf<'usr'> | null;
  @InstantColumn({ nullable: true }) submittedAt!: Date | null;
  /** Who sent it back or approved it; null before. */
  @IdColumn({ nullable: true }) decidedBy!: IdOf<'usr'> | null;
  @InstantColumn() createdAt!: Date;
  @InstantColumn() updatedAt!: Date;
}

/** What was done with it; never changed. */
@Entity('product_listing_step')
export class ProductListingStep {
  @IdColumn({ primary: true }) id!: IdOf<'lss'>;
  @IdColumn() listingId!: ListingId;
  @WordColumn() act!: ListingAct;
  @IdColumn() actorId!: IdOf<'usr'>;
  @Column('varchar', { length: 500 }) reason!: string;
  @Column('json') fields!: readonly ReturnedField[];
  @InstantColumn() at!: Date;
}
