import { isWithin } from '#libs/division';
import { type Fen, allocate, sumFen } from '#libs/kernel';
import type { ConditionAxis, Promotion, PromotionKind } from './promotion.entity.js';

/** What promotions look at of a line. */
export interface DiscountableLine {
  /** Names the line among the others; ties are decided by it, so that the order of lines is nobody's business. */
  readonly key: string;
  readonly merchantId: string;
  readonly productId: string;
  readonly categoryCode: string;
  readonly originCountyCode: string;
  readonly saleCountyCode: string;
  readonly channelKind: string;
  readonly unitPriceFen: Fen;
  readonly quantity: number;
}

export interface Condition {
  readonly axis: ConditionAxis;
  readonly value: string;
}

/** What a promotion gives, for what. */
export interface PromotionTerms extends Pick<
  Promotion,
  | 'id'
  | 'kind'
  | 'name'
  | 'merchantId'
  | 'divisionCode'
  | 'benefit'
  | 'amountFen'
  | 'percentBps'
  | 'thresholdFen'
  | 'isExclusive'
> {
  readonly conditions: readonly Condition[];
}

/** Why a coupon cannot be used for something. */
export const COUPON_OBSTACLES = [
  'NOT_YET',
  'EXPIRED',
  'ENDED',
  'USED',
  'OTHER_GOODS',
  'BELOW_THRESHOLD',
  'NOT_TOGETHER',
  'FOR_PERSONS',
  'SUSPENDED',
] as const;
export type CouponObstacle = (typeof COUPON_OBSTACLES)[number];

export interface CouponInHand {
  readonly couponId: string;
  readonly terms: PromotionTerms;
  /** What stands in its way whatever is bought; null where nothing does. */
  readonly obstacle: CouponObstacle | null;
}

/** Who pays what of a line, and why. */
export interface Funding {
  readonly promotionId: string;
  /** '' of a price cut. */
  readonly couponId: string;
  readonly kind: PromotionKind;
  readonly name: string;
  /** A merchant's id, PLATFORM, or the code of the division whose finance bureau pays. */
  readonly funder: string;
  readonly amountFen: Fen;
}

export interface RefusedCoupon {
  readonly couponId: string;
  readonly obstacle: CouponObstacle;
  /** Of goods that it is for, until it can be used; 0 where that is not what is missing. */
  readonly missingFen: Fen;
}

export interface Discounts {
  /** By line, in the order of the lines. */
  readonly fundings: readonly (readonly Funding[])[];
  readonly refused: readonly RefusedCoupon[];
}

/** In the order in which they are taken off: what leaves the price lower comes first. */
const COUPON_KINDS = ['MERCHANT_COUPON', 'PLATFORM_COUPON', 'VOUCHER'] as const;
type CouponKind = (typeof COUPON_KINDS)[number];

/** Which kinds go together in one order. Of each kind there is one; of merchants' coupons one per merchant. */
const TOGETHER: Readonly<Record<CouponKind, readonly PromotionKind[]>> = {
  MERCHANT_COUPON: ['MERCHANT_COUPON', 'PLATFORM_COUPON', 'VOUCHER'],
  PLATFORM_COUPON: ['MERCHANT_COUPON', 'VOUCHER'],
  VOUCHER: ['MERCHANT_COUPON', 'PLATFORM_COUPON'],
};

/** What the seller takes off makes the price lower; what others pay does not. */
export function isBySeller(kind: PromotionKind): boolean {
  return kind === 'PRICE_CUT' || kind === 'MERCHANT_COUPON';
}

export function funderOf({
  kind,
  merchantId,
  divisionCode,
}: Pick<PromotionTerms, 'kind' | 'merchantId' | 'divisionCode'>): string {
  if (kind === 'PLATFORM_COUPON') return 'PLATFORM';
  return kind === 'VOUCHER' ? divisionCode : merchantId;
}

