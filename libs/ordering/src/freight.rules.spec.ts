import { freightOf } from './freight.rules.js';

describe('freightOf', () => {
  it.each([
    // goods    freight
    [1n, 800n],
    [9_899n, 800n],
    [9_900n, 0n],
    [9_901n, 0n],
  ])('%s fen of goods travel for %s fen', (goodsFen, expected) => {
    expect(freightOf(goodsFen)).toBe(expected);
  });
});
