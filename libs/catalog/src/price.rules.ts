import { type Fen, assert } from '#libs/kernel';

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
