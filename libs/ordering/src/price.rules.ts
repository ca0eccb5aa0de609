import type { VariantForSale } from '#libs/catalog';
import { type Fen, sumFen } from '#libs/kernel';
import {
  type CouponInHand,
  type DiscountableLine,
  type Funding,
  type PromotionTerms,
  type RefusedCoupon,
  discountsOf,
  isBySeller,
} from '#libs/promotion';
import { DEFAULT_FREIGHT, type FreightTemplate, freightOf } from './freight.rules.js';
import type { Handover } from './merchant-order.entity.js';
import { type OrderPart, type OrderTotals, type SalePlace, goodsOf, parcelWeights } from './order.rules.js';

/** A line as far as its price depends on it. */
export interface PriceableLine {
  readonly variant: Pick<
    VariantForSale,
    'id' | 'productId' | 'categoryCode' | 'originCountyCode' | 'merchantId' | 'priceFen' | 'netWeightG'
  >;
  readonly place: Pick<SalePlace, 'channelKind' | 'channelPointId' | 'saleCountyCode'>;
  readonly quantity: number;
}

/** What a price depends on besides the lines. */
export interface PriceTerms {
  /** Merchants who have set none send by the default. */
  readonly templates: ReadonlyMap<string, FreightTemplate>;
  /** Null while nobody has said where it goes. */
  readonly provinceCode: string | null;
  readonly handover: Handover;
  /** Of the merchants, that hold now. */
  readonly cuts: readonly PromotionTerms[];
  /** That the buyer wants to use. */
  readonly coupons: readonly CouponInHand[];
}

/** What a line costs, and who pays what of it. */
export interface PricedLine {
  /** What the merchant is paid for: the price less what the merchant takes off. */
  readonly goodsFen: Fen;
  readonly discountFen: Fen;
  /** What others than the buyer pay of it. */
  readonly subsidyFen: Fen;
  readonly fundings: readonly Funding[];
}

export interface PricedPart extends OrderPart {
  readonly weightG: number;
  /** From this amount of goods on the parcel travels free; null never. */
  readonly freeFromFen: Fen | null;
  readonly isServed: boolean;
}

export interface OrderPrice extends OrderTotals {
  readonly parts: readonly PricedPart[];
  /** In the order of the lines. */
  readonly lines: readonly PricedLine[];
  readonly discountFen: Fen;
  readonly refusedCoupons: readonly RefusedCoupon[];
}

/**
 * The pipeline: unit prices, price cuts, coupons of merchants, of the platform, vouchers; then freight per merchant, because each packs a parcel of its
 * own (what is picked up has none), by what the merchant is paid for the goods; then the totals. Freight is the buyer's alone.
 */
export function priceOf(lines: readonly PriceableLine[], terms: PriceTerms): OrderPrice {
  const { fundings, refused } = discountsOf(lines.map(discountable), terms.cuts, terms.coupons);
  const priced = lines.map(({ variant, quantity }, index): PricedLine => {
    const ofLine = fundings[index] ?? [];
    const bySellerFen = sumFen(
      ofLine.filter(({ kind }) => isBySeller(kind)).map(({ amountFen }) => amountFen),
    );
    const allFen = sumFen(ofLine.map(({ amountFen }) => amountFen));
    return {
      goodsFen: goodsOf(variant.priceFen, quantity) - bySellerFen,
      discountFen: bySellerFen,
      subsidyFen: allFen - bySellerFen,
      fundings: ofLine,
    };
  });
  const merchantIds = [...new Set(lines.map(({ variant }) => variant.merchantId))];
  const parts = merchantIds.map((merchantId) => {
    const isOwn = (index: number) => lines[index]?.variant.merchantId === merchantId;
    return partOf(
      merchantId,
      lines.filter((_, index) => isOwn(index)),
      sumFen(priced.filter((_, index) => isOwn(index)).map(({ goodsFen }) => goodsFen)),
      terms,
    );
  });
  const goodsFen = sumFen(parts.map((part) => part.goodsFen));
  const freightFen = sumFen(parts.map((part) => part.freightFen));
  const subsidyFen = sumFen(priced.map((line) => line.subsidyFen));
  return {
    goodsFen,
    subsidyFen,
    freightFen,
    totalFen: goodsFen - subsidyFen + freightFen,
    parts,
    lines: priced,
    discountFen: sumFen(priced.map((line) => line.discountFen)),
    refusedCoupons: refused,
  };
}

/** As promotions see it. */
export function discountable({ variant, place, quantity }: PriceableLine): DiscountableLine {
  const { id, merchantId, productId, categoryCode, originCountyCode } = variant;
  const { channelKind, channelPointId, saleCountyCode } = place;
  return {
    key: `${id} ${channelPointId}`,
    merchantId,
    productId,
    categoryCode,
    originCountyCode,
    saleCountyCode,
    channelKind,
    unitPriceFen: goodsOf(variant.priceFen, 1),
    quantity,
  };
}

function partOf(
  merchantId: string,
  lines: readonly PriceableLine[],
  goodsFen: Fen,
  { templates, provinceCode, handover }: Pick<PriceTerms, 'templates' | 'provinceCode' | 'handover'>,
): PricedPart {
  const template = templates.get(merchantId) ?? DEFAULT_FREIGHT;
  const weightG = parcelWeights(lines).get(merchantId) ?? 0;
  const freightFen = handover === 'PARCEL' ? freightOf(template, { goodsFen, weightG, provinceCode }) : 0n;
  const { freeFromFen } = template;
  return {
    merchantId,
    goodsFen,
    freightFen: freightFen ?? 0n,
    weightG,
    freeFromFen,
    isServed: freightFen !== null,
  };
}

/** What is missing for the parcel to travel free; null where it does, or never will. */
export function missingForFree({ goodsFen, freightFen, freeFromFen }: PricedPart): Fen | null {
  return freightFen === 0n || freeFromFen === null ? null : freeFromFen - goodsFen;
}
