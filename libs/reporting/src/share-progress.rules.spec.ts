import {
  type UnitPurchase,
  completionBps,
  daysLeftIn,
  refuseShareYear,
  sumByKind,
  sumByUnit,
} from './share-progress.rules.js';

const bought = (unitId: string, countsForId: string, buyerKind: string, boughtFen: bigint): UnitPurchase => ({
  unitId,
  countsForId,
  buyerKind,
  boughtFen,
});

const ALL = [
  bought('pru_a', 'pru_a', 'ORGANISATION', 500n),
  bought('pru_a', 'pru_a', 'CONTRACTOR', 70n),
  bought('pru_u', 'pru_a', 'UNION', 30n),
  bought('pru_a', 'pru_a', 'STAFF', -5n),
  bought('pru_a', 'pru_a', 'UNKNOWN', 2n),
  bought('pru_b', 'pru_b', 'UNIT', 9n),
];

it('adds up what counts for each unit, whoever bought it', () => {
  expect([...sumByUnit(ALL)]).toEqual([
    ['pru_a', 597n],
    ['pru_b', 9n],
  ]);
});

it('tells every kind apart and leaves nothing out', () => {
  const kinds = sumByKind(ALL);

  expect(kinds.map(({ kind, boughtFen }) => [kind, boughtFen])).toEqual([
    ['UNIT', 509n],
    ['CONTRACTOR', 70n],
    ['UNION', 30n],
    ['STAFF', -5n],
    ['OTHER', 2n],
  ]);
  expect(kinds.reduce((sum, { boughtFen }) => sum + boughtFen, 0n)).toBe(606n);
});

it.each([
  [2026, '2026-11-26', 36],
  [2026, '2026-12-31', 1],
  [2026, '2027-01-01', 0],
  [2027, '2026-11-26', 365],
  [2028, '2026-11-26', 366],
])('of %d there are left on %s: %d days', (year, today, days) => {
  expect(daysLeftIn(year, today)).toBe(days);
});

it.each([
  [2018, false],
  [2019, true],
  [2027, true],
  [2028, false],
  [-5, false],
])('in 2026 the year %d may be asked for: %s', (year, isAsked) => {
  expect(refuseShareYear(year, '2026-11-26') === null).toBe(isAsked);
});

it.each([
  [0n, 100n, 0],
  [99_999n, 100_000n, 9_999],
  [139n, 105n, 13_238],
  [5n, 0n, null],
  [5n, null, null],
])('%s of %s is %s', (boughtFen, reservedFen, bps) => {
  expect(completionBps(boughtFen, reservedFen)).toBe(bps);
});
