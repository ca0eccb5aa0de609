import { basisPointsOf, completionOf, ranksOf, refuseTarget, spanOf } from './volume-target.rules.js';

describe('a target', () => {
  const input = { year: 2026, divisionCode: '430225', channelKind: '', unitId: '', amountFen: 1n } as const;

  it.each<[string, object, readonly string[] | 'ALL', string | null]>([
    ['of a county, set by the city', {}, ['430200'], null],
    ['of one by itself', {}, ['430225'], 'OWN_TARGET'],
    ['of one by itself, who also answers for the city', {}, ['430225', '430200'], 'OWN_TARGET'],
    ['set by the platform', {}, 'ALL', null],
    ['of a channel by itself', { channelKind: 'ONLINE' }, ['430225'], 'OWN_TARGET'],
    ['of a unit, set by its county', { unitId: 'pru_1' }, ['430225'], null],
    ['of nothing', { amountFen: 0n }, ['430200'], 'INVALID_INPUT'],
    ['beyond everything', { amountFen: 1_000_000_000_000_001n }, ['430200'], 'INVALID_INPUT'],
    ['of next year', { year: 2027 }, ['430200'], null],
    ['of the year after', { year: 2028 }, ['430200'], 'INVALID_INPUT'],
    ['of a village', { divisionCode: '430225209201' }, ['430200'], 'INVALID_INPUT'],
    ['of a channel and a unit', { channelKind: 'ONLINE', unitId: 'pru_1' }, ['430200'], 'INVALID_INPUT'],
  ])('%s', (_, changes, scope, code) => {
    expect(refuseTarget({ ...input, ...changes }, scope, '2026-11-02')?.code ?? null).toBe(code);
  });

  it.each([
    // year, on, elapsed, in the year
    [2026, '2026-01-01', 1, 365],
    [2026, '2026-12-31', 365, 365],
    [2024, '2024-02-29', 60, 366],
    [2026, '2025-12-31', 0, 365],
    [2026, '2027-05-05', 365, 365],
  ])('of %d on %s: %d of %d days', (year, on, daysElapsed, daysInYear) => {
    expect(spanOf(year, on)).toEqual({ daysElapsed, daysInYear });
  });

  it.each([
    // numerator, denominator, basis points
    [1n, 3n, 3_333],
    [2n, 3n, 6_666], // Never rounded up.
    [99_999n, 100_000n, 9_999],
    [-1n, 3n, -3_334],
    [5n, 0n, null], // No data is not nothing.
    [0n, 5n, 0],
  ])('%d / %d is %p', (numerator, denominator, expected) => {
    expect(basisPointsOf(numerator, denominator)).toBe(expected);
  });

  it('is on time if as much is sold as of the year has passed', () => {
    const half = { daysElapsed: 73, daysInYear: 365 }; // A fifth.

    expect(completionOf(20n, 100n, half)).toMatchObject({ completionBps: 2_000, timeAdjustedBps: 10_000 });
    expect(completionOf(19n, 100n, half)).toMatchObject({ completionBps: 1_900, timeAdjustedBps: 9_500 });
    expect(completionOf(0n, 100n, { daysElapsed: 0, daysInYear: 365 })).toMatchObject({
      completionBps: 0,
      timeAdjustedBps: null,
    });
  });

  it('ranks equals alike, and nobody without a figure', () => {
    expect(ranksOf([5, 7, null, 5, 1])).toEqual([2, 1, null, 2, 4]);
    expect(ranksOf([-5n, 0n])).toEqual([2, 1]);
    expect(ranksOf([null])).toEqual([null]);
  });
});
