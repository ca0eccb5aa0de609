import type { VariantForSale } from '#libs/catalog';
import { type Fen, sumFen } from '#libs/kernel';
import { DEFAULT_FREIGHT, type FreightTemplate, freightOf } from './freight.rules.js';
import type { Handover } from './merchant-order.entity.js';
import { type OrderPart, type OrderTotals, goodsOf } from './order.rules.js';

/** A line as far as its price depends on it. */
export interface PriceableLine {
  readonly variant: Pick<VariantForSale, 'merchantId' | 'priceFen' | 'netWeightG'>;
  readonly quantity: number;
}

/** What a price depends on besides the lines. */
export interface PriceTerms {
  /** Merchants who have set none send by the default. */
  readonly templates: ReadonlyMap<string, FreightTemplate>;
  /** Null while nobody has said where it goes. */
  readonly provinceCode: string | null;
  readonly handover: Handover;
}

export interface PricedPart extends OrderPart {
  readonly weightG: number;
  /** From this amount of goods on the parcel travels free; null never. */
  readonly freeFromFen: Fen | null;
  readonly isServed: boolean;
}

export interface OrderPrice extends OrderTotals {
  readonly parts: readonly PricedPart[];
}

/** Each merchant packs a parcel of its own, so freight is counted per merchant; what is picked up has none. */
export function priceOf(lines: readonly PriceableLine[], terms: PriceTerms): OrderPrice {
  const merchantIds = [...new Set(lines.map(({ variant }) => variant.merchantId))];
  const parts = merchantIds.map((merchantId) => {
    const ofMerchant = lines.filter(({ variant }) => variant.merchantId === merchantId);
    return partOf(merchantId, ofMerchant, terms);
  });
  const goodsFen = sumFen(parts.map((part) => part.goodsFen));
  const freightFen = sumFen(parts.map((part) => part.freightFen));
  return { goodsFen, freightFen, totalFen: goodsFen + freightFen, parts };
}

function partOf(
  merchantId: string,
  lines: readonly PriceableLine[],
  { templates, provinceCode, handover }: PriceTerms,
): PricedPart {
  const template = templates.get(merchantId) ?? DEFAULT_FREIGHT;
  const goodsFen = sumFen(lines.map(({ variant, quantity }) => goodsOf(variant.priceFen, quantity)));
  const weightG = lines.reduce((sum, { variant, quantity }) => sum + variant.netWeightG * quantity, 0);
  const freightFen = handover === 'PICK_UP' ? 0n : freightOf(template, { goodsFen, weightG, provinceCode });
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
