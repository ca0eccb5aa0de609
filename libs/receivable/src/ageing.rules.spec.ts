import { ageingDays, bucketOf, scoreOf } from './ageing.rules.js';

describe('ageing', () => {
  it.each([
    ['2027-01-01', 'notDueFen'],
    ['2026-12-31', 'notDueFen'],
    ['2026-12-30', 'days1To30Fen'],
    ['2026-12-01', 'days1To30Fen'],
    ['2026-11-30', 'days31To60Fen'],
    ['2026-11-01', 'days31To60Fen'],
    ['2026-10-31', 'days61To90Fen'],
    ['2026-10-02', 'days61To90Fen'],
    ['2026-10-01', 'over90Fen'],
    ['2020-01-01', 'over90Fen'],
  ] as const)('puts what was due on %s at the end of the year into %s', (dueOn, bucket) => {
    expect(bucketOf(dueOn, ageingDays('2026-12-31'))).toBe(bucket);
  });
});

describe('a payment score', () => {
  it.each([
    [0n, 0n, null],
    [3n, 1n, 3_333],
    [3n, 2n, 6_666],
    [10n ** 17n, 10n ** 17n, 10_000],
  ])('of %s due and %s on time is %s', (dueFen, paidOnTimeFen, scoreBps) => {
    expect(scoreOf(dueFen, paidOnTimeFen)).toEqual({ dueFen, paidOnTimeFen, scoreBps });
  });
});
