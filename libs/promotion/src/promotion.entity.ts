import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { DivisionColumn, FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type PromotionId = IdOf<'pmo'>;

/**
 * PRICE_CUT: off the price of whoever buys; nobody claims it. The others are claimed and used once: the merchant's coupon, the platform's, and
 * a consumption voucher (消费券) of a division's finance bureau.
 */
export const PROMOTION_KINDS = ['PRICE_CUT', 'MERCHANT_COUPON', 'PLATFORM_COUPON', 'VOUCHER'] as const;
export type PromotionKind = (typeof PROMOTION_KINDS)[number];

export const PROMOTION_STATES = ['PROPOSED', 'PUBLISHED', 'REJECTED', 'WITHDRAWN', 'ENDED'] as const;
export type PromotionState = (typeof PROMOTION_STATES)[number];

/** AMOUNT: so much off. PERCENT: a part of the goods off, at most the amount. */
export const PROMOTION_BENEFITS = ['AMOUNT', 'PERCENT'] as const;
export type PromotionBenefit = (typeof PROMOTION_BENEFITS)[number];

/** What goods may have to be, or through what they have to be bought. Of one axis any value will do, of every axis one. */
export const CONDITION_AXES = ['MERCHANT', 'PRODUCT', 'CATEGORY', 'ORIGIN', 'SALE_PLACE', 'CHANNEL'] as const;
export type ConditionAxis = (typeof CONDITION_AXES)[number];

/** Money that somebody gives for goods of others, or of their own, under conditions. What was agreed to is never changed. */
@Entity('promotion')
export class Promotion {
  @IdColumn({ primary: true }) id!: PromotionId;
  @WordColumn() kind!: PromotionKind;
  @Column('varchar', { length: 60 }) name!: string;
  /** Whose goods and whose money; '' unless it is a merchant's. */
  @IdColumn() merchantId!: IdOf<'mer'> | '';
  /** Whose finance bureau pays; '' unless it is a voucher. */
  @DivisionColumn() divisionCode!: string;
  @WordColumn() state!: PromotionState;
  @WordColumn() benefit!: PromotionBenefit;
  /** Of one coupon, at most; of a price cut, per unit, and 0 where it is a percentage. */
  @FenColumn() amountFen!: Fen;
  /** 0 where it is an amount. */
  @Column('int') percentBps!: number;
  @FenColumn() thresholdFen!: Fen;
  /** Null where nobody claims it. */
  @FenColumn({ nullable: true }) budgetFen!: Fen | null;
  /** What claimed coupons may still cost, and what used ones have cost. */
  @FenColumn() claimedFen!: Fen;
  /** What used coupons have cost, less what came back. */
  @FenColumn() spentFen!: Fen;
  /** How many coupons one person may claim. */
  @Column('int') personMax!: number;
  /** Goes together with no other coupon. */
  @Column('boolean') isExclusive!: boolean;
  @InstantColumn() claimFrom!: Date;
  @InstantColumn() claimUntil!: Date;
  @InstantColumn() validFrom!: Date;
  @InstantColumn() validUntil!: Date;
  /** Null where whose money it is decides alone. */
  @IdColumn({ nullable: true }) approvalRequestId!: IdOf<'apr'> | null;
  @IdColumn() createdBy!: IdOf<'usr'>;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @InstantColumn() createdAt!: Date;
  @InstantColumn({ nullable: true }) decidedAt!: Date | null;
}

@Entity('promotion_condition')
export class PromotionCondition {
  @IdColumn({ primary: true }) promotionId!: PromotionId;
  @WordColumn({ primary: true }) axis!: ConditionAxis;
  @IdColumn({ primary: true }) value!: string;
}