function valueOn(line: DiscountableLine, axis: ConditionAxis): string {
  switch (axis) {
    case 'MERCHANT':
      return line.merchantId;
    case 'PRODUCT':
      return line.productId;
    case 'CATEGORY':
      return line.categoryCode;
    case 'ORIGIN':
      return line.originCountyCode;
    case 'SALE_PLACE':
      return line.saleCountyCode;
    case 'CHANNEL':
      return line.channelKind;
  }
}

/** Divisions hold what lies within them; everything else is the same or is not. */
function fits(line: DiscountableLine, axis: ConditionAxis, values: ReadonlySet<string>): boolean {
  const value = valueOn(line, axis);
  return axis === 'ORIGIN' || axis === 'SALE_PLACE' ? isWithin(value, [...values]) : values.has(value);
}

/** Whether a promotion is for goods like these, bought like this. Its conditions are gone through once, however many lines are asked about. */
export function matcherOf({ merchantId, conditions }: PromotionTerms): (line: DiscountableLine) => boolean {
  const axes = new Map<ConditionAxis, Set<string>>();
  for (const { axis, value } of conditions) axes.set(axis, (axes.get(axis) ?? new Set()).add(value));
  return (line) => {
    if (merchantId !== '' && merchantId !== line.merchantId) return false;
    return [...axes].every(([axis, values]) => fits(line, axis, values));
  };
}

function partOf(baseFen: Fen, percentBps: number): Fen {
  return (baseFen * BigInt(percentBps)) / 10_000n;
}

function least(a: Fen, b: Fen): Fen {
  return a < b ? a : b;
}

/** Off the price of a line; per unit, so that two boxes cost twice what one costs. */
function cutOf(
  { benefit, amountFen, percentBps }: PromotionTerms,
  { unitPriceFen, quantity }: DiscountableLine,
): Fen {
  const offFen = benefit === 'PERCENT' ? partOf(unitPriceFen, percentBps) : amountFen;
  return least(offFen, unitPriceFen) * BigInt(quantity);
}

interface Cut {
  readonly terms: PromotionTerms;
  readonly isFor: (line: DiscountableLine) => boolean;
}

/** The one that takes off most; of equals that with the lower id. */
function bestCut(cuts: readonly Cut[], line: DiscountableLine): Funding | null {
  let [best, bestFen]: [PromotionTerms | null, Fen] = [null, 0n];
  for (const { terms, isFor } of cuts) {
    if (!isFor(line)) continue;
    const amountFen = cutOf(terms, line);
    if (amountFen < bestFen || amountFen === 0n) continue;
    if (best && amountFen === bestFen && best.id < terms.id) continue;
    [best, bestFen] = [terms, amountFen];
  }
  return best && fundingOf(best, '', bestFen);
}

function fundingOf(terms: PromotionTerms, couponId: string, amountFen: Fen): Funding {
  const { id: promotionId, kind, name } = terms;
  return { promotionId, couponId, kind, name, funder: funderOf(terms), amountFen };
}

/** Not with one of its own kind (of the same merchant), and not with a kind, or beside one, that goes with no other. */
function isTogether(a: PromotionTerms, b: PromotionTerms): boolean {
  if (a.isExclusive || b.isExclusive) return false;
  if (a.kind === 'PRICE_CUT' || b.kind === 'PRICE_CUT') return true;
  return TOGETHER[a.kind].includes(b.kind) && !(a.kind === b.kind && a.merchantId === b.merchantId);
}

/** Lines less the best price cut of each. */
export interface CutLines {
  readonly fundings: readonly (readonly Funding[])[];
  readonly left: readonly Fen[];
  /** The lines that a promotion is for, in the order of their keys. Looked up once, however many coupons are tried. */
  readonly linesFor: (terms: PromotionTerms) => readonly number[];
}

