import fc from 'fast-check';
import {
  type PublicCell,
  SELLERS_MIN,
  isErratumShown,
  isSplitTooSmall,
  isTooSmall,
  suppressed,
} from './public-volume.rules.js';

let seller = 0;
const sellersOf = (count: number) => new Set(Array.from({ length: count }, () => `mer_${(seller += 1)}`));
const cell = (code: string, recognisedFen: bigint, sellers: number): PublicCell => {
  const all = sellersOf(sellers);
  return {
    code,
    recognisedFen,
    certifiedFen: 0n,
    sellers: all,
    certified: new Set(),
    uncertified: all,
  };
};
/** Of so many sellers of certified goods, and so many of others. */
const split = (code: string, certified: number, uncertified: number): PublicCell => {
  const [yes, no] = [sellersOf(certified), sellersOf(uncertified)];
  return {
    code,
    recognisedFen: BigInt(code.codePointAt(0) ?? 0),
    certifiedFen: BigInt(certified),
    sellers: new Set([...yes, ...no]),
    certified: yes,
    uncertified: no,
  };
};
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

  it.each<[string, PublicCell[], string[]]>([
    ['nothing where both parts are large', [split('a', 5, 5), split('b', 6, 7)], []],
    ['nothing where one part is nobody’s', [split('a', 5, 0), split('b', 0, 7)], []],
    [
      'one seller’s certified goods with the smallest other, or the total would tell them',
      [split('a', 9, 9), split('b', 5, 5), split('c', 1, 9)],
      ['a', 'c'],
    ],
    ['the rest of one seller likewise', [split('a', 9, 9), split('b', 5, 5), split('c', 9, 1)], ['a', 'c']],
    [
      'as many as it takes: what is certified in the other is nobody’s',
      [split('a', 0, 9), split('b', 5, 5), split('c', 1, 9)],
      ['a', 'b', 'c'],
    ],
    ['of everything where all of it is small', [split('a', 1, 9), split('b', 1, 9)], ['a', 'b']],
  ])('of what is certified hides %s', (_, cells, expected) => {
    const shown = suppressed(cells);

    expect(shown.filter(({ certifiedFen }) => certifiedFen === null).map(({ code }) => code)).toEqual(
      expected,
    );
    expect(shown.every(({ recognisedFen }) => recognisedFen !== null)).toBe(true);
  });

  it('hides what is certified of what is hidden', () => {
    const shown = suppressed([split('a', 9, 9), split('b', 7, 7), split('c', 0, 1)]);

    expect(
      shown.map(({ recognisedFen, certifiedFen }) => [recognisedFen === null, certifiedFen === null]),
    ).toEqual([
      [true, true],
      [false, false],
      [true, true],
    ]);
  });

  it('counts a seller of several cells once', () => {
    const sellers = new Set(['mer_x', 'mer_y', 'mer_z']);
    const one = { ...cell('a', 1n, 0), sellers };

    expect(isTooSmall([one, { ...one, code: 'b' }])).toBe(true);
  });

  const some = (minLength: number) =>
    fc.uniqueArray(fc.nat({ max: 30 }).map(String), { minLength, maxLength: 12 }).map((ids) => new Set(ids));

  it('never leaves a small cell, or too few behind what is missing, to be worked out', () => {
    const cells = fc.uniqueArray(
      fc.record({
        code: fc.string({ minLength: 1, maxLength: 3 }),
        recognisedFen: fc.bigInt(-1_000n, 1_000n),
        certifiedFen: fc.constant(0n),
        certified: some(0),
        uncertified: some(0),
        sellers: some(1),
      }),
      { selector: ({ code }) => code, maxLength: 12 },
    );
    fc.assert(
      fc.property(cells, (drawn) => {
        const shown = suppressed(drawn);
        const unsplit = drawn.filter((_, index) => shown[index]?.certifiedFen === null);
        for (const each of drawn) if (isSplitTooSmall([each])) expect(unsplit).toContain(each);
        if (unsplit.length > 0 && unsplit.length < drawn.length) {
          expect(unsplit.length).toBeGreaterThan(1);
          expect(isSplitTooSmall(unsplit)).toBe(false);
        }
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

  expect(isErratumShown('RECOGNISED', division, cells, isTotalShown)).toBe(expected);
  expect(isErratumShown('CERTIFIED', '430100', cells, isTotalShown)).toBe(true);
  const unsplit = cells.map((each) => ({ ...each, certifiedFen: null }));
  expect(isErratumShown('CERTIFIED', '430100', unsplit, isTotalShown)).toBe(false);
  expect(isErratumShown('RECOGNISED', '430100', unsplit, isTotalShown)).toBe(true);
});
