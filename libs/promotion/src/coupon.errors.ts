import { DomainError, type Fen, type Message, yuanText } from '#libs/kernel';
import type { CouponObstacle } from './discount.rules.js';

/** Nothing is left of the budget, or claiming has not begun or is over. */
export class CouponsGoneError extends DomainError {
  readonly code = 'COUPONS_GONE';
  readonly message = {
    zh: '券已领完或不在领取时间内',
    en: 'These coupons are all claimed, or it is not the time to claim them.',
  };
}

/** One person has as many as one person may have. */
export class CouponLimitError extends DomainError {
  readonly code = 'COUPON_LIMIT';
  readonly message;

  constructor(readonly personMax: number) {
    super();
    this.message = {
      zh: `每人限领 ${personMax} 张，您已领满`,
      en: `One person may claim ${personMax}, and you have.`,
    };
  }
}

/** The merchant whose money it is sells nothing at this moment. */
export class CouponSellerSuspendedError extends DomainError {
  readonly code = 'COUPON_SELLER_SUSPENDED';
  readonly message = {
    zh: '发券商家已被暂停销售，暂不能领取',
    en: 'The merchant whose coupon it is may not sell at present; nobody can claim it now.',
  };
}

/** The key has claimed a coupon of another promotion. */
export class CouponKeyUsedError extends DomainError {
  readonly code = 'COUPON_KEY_USED';
  readonly message = {
    zh: '该请求编号已用于领取另一种券',
    en: 'This idempotency key has claimed another coupon.',
  };
}

const SAYINGS: Record<CouponObstacle, Message> = {
  NOT_YET: { zh: '该券尚未到使用时间', en: 'It is too early to use this coupon.' },
  EXPIRED: { zh: '该券已过期', en: 'This coupon has expired.' },
  ENDED: { zh: '该活动已结束', en: 'This promotion has ended.' },
  USED: { zh: '该券已使用', en: 'This coupon has been used.' },
  OTHER_GOODS: { zh: '该券不适用于这些商品', en: 'This coupon is not for these goods.' },
  BELOW_THRESHOLD: { zh: '未达到该券的使用门槛', en: 'The goods are below the threshold of this coupon.' },
  NOT_TOGETHER: { zh: '该券不能与其他券同时使用', en: 'This coupon does not go together with the others.' },
  SUSPENDED: { zh: '发券商家暂时不能销售', en: 'The merchant whose coupon it is may not sell at present.' },
  FOR_PERSONS: {
    zh: '单位采购不能使用个人的券',
    en: 'What is bought for a unit is not paid with a person’s coupons.',
  },
};

/** A coupon cannot be used for this order; nothing is bought. */
export class CouponNotUsableError extends DomainError {
  readonly code = 'COUPON_NOT_USABLE';
  readonly message: Message;

  constructor(
    readonly couponId: string,
    readonly obstacle: CouponObstacle,
    /** Of goods that it is for, until it can be used. */
    readonly missingFen: Fen,
  ) {
    super();
    const { zh, en } = SAYINGS[obstacle];
    this.message =
      missingFen === 0n
        ? { zh, en }
        : { zh: `${zh}，还差 ${yuanText(missingFen)}`, en: `${en} Add goods for ${yuanText(missingFen)}.` };
  }
}
