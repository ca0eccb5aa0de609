import type { Fen } from '#libs/kernel';
import {
  type CouponInHand,
  type CutLines,
  type DiscountableLine,
  type PromotionTerms,
  type RefusedCoupon,
  cutLinesOf,
  discountsOn,
  savedOf,
} from './discount.rules.js';

/** What a coupon of one's own would do for an order by itself. */
export interface CouponChance {
  readonly coupon: CouponInHand;
  /** What it would take off; 0 where it cannot be used. */
  readonly savesFen: Fen;
  readonly refused: RefusedCoupon | null;
}

/** Of the platform's, and of vouchers, those that take off most are tried with each other. */
const TRIED_MAX = 6;

export function chancesOf(
  lines: readonly DiscountableLine[],
  cuts: readonly PromotionTerms[],
  held: readonly CouponInHand[],
): CouponChance[] {
  return chancesOn(cutLinesOf(lines, cuts), held);
}

function chancesOn(lines: CutLines, held: readonly CouponInHand[]): CouponChance[] {
  const byCutsFen = savedOf(lines);
  return held.map((coupon) => {
    const alone = discountsOn(lines, [coupon]);
    return { coupon, savesFen: savedOf(alone) - byCutsFen, refused: alone.refused[0] ?? null };
  });
}

/** Coupons that go together, with what they take off. */
interface Choice {
  readonly chosen: readonly CouponInHand[];
  readonly savesFen: Fen;
}

/** Null where they do not go together. */
type Try = (chosen: readonly CouponInHand[]) => Choice | null;

/**
 * Which of one's coupons to use, `most` of them. With each pair of a platform's coupon and a voucher (or only one, or none) go the best ones of the
 * merchants; where a threshold is then missed, as many as help, the best first. What takes off most wins, and nothing is used in vain. It looks at
 * a few thousand choices at most, whoever holds what: nobody else is served meanwhile.
 */
export function bestChoice(
  lines: readonly DiscountableLine[],
  cuts: readonly PromotionTerms[],
  held: readonly CouponInHand[],
  most: number,
): string[] {
  const cutLines = cutLinesOf(lines, cuts);
  const attempt: Try = (chosen) => {
    if (chosen.length > most) return null;
    const discounts = discountsOn(cutLines, chosen);
    return discounts.refused.length > 0 ? null : { chosen, savesFen: savedOf(discounts) };
  };
  const usable = usableOf(cutLines, held);
  const alone = usable.filter(({ terms }) => terms.isExclusive).slice(0, 1);
  const shared = usable.filter(({ terms }) => !terms.isExclusive);
  const choices = [
    alone.map((coupon) => attempt([coupon])),
    pairsOf(shared).map((pair) => filled(pair, shared, most, attempt)),
  ];
  const best = choices.flat().reduce(better, attempt([]));
  return best
    ? withoutIdle(best, attempt)
        .map(({ couponId }) => couponId)
        .toSorted()
    : [];
}

function better(a: Choice | null, b: Choice | null): Choice | null {
  return b && (!a || b.savesFen > a.savesFen) ? b : a;
}

const ofKind = (coupons: readonly CouponInHand[], kind: PromotionTerms['kind']) =>
  coupons.filter(({ terms }) => terms.kind === kind);

function pairsOf(coupons: readonly CouponInHand[]): CouponInHand[][] {
  const noneOrOne = (kind: PromotionTerms['kind']) => [
    [],
    ...ofKind(coupons, kind)
      .slice(0, TRIED_MAX)
      .map((coupon) => [coupon]),
  ];
  return noneOrOne('PLATFORM_COUPON').flatMap((platform) =>
    noneOrOne('VOUCHER').map((voucher) => [...platform, ...voucher]),
  );
}

/** With the merchants' coupons that help. */
function filled(
  pair: readonly CouponInHand[],
  coupons: readonly CouponInHand[],
  most: number,
  attempt: Try,
): Choice | null {
  const ofMerchants = ofKind(coupons, 'MERCHANT_COUPON');
  const best = firstBy(ofMerchants, ({ terms }) => terms.merchantId).slice(
    0,
    Math.max(0, most - pair.length),
  );
  const whole = attempt([...pair, ...best]);
  if (whole) return whole;
  let choice = attempt(pair);
  for (const coupon of choice ? ofMerchants : [])
    choice = better(choice, attempt([...(choice?.chosen ?? []), coupon]));
  return choice;
}

/** Those that take something off, the most first; of one promotion no two go together, so one of each. */
function usableOf(lines: CutLines, held: readonly CouponInHand[]): CouponInHand[] {
  const usable = chancesOn(lines, held)
    .filter(({ refused, savesFen }) => !refused && savesFen > 0n)
    .toSorted((a, b) => {
      if (a.savesFen !== b.savesFen) return a.savesFen > b.savesFen ? -1 : 1;
      return a.coupon.couponId < b.coupon.couponId ? -1 : 1;
    })
    .map(({ coupon }) => coupon);
  return firstBy(usable, ({ terms }) => terms.id);
}

function firstBy(coupons: readonly CouponInHand[], keyOf: (coupon: CouponInHand) => string): CouponInHand[] {
  const first = new Map<string, CouponInHand>();
  for (const coupon of coupons) if (!first.has(keyOf(coupon))) first.set(keyOf(coupon), coupon);
  return [...first.values()];
}

/** What is taken off without it all the same is kept for another time. */
function withoutIdle({ chosen, savesFen }: Choice, attempt: Try): readonly CouponInHand[] {
  return chosen.reduceRight<readonly CouponInHand[]>((kept, coupon) => {
    const rest = kept.filter((each) => each !== coupon);
    return attempt(rest)?.savesFen === savesFen ? rest : kept;
  }, chosen);
}
