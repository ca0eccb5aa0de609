import fc from 'fast-check';
import {
  type PublicCell,
  SELLERS_MIN,
  isErratumShown,
  isTooSmall,
  suppressed,
} from './public-volume.rules.js';

let seller = 0;
const cell = (code: string, recognisedFen: bigint, sellers: number): PublicCell => ({
  code,
  recognisedFen,
  certifiedFen: 0n,
  sellers: new Set(Array.from({ length: sellers }, () => `mer_${(seller += 1)}`)),
});
const hiddenOf = (cells: readonly PublicCell[]) =>
  suppressed(cells)
    .filter(({ recognisedFen }) => recognisedFen === null)
    .map(({ code }) => code);

describe('suppressing small cells', () => {
  it.each<[string, PublicCell[], string[]]>([
    ['nothing where all are large', [cell('a', 9n, 5), cell('b', 3n, 6)], []],
    [
      'a small one with the smallest other, or the total would tell it',
      [cell('a', 9n, 5), cell('b', 3n, 6), cell('c', 1n, 1)],
      ['b', 'c'],
    ],
    [
      'two small ones with another, if five sellers are not behind them',
      [cell('a', 9n, 5), cell('b', 2n, 2), cell('c', 1n, 1)],
      ['a', 'b', 'c'],
    ],
    ['two small ones alone, if five are', [cell('a', 9n, 5), cell('b', 2n, 4), cell('c', 1n, 1)], ['b', 'c']],
    ['everything where all are small', [cell('a', 9n, 1)], ['a']],
    ['a negative one like any other', [cell('a', -9n, 5), cell('b', 3n, 6), cell('c', 1n, 1)], ['a', 'c']],
  ])('hides %s', (_, cells, expected) => {
    expect(hiddenOf(cells)).toEqual(expected);
  });

  it('counts a seller of several cells once', () => {
    const one = {
      code: 'a',
      recognisedFen: 1n,
      certifiedFen: 0n,
      sellers: new Set(['mer_x', 'mer_y', 'mer_z']),
    };

    expect(isTooSmall([one, { ...one, code: 'b' }])).toBe(true);
  });

  it('never leaves a small cell, or too few behind what is missing, to be worked out', () => {
    const cells = fc.uniqueArray(
      fc.record({
        code: fc.string({ minLength: 1, maxLength: 3 }),
        recognisedFen: fc.bigInt(-1_000n, 1_000n),
        certifiedFen: fc.constant(0n),
        sellers: fc
          .uniqueArray(fc.nat({ max: 30 }).map(String), { minLength: 1, maxLength: 12 })
          .map((ids) => new Set(ids)),
      }),
      { selector: ({ code }) => code, maxLength: 12 },
    );
    fc.assert(
      fc.property(cells, (drawn) => {
        const hidden = new Set(hiddenOf(drawn));
        const missing = drawn.filter(({ code }) => hidden.has(code));
        for (const each of drawn)
          if (each.sellers.size < SELLERS_MIN) expect(hidden.has(each.code)).toBe(true);
        if (missing.length === 0 || missing.length === drawn.length) return;
        expect(missing.length).toBeGreaterThan(1);
        expect(isTooSmall(missing)).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });
});

it.each<[string, string, boolean, boolean]>([
  ['a county that is shown', '430225', true, true],
  ['a county that is suppressed', '430224', true, false],
  ['a county that had sold nothing', '430223', true, false],
  ['a city with a suppressed county', '430200', true, false],
  ['the whole, which is shown', '', true, true],
  ['the whole, which is not', '', false, false],
])('a notice about %s', (_, division, isTotalShown, expected) => {
  const shown = (code: string, recognisedFen: bigint | null) => ({
    code,
    recognisedFen,
    certifiedFen: recognisedFen,
  });
  const cells = [shown('430224', null), shown('430225', 9n), shown('430121', 5n)];

  expect(isErratumShown(division, cells, isTotalShown)).toBe(expected);
  expect(isErratumShown('430100', cells, isTotalShown)).toBe(true);
});
