import { type Fen, type FenText, assert, fen } from '#libs/kernel';

const UNIT_G = 500n;

/**
 * What 500 g of it cost, as shelf labels must say (1 jin), in whole fen: half a fen and more counts up.
 * For comparison only; nobody pays it.
 */
export function pricePer500g(priceFen: Fen, netWeightG: number): Fen {
  assert(netWeightG > 0, 'goods weigh something');
  const weight = BigInt(netWeightG);
  return (priceFen * UNIT_G * 2n + weight) / (weight * 2n);
}

export interface PricedVariant {
  readonly priceFen: Fen | FenText;
  readonly netWeightG: number;
}

/** What lists of products compare by. */
export interface PriceSummary {
  readonly priceFromFen: Fen;
  readonly jinPriceFromFen: Fen;
}

const least = (amounts: readonly Fen[]) => amounts.reduce((a, b) => (b < a ? b : a));

/** The cheapest variant, and the one that is cheapest by weight; null of nothing. */
export function priceSummaryOf(variants: readonly PricedVariant[]): PriceSummary | null {
  if (variants.length === 0) return null;
  return {
    priceFromFen: least(variants.map(({ priceFen }) => fen(priceFen))),
    jinPriceFromFen: least(
      variants.map(({ priceFen, netWeightG }) => pricePer500g(fen(priceFen), netWeightG)),
    ),
  };
}
