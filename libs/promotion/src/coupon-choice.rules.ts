import type { Fen } from '#libs/kernel';
import {
  type CouponInHand,
  type DiscountableLine,
  type PromotionTerms,
  type RefusedCoupon,
  discountsOf,
  savedOf,
} from './discount.rules.js';

/** What a coupon of one's own would do for an order by itself. */
export interface CouponChance {
  readonly coupon: CouponInHand;
  /** What it would take off; 0 where it cannot be used. */
  readonly savesFen: Fen;
  readonly refused: RefusedCoupon | null;
}

export function chancesOf(
  lines: readonly DiscountableLine[],
  cuts: readonly PromotionTerms[],
  held: readonly CouponInHand[],
): CouponChance[] {
  const byCutsFen = savedOf(discountsOf(lines, cuts, []));
  return held.map((coupon) => {
    const alone = discountsOf(lines, cuts, [coupon]);
    return { coupon, savesFen: savedOf(alone) - byCutsFen, refused: alone.refused[0] ?? null };
  });
}

/**
 * Which of one's coupons to use. Starting from every single one (and from none), the one that helps most is added until none helps any more; the
 * best of these wins, and of equals the one with fewer coupons. With the handful that goes together this is the best there is but for thresholds
 * that another coupon takes away.
 */
export function bestChoice(
  lines: readonly DiscountableLine[],
  cuts: readonly PromotionTerms[],
  held: readonly CouponInHand[],
): string[] {
  const usable = chancesOf(lines, cuts, held)
    .filter(({ refused, savesFen }) => !refused && savesFen > 0n)
    .map(({ coupon }) => coupon)
    .toSorted((a, b) => (a.couponId < b.couponId ? -1 : 1));
  const worthOf = (chosen: readonly CouponInHand[]): Fen => {
    const discounts = discountsOf(lines, cuts, chosen);
    return discounts.refused.length > 0 ? -1n : savedOf(discounts);
  };
  let best: readonly CouponInHand[] = [];
  for (const first of usable) {
    let chosen: readonly CouponInHand[] = [first];
    for (;;) {
      const wider = usable
        .filter((coupon) => !chosen.includes(coupon))
        .map((coupon) => [...chosen, coupon])
        .reduce<readonly CouponInHand[]>((a, b) => (worthOf(b) > worthOf(a) ? b : a), chosen);
      if (wider === chosen) break;
      chosen = wider;
    }
    if (worthOf(chosen) > worthOf(best)) best = chosen;
  }
  return best.map(({ couponId }) => couponId).toSorted();
}
