import { earlierYears, isRange, periodOf, stepsOf, wholeMonths, yearBefore } from './period.js';

describe('a period', () => {
  it.each([
    ['7d', '2026-11-21', '2026-11-27', '2025-11-21', '2025-11-27', 'DAY', 7],
    ['30d', '2026-10-29', '2026-11-27', '2025-10-29', '2025-11-27', 'DAY', 30],
    ['year', '2026-01-01', '2026-11-27', '2025-01-01', '2025-11-27', 'MONTH', 11],
    ['2020', '2020-01-01', '2020-12-31', '2019-01-01', '2019-12-31', 'MONTH', 12],
    ['last-year', '2025-01-01', '2025-12-31', '2024-01-01', '2024-12-31', 'MONTH', 12],
  ] as const)('%s is from %s to %s', (range, from, to, fromBefore, toBefore, axis, steps) => {
    const period = periodOf(range, '2026-11-27');

    expect(period).toEqual({ range, from, to, fromBefore, toBefore, axis });
    expect(stepsOf(period)).toHaveLength(steps);
  });

  it('is an earlier year by its number, as long as anything was counted in it', () => {
    expect(earlierYears('2022-03-01')).toEqual(['2020', '2019']);
    expect(earlierYears('2020-03-01')).toEqual([]);
    expect(['2020', '1820', '202', '7d', 'decade', null].filter(isRange)).toEqual(['2020', '7d']);
  });

  it('goes over months of every length', () => {
    expect(stepsOf({ from: '2026-01-31', to: '2026-03-01', axis: 'MONTH' })).toEqual([
      '2026-01-01',
      '2026-02-01',
      '2026-03-01',
    ]);
  });

  it.each([
    ['2027-02-15', '2027-03-16', '2027-02-01', '2027-03-31'],
    ['2027-12-31', '2028-02-29', '2027-12-01', '2028-02-29'],
  ])('from %s to %s touches whole months', (from, to, first, last) => {
    expect(wholeMonths({ from, to })).toEqual({ from: first, to: last });
  });

  it('has a last day of February in every year', () => {
    expect([yearBefore('2028-02-29'), yearBefore('2028-03-01')]).toEqual(['2027-02-28', '2027-03-01']);
  });
});
