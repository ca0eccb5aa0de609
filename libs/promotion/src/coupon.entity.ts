import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { PromotionId } from './promotion.entity.js';

export type CouponId = IdOf<'cpn'>;

export const COUPON_STATES = ['CLAIMED', 'USED', 'EXPIRED'] as const;
export type CouponState = (typeof COUPON_STATES)[number];

/** One person's coupon or voucher. It belongs to nobody else and is used by one order. */
@Entity('coupon')
export class Coupon {
  @IdColumn({ primary: true }) id!: CouponId;
  @IdColumn() promotionId!: PromotionId;
  @IdColumn() holderId!: IdOf<'usr'>;
  /** The how manieth of this person: no two have the same. */
  @Column('int') claimNo!: number;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @WordColumn() state!: CouponState;
  @InstantColumn() claimedAt!: Date;
  @IdColumn({ nullable: true }) orderId!: IdOf<'ord'> | null;
  @FenColumn() usedFen!: Fen;
  /** Of it, what refunds gave back to the budget. */
  @FenColumn() returnedFen!: Fen;
  @InstantColumn({ nullable: true }) usedAt!: Date | null;
}

/** What a refund gave back of one coupon; once. */
@Entity('coupon_return')
export class CouponReturn {
  @IdColumn({ primary: true }) refundId!: string;
  @IdColumn({ primary: true }) couponId!: CouponId;
  @FenColumn() amountFen!: Fen;
  @InstantColumn() at!: Date;
}