export function cutLinesOf(lines: readonly DiscountableLine[], cuts: readonly PromotionTerms[]): CutLines {
  const matched = cuts.map((terms) => ({ terms, isFor: matcherOf(terms) }));
  const taken = lines.map((line) => bestCut(matched, line));
  // By key, so that a fen that is left over does not depend on which line was named first.
  const byKey = lines
    .map((line, index) => ({ line, index }))
    .toSorted((a, b) => (a.line.key < b.line.key ? -1 : 1));
  const found = new Map<PromotionTerms, readonly number[]>();
  const linesFor = (terms: PromotionTerms) => {
    const known = found.get(terms);
    if (known) return known;
    const isFor = matcherOf(terms);
    const indexes = byKey.filter(({ line }) => isFor(line)).map(({ index }) => index);
    found.set(terms, indexes);
    return indexes;
  };
  return {
    fundings: taken.map((cut) => (cut ? [cut] : [])),
    left: lines.map(
      ({ unitPriceFen, quantity }, index) =>
        unitPriceFen * BigInt(quantity) - (taken[index]?.amountFen ?? 0n),
    ),
    linesFor,
  };
}

/**
 * What is taken off, in this order: the best price cut of each line, then the merchants' coupons, the platform's, the vouchers; each from what is left
 * then of the goods that it is for, over the lines by largest remainder. Nothing goes below zero, and freight is touched by none.
 */
export function discountsOf(
  lines: readonly DiscountableLine[],
  cuts: readonly PromotionTerms[],
  coupons: readonly CouponInHand[],
): Discounts {
  return discountsOn(cutLinesOf(lines, cuts), coupons);
}

export function discountsOn(lines: CutLines, coupons: readonly CouponInHand[]): Discounts {
  const fundings = lines.fundings.map((ofLine) => [...ofLine]);
  const left = [...lines.left];
  const refused: RefusedCoupon[] = [];
  const used: PromotionTerms[] = [];
  for (const { couponId, terms, obstacle } of inOrder(coupons)) {
    const indexes = lines.linesFor(terms);
    const weights = indexes.map((index) => left[index] ?? 0n);
    const baseFen = sumFen(weights);
    const isAlone = used.every((other) => isTogether(terms, other));
    const found = obstacle ?? (isAlone ? obstacleOf(terms, indexes.length, baseFen) : 'NOT_TOGETHER');
    if (found) {
      const missingFen = found === 'BELOW_THRESHOLD' ? terms.thresholdFen - baseFen : 0n;
      refused.push({ couponId, obstacle: found, missingFen: missingFen > 0n ? missingFen : 0n });
      continue;
    }
    used.push(terms);
    for (const [place, amountFen] of allocate(worthOf(terms, baseFen), weights).entries()) {
      if (amountFen === 0n) continue;
      const index = indexes[place] ?? 0;
      fundings[index]?.push(fundingOf(terms, couponId, amountFen));
      left[index] = (left[index] ?? 0n) - amountFen;
    }
  }
  return { fundings, refused };
}

function obstacleOf(
  { thresholdFen }: PromotionTerms,
  lineCount: number,
  baseFen: Fen,
): CouponObstacle | null {
  if (lineCount === 0) return 'OTHER_GOODS';
  return baseFen === 0n || baseFen < thresholdFen ? 'BELOW_THRESHOLD' : null;
}

function worthOf({ benefit, amountFen, percentBps }: PromotionTerms, baseFen: Fen): Fen {
  const worthFen = benefit === 'PERCENT' ? least(partOf(baseFen, percentBps), amountFen) : amountFen;
  return least(worthFen, baseFen);
}

/** By kind, then by their ids. */
function inOrder(coupons: readonly CouponInHand[]): CouponInHand[] {
  const rank = ({ terms }: CouponInHand) => COUPON_KINDS.findIndex((kind) => kind === terms.kind);
  return coupons.toSorted((a, b) => rank(a) - rank(b) || (a.couponId < b.couponId ? -1 : 1));
}

export function savedOf({ fundings }: Pick<Discounts, 'fundings'>): Fen {
  return sumFen(fundings.flat().map(({ amountFen }) => amountFen));
}
