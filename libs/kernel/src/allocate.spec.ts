import fc from 'fast-check';
import { allocate } from './allocate.js';
import { sumFen } from './fen.js';

/** R-A of the settlement cases, in basis points: cooperative, household, platform, operator, fund. */
const RULE = [7_000n, 2_000n, 500n, 300n, 200n];

it.each([
  ['A1', 10_000n, RULE, [7_000n, 2_000n, 500n, 300n, 200n]],
  ['A3', 10_001n, RULE, [7_001n, 2_000n, 500n, 300n, 200n]],
  ['A4', 1n, RULE, [1n, 0n, 0n, 0n, 0n]],
  ['A4', 2n, RULE, [2n, 0n, 0n, 0n, 0n]],
  ['A4', 3n, RULE, [2n, 1n, 0n, 0n, 0n]],
  ['A6', 6n, RULE, [4n, 1n, 1n, 0n, 0n]],
  ['A6', 7n, RULE, [5n, 2n, 0n, 0n, 0n]],
  ['A7', 12_345n, RULE, [8_642n, 2_469n, 617n, 370n, 247n]],
  ['A7', 8_888n, RULE, [6_222n, 1_777n, 444n, 267n, 178n]],
  ['A7', 1_999n, RULE, [1_399n, 400n, 100n, 60n, 40n]],
  ['A11', 1n, [5_000n, 5_000n], [1n, 0n]],
  ['A11', 3n, [2_500n, 2_500n, 2_500n, 2_500n], [1n, 1n, 1n, 0n]],
  ['A12', 100n, [1n, 1n, 1n], [34n, 33n, 33n]],
  ['A12', 5n, [1n, 1n, 1n], [2n, 2n, 1n]],
  ['A12', 10n, [0n, 1n, 1n, 1n], [0n, 4n, 3n, 3n]],
  [
    'A14',
    999_999_999_999n,
    RULE,
    [699_999_999_999n, 200_000_000_000n, 50_000_000_000n, 30_000_000_000n, 20_000_000_000n],
  ],
  [
    'A14',
    9_007_199_254_740_993n,
    RULE,
    [
      6_305_039_478_318_695n,
      1_801_439_850_948_198n,
      450_359_962_737_050n,
      270_215_977_642_230n,
      180_143_985_094_820n,
    ],
  ],
  ['nothing to share', 0n, [0n, 0n], [0n, 0n]],
])('%s: %p over %p', (_, total, weights, shares) => {
  expect(allocate(total, weights)).toEqual(shares);
});

const totals = fc.bigInt({ min: 0n, max: 10n ** 18n });
const weights = fc.array(fc.bigInt({ min: 0n, max: 1_000_000n }), { minLength: 1, maxLength: 20 });
const sharing = fc.tuple(totals, weights).filter(([, all]) => all.some((weight) => weight > 0n));

describe('whatever is shared', () => {
  it('adds up to the whole again', () => {
    fc.assert(fc.property(sharing, ([total, all]) => sumFen(allocate(total, all)) === total));
  });

  it('gives each within one fen of the exact share, and never less than its whole part', () => {
    fc.assert(
      fc.property(sharing, ([total, all]) => {
        const sum = all.reduce((a, b) => a + b, 0n);
        return allocate(total, all).every((share, index) => {
          const whole = (total * (all[index] ?? 0n)) / sum;
          return share === whole || share === whole + 1n;
        });
      }),
    );
  });

  it('gives nothing to whoever has no weight', () => {
    fc.assert(
      fc.property(sharing, ([total, all]) =>
        allocate(total, all).every((share, index) => all[index] !== 0n || share === 0n),
      ),
    );
  });

  it('is the same for weights that are the same in proportion', () => {
    fc.assert(
      fc.property(sharing, fc.bigInt({ min: 1n, max: 1_000n }), ([total, all], factor) => {
        expect(
          allocate(
            total,
            all.map((weight) => weight * factor),
          ),
        ).toEqual(allocate(total, all));
      }),
    );
  });

  it('gives equals amounts that differ by at most a fen, the earlier first', () => {
    fc.assert(
      fc.property(totals, fc.integer({ min: 1, max: 50 }), (total, count) => {
        const shares = allocate(
          total,
          Array.from({ length: count }, () => 7n),
        );
        expect(shares.toSorted((a, b) => (a > b ? -1 : a < b ? 1 : 0))).toEqual(shares);
        expect((shares[0] ?? 0n) - (shares.at(-1) ?? 0n) <= 1n).toBe(true);
      }),
    );
  });
});

it.each([
  ['a negative total', -1n, [1n]],
  ['a negative weight', 1n, [2n, -1n]],
  ['nobody to take it', 1n, [0n, 0n]],
  ['nobody at all', 1n, []],
])('throws for %s', (_, total, all) => {
  expect(() => allocate(total, all)).toThrow(/^Assertion failed/);
});
