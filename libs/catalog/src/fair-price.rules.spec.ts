import fc from 'fast-check';
import { type Reference, type ReferenceRow, fairPriceOf, isHeld, referenceFor } from './fair-price.rules.js';

const reference = (jinPriceFen: bigint): Reference => ({
  jinPriceFen,
  source: '县价格监测',
  monthFrom: '2026-01',
  monthTo: '2026-12',
});

describe('fairPriceOf', () => {
  it.each([
    // usual per 500 g, price, grams, level, basis points above
    [1_000n, 1_000n, 500, 'WITHIN', 0],
    [1_000n, 1_150n, 500, 'WITHIN', 1_500], // Exactly 15 percent is no warning,
    [1_000n, 1_151n, 500, 'WARNED', 1_510], // one fen more is.
    [1_000n, 1_300n, 500, 'WARNED', 3_000], // Exactly 30 percent is no hold,
    [1_000n, 1_301n, 500, 'HELD', 3_010], // one fen more is.
    [1_000n, 1n, 500, 'WITHIN', -9_990], // What is cheap is never stopped.
    [1_760n, 10_120n, 2_500, 'WITHIN', 1_500], // A box of 2.5 kg by its weight.
    [1_760n, 10_121n, 2_500, 'WARNED', 1_501],
    [1_760n, 11_440n, 2_500, 'WARNED', 3_000],
    [1_760n, 11_441n, 2_500, 'HELD', 3_001],
    // 333 g at 7.01 for 500 g: 6.0692 is 30 percent above, which no price of whole fen is.
    [701n, 606n, 333, 'WARNED', 2_980],
    [701n, 607n, 333, 'HELD', 3_001],
    [1n, 10_000_000_000n, 1, 'HELD', 1_000_000], // No number that would not fit.
    [3n, 1n, 1_000, 'WITHIN', -8_334],
  ] as const)('%s for 500 g, %s for %s g', (usual, priceFen, netWeightG, level, bps) => {
    expect(fairPriceOf({ priceFen, netWeightG }, reference(usual))).toMatchObject({
      level,
      deviationBps: bps,
    });
  });

  it('says nothing where nobody knows what it costs', () => {
    expect(fairPriceOf({ priceFen: 999_999n, netWeightG: 500 }, null)).toEqual({
      level: 'UNKNOWN',
      jinPriceFen: 999_999n,
      reference: null,
      deviationBps: null,
      unwarnedMaxFen: null,
      unheldMaxFen: null,
    });
  });

  it('names the most that may be asked, and means it', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 1_000_000n), fc.integer({ min: 1, max: 1_000_000 }), (usual, netWeightG) => {
        const levelAt = (priceFen: bigint) => fairPriceOf({ priceFen, netWeightG }, reference(usual)).level;
        const { unwarnedMaxFen, unheldMaxFen } = fairPriceOf({ priceFen: 1n, netWeightG }, reference(usual));

        expect(levelAt(unwarnedMaxFen ?? 0n)).toBe('WITHIN');
        expect(levelAt((unwarnedMaxFen ?? 0n) + 1n)).not.toBe('WITHIN');
        expect(levelAt(unheldMaxFen ?? 0n)).not.toBe('HELD');
        expect(levelAt((unheldMaxFen ?? 0n) + 1n)).toBe('HELD');
      }),
      { numRuns: 50 },
    );
  });
});

it.each([
  ['new goods', null, 1_400n, 500, true],
  ['dearer than it is', [1_350n, 500], 1_400n, 500, true],
  ['what it costs already', [1_400n, 500], 1_400n, 500, false],
  ['cheaper than it is, and still dear', [1_400n, 500], 1_390n, 500, false],
  ['as dear by weight in a larger box', [1_400n, 500], 2_800n, 1_000, false],
  ['dearer by weight in a smaller box', [1_400n, 500], 1_399n, 499, true],
  ['within the band', [900n, 500], 1_300n, 500, false],
] as const)('who asks for %s', (_, live, priceFen, netWeightG, expected) => {
  const asked = { priceFen, netWeightG };
  const before = live && { priceFen: live[0], netWeightG: live[1] };

  expect(isHeld(fairPriceOf(asked, reference(1_000n)), before, asked)).toBe(expected);
});

describe('referenceFor', () => {
  const row = (jinPriceFen: bigint, grade: ReferenceRow['grade'], monthFrom: string, monthTo: string) => ({
    jinPriceFen,
    grade,
    source: '',
    monthFrom,
    monthTo,
  });
  // Newest first.
  const rows = [
    row(5n, 'FIRST', '2026-07', '2026-08'),
    row(4n, 'FIRST', '2026-01', '2026-12'),
    row(3n, 'EXTRA', '2026-01', '2026-12'),
    row(2n, 'SECOND', '2025-11', '2026-02'),
    row(1n, 'SECOND', '2025-11', '2025-11'),
  ];

  it.each([
    ['FIRST', '2026-08', 5n], // What was recorded last holds,
    ['FIRST', '2026-09', 4n], // for the months that it names.
    ['EXTRA', '2026-08', 3n],
    ['SECOND', '2026-01', 2n], // Over the new year.
    ['SECOND', '2026-11', 2n], // The same month of last year.
    ['SECOND', '2026-03', null],
    ['SECOND', '2027-11', null], // Two years ago is no comparison.
    ['FIRST', '2027-07', 5n],
    ['UNGRADED', '2026-08', null],
  ] as const)('%s in %s', (grade, month, expected) => {
    expect(referenceFor(rows, grade, month)?.jinPriceFen ?? null).toBe(expected);
  });
});
