import { pricePer500g } from './price.rules.js';

describe('pricePer500g', () => {
  it.each([
    // price   grams   per 500 g
    [8_800n, 2_500, 1_760n],
    [8_800n, 500, 8_800n],
    [100n, 1, 50_000n],
    [1n, 1_000, 1n], // Half a fen counts up.
    [1n, 1_001, 0n],
    [3n, 1_000, 2n],
    [9_999n, 750, 6_666n],
    [9_007_199_254_740_993n, 500, 9_007_199_254_740_993n],
  ])('%s fen for %s g is %s fen', (priceFen, netWeightG, expected) => {
    expect(pricePer500g(priceFen, netWeightG)).toBe(expected);
  });

  it('is not asked of goods without weight', () => {
    expect(() => pricePer500g(100n, 0)).toThrow('goods weigh something');
  });
});
