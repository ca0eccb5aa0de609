import fc from 'fast-check';
import { type PickWish, type Pickable, pickFirstExpired } from './pick.rules.js';

const wish = (units: number, more: Partial<PickWish> = {}): PickWish => ({
  routeId: 'r1',
  variantId: 'v1',
  units,
  nextVisitOn: '2026-12-03',
  isOwn: true,
  ...more,
});
const level = (batchId: string, bestBeforeOn: string, free: number): Pickable => ({
  variantId: 'v1',
  batchId,
  bestBeforeOn,
  free,
});
const told = (wishes: readonly PickWish[], levels: readonly Pickable[]) =>
  pickFirstExpired(wishes, levels).map(
    ({ routeId, source, batchId, units }) => `${routeId} ${batchId ?? source} ${units}`,
  );

const [SOON, LATE, GONE] = [
  level('soon', '2026-12-05', 4),
  level('late', '2027-01-01', 9),
  level('gone', '2026-12-02', 9),
];

it.each([
  ['first expired first', [wish(6)], [LATE, SOON], ['r1 soon 4', 'r1 late 2']],
  ['nothing that would have to go at the next visit', [wish(6)], [GONE, SOON], ['r1 soon 4', 'r1 MISSING 2']],
  [
    'one route after the other',
    [wish(3), wish(3, { routeId: 'r2' })],
    [SOON],
    ['r1 soon 3', 'r2 soon 1', 'r2 MISSING 2'],
  ],
  ['of others from whose they are', [wish(3, { isOwn: false })], [SOON], ['r1 OUTSIDE 3']],
  ['of nothing nothing', [wish(2)], [], ['r1 MISSING 2']],
  ['other goods do not help', [wish(2, { variantId: 'v2' })], [SOON], ['r1 MISSING 2']],
])('%s', (_, wishes, levels, expected) => {
  expect(told(wishes, levels)).toEqual(expected);
});

it('picks what is wanted, or says that it is missing, and never more than there is', () => {
  const days = fc.constantFrom('2026-12-01', '2026-12-03', '2026-12-20');
  const levels = fc.array(fc.record({ day: days, free: fc.nat(8) }), { maxLength: 5 });
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }), levels, (units, rows) => {
      const there = rows.map(({ day, free }, index) => level(`b${index}`, day, free));
      const picks = pickFirstExpired(
        units.map((each, index) => wish(each, { routeId: `r${index}` })),
        there,
      );
      const sum = (of: typeof picks) => of.reduce((total, one) => total + one.units, 0);
      for (const [index, each] of units.entries())
        expect(sum(picks.filter(({ routeId }) => routeId === `r${index}`))).toBe(each);
      for (const { batchId, free, bestBeforeOn } of there) {
        const taken = sum(picks.filter((pick) => pick.batchId === batchId));
        expect(taken).toBeLessThanOrEqual(bestBeforeOn < '2026-12-03' ? 0 : free);
      }
    }),
  );
});
