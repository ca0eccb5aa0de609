import { InvalidInputError } from '#libs/kernel';
import { type CountySum, bpsOf, isDependent, isPublic, refuseDays, shownOf } from './insight.rules.js';

const county = (countyCode: string, soldFen: bigint, buyerCount: number): CountySum => ({
  countyCode,
  soldFen,
  buyerCount,
});

it.each<[string, CountySum[], string[], bigint | null]>([
  ['nothing', [], [], null],
  ['many buyers everywhere', [county('a', 100n, 5), county('b', 300n, 9)], ['b', 'a'], null],
  [
    'two small ones, which are many together',
    [county('a', 100n, 3), county('b', 300n, 9), county('c', 50n, 2)],
    ['b'],
    150n,
  ],
  [
    'one small one: the smallest that is shown goes with it',
    [county('a', 100n, 1), county('b', 300n, 9), county('c', 200n, 7)],
    ['b'],
    300n,
  ],
  [
    'two small ones of too few people together',
    [county('a', 100n, 1), county('b', 300n, 9), county('c', 50n, 1)],
    [],
    450n,
  ],
  ['a small one alone', [county('a', 100n, 1)], [], 100n],
  ['where nobody knows', [county('', 100n, 9), county('b', 300n, 9)], [], 400n],
])('shows of %s what says nothing of anybody', (_what, counties, shown, othersFen) => {
  const answer = shownOf(counties);
  expect(answer.shown.map(({ countyCode }) => countyCode)).toEqual(shown);
  expect(answer.othersFen).toBe(othersFen);
});

it.each([
  [0n, 0n, null, false],
  [70n, 100n, 7_000, false],
  [71n, 100n, 7_100, true],
  [1n, 3n, 3_333, false],
])('%d of %d is %s, and dependent: %s', (part, whole, bps, dependent) => {
  expect(bpsOf(part, whole)).toBe(bps);
  expect(isDependent(bps)).toBe(dependent);
});

it.each([
  ['CONSUMER', false],
  ['ORGANISATION', true],
  ['CONTRACTOR', true],
  ['UNION', true],
  ['UNKNOWN', false],
])('%s buys for the public: %s', (kind, expected) => {
  expect(isPublic(kind)).toBe(expected);
});

it.each([
  ['2026-01-01', '2026-12-31', true],
  ['2026-01-01', '2027-01-02', false],
  ['2026-01-02', '2026-01-01', false],
])('from %s to %s is asked: %s', (from, to, expected) => {
  expect(refuseDays({ from, to }) instanceof InvalidInputError).toBe(!expected);
});
