import { type Fen, type FenText, fen } from '#libs/kernel';

export const CART_LINE_CHANGES = [
  'PRICE_ROSE',
  'PRICE_FELL',
  'OFF_SALE',
  'PLACE_CLOSED',
  'SOLD_OUT',
  'FEWER_LEFT',
  'BEST_BEFORE_SOONER',
] as const;
export type CartLineChange = (typeof CART_LINE_CHANGES)[number];

/** What the buyer saw when they last said how many; null on lines older than the columns. */
export interface SeenOffer {
  readonly unitPriceFen: FenText | null;
  readonly bestBeforeOn: string | null;
}

export interface OfferNow {
  readonly unitPriceFen: Fen;
  readonly isOnSale: boolean;
  readonly isPlaceOpen: boolean;
  /** Of the variant, in all lines of the cart. */
  readonly wanted: number;
  readonly available: number;
  /** Of what would be sent first; null for what does not perish, and where nothing is left. */
  readonly bestBeforeOn: string | null;
}

function priceChange(seen: FenText | null, now: Fen): CartLineChange[] {
  if (seen === null || fen(seen) === now) return [];
  return fen(seen) < now ? ['PRICE_ROSE'] : ['PRICE_FELL'];
}

function stockChange({ wanted, available }: OfferNow): CartLineChange[] {
  if (available === 0) return ['SOLD_OUT'];
  return available < wanted ? ['FEWER_LEFT'] : [];
}

/** What is no longer as the buyer saw it, or keeps the line from being bought. Of what is not sold, nothing else matters. */
export function changesOf(seen: SeenOffer, now: OfferNow): CartLineChange[] {
  if (!now.isOnSale) return ['OFF_SALE'];
  const isSooner =
    now.bestBeforeOn !== null && seen.bestBeforeOn !== null && now.bestBeforeOn < seen.bestBeforeOn;
  return [
    ...priceChange(seen.unitPriceFen, now.unitPriceFen),
    ...(now.isPlaceOpen ? [] : (['PLACE_CLOSED'] as const)),
    ...stockChange(now),
    ...(isSooner ? (['BEST_BEFORE_SOONER'] as const) : []),
  ];
}
