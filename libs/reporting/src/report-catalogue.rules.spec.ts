import { readFileSync } from 'node:fs';
import { reportsPage } from '../../../scripts/generate/reports.js';
import { REPORTS } from './report-catalogue.rules.js';
import { MEASURES, REPORT_MEASURES, addAmounts, amountsOf, figureOf } from './report-measure.rules.js';
import { displayOf, exactOf } from './report-figure.rules.js';
import { REPORT_DIMENSIONS, REPORT_IDS, periodBefore } from './report.rules.js';

describe('the catalogue of reports', () => {
  it('is printed in docs/reports.md', () => {
    expect(readFileSync('docs/reports.md', 'utf8')).toBe(reportsPage());
  });

  it('has every report once, with its groups among its dimensions and no measure twice', () => {
    expect(REPORTS.map(({ id }) => id)).toEqual(REPORT_IDS);
    for (const { id, dimensions, groupBy, measures } of REPORTS) {
      expect([id, groupBy.filter((each) => !dimensions.includes(each))]).toEqual([id, []]);
      expect([id, new Set(measures).size, new Set(dimensions).size]).toEqual([
        id,
        measures.length,
        dimensions.length,
      ]);
    }
  });

  it('uses every measure and every dimension', () => {
    const used = new Set(REPORTS.flatMap(({ measures }) => measures));
    expect(REPORT_MEASURES.filter((measure) => !used.has(measure))).toEqual([]);
    const asked = new Set(REPORTS.flatMap(({ dimensions }) => dimensions));
    expect(REPORT_DIMENSIONS.filter((dimension) => !asked.has(dimension))).toEqual([]);
  });
});

describe('a figure', () => {
  it.each(REPORT_MEASURES)('%s of nothing known has no source', (measure) => {
    expect(figureOf(measure, {})).toMatchObject({ value: null, noData: 'NO_SOURCE' });
    expect('missing' in MEASURES[measure]).toBe(amountsOf(measure).length === 0);
  });

  it('is rounded down, below nought as well', () => {
    expect(figureOf('CERTIFIED_SHARE', { CERTIFIED: 2n, RECOGNISED: 3n }).value).toBe(6_666n);
    expect(figureOf('CERTIFIED_SHARE', { CERTIFIED: -2n, RECOGNISED: 3n }).value).toBe(-6_667n);
    expect(figureOf('CERTIFIED_SHARE', { CERTIFIED: 0n, RECOGNISED: 0n })).toMatchObject({
      noData: 'DIVIDED_BY_NOTHING',
    });
  });

  it.each([
    ['nothing known', {}, { value: null, denominator: null, noData: 'NO_SOURCE' }],
    [
      'nothing counted',
      { TWICE_MEDIAN_MICROS: 0n, LINES_SIGNED: 0n },
      { value: null, denominator: 0n, noData: 'DIVIDED_BY_NOTHING' },
    ],
    [
      'at once',
      { TWICE_MEDIAN_MICROS: 0n, LINES_SIGNED: 1n },
      { value: 0n, denominator: 1n, numerator: null, noData: null },
    ],
    // Of 36 and 37 hours, twice the median is both.
    [
      'two in the middle',
      { TWICE_MEDIAN_MICROS: 73n * 3_600_000_000n, LINES_SIGNED: 4n },
      { value: 3_650n, denominator: 4n, noData: null },
    ],
    [
      'a microsecond short of a hundredth',
      { TWICE_MEDIAN_MICROS: 72_000_000n - 1n, LINES_SIGNED: 3n },
      { value: 0n, denominator: 3n, noData: null },
    ],
  ])('that is a median of %s', (_, amounts, figure) => {
    expect(figureOf('HOURS_TO_SIGN', amounts)).toMatchObject(figure);
  });

  it('of rows that have a median each is no sum of them', () => {
    const row = { TWICE_MEDIAN_MICROS: 72_000_000n, LINES_SIGNED: 1n, LINES_DUE: 2n };

    expect(addAmounts([row])).toEqual(row);
    expect(addAmounts([row, row])).toEqual({ LINES_SIGNED: 2n, LINES_DUE: 4n });
  });

  it.each([
    ['FEN', 119_999_999_999n, '11.99亿元', '1199999999.99'],
    ['FEN', 9_999_999_999n, '9999.99万元', '99999999.99'],
    ['FEN', 999_999n, '9999.99元', '9999.99'],
    ['FEN', -1_000_001n, '-1.01万元', '-10000.01'],
    ['FEN', -5n, '-0.05元', '-0.05'],
    ['RATE', 10_400n, '104.00%', '1.0400'],
    ['INDEX', 9_750n, '97.50', '97.50'],
    ['HOUR', 2_050n, '20.50小时', '20.50'],
    ['GRAM', 2_509n, '2.50 kg', '2509'],
    ['COUNT', 12n, '12', '12'],
  ] as const)('%s %s reads %s and is exactly %s', (unit, value, display, exact) => {
    expect(displayOf(unit, value, 'zh-CN')).toBe(display);
    expect(exactOf(unit, value)).toBe(exact);
  });
});

describe('the period before', () => {
  it.each([
    ['2026-10-01', '2026-10-31', 'PREVIOUS_PERIOD', '2026-09-01', '2026-09-30'],
    ['2026-03-01', '2026-03-31', 'PREVIOUS_PERIOD', '2026-02-01', '2026-02-28'],
    ['2026-01-01', '2026-03-31', 'PREVIOUS_PERIOD', '2025-10-01', '2025-12-31'],
    ['2026-10-05', '2026-10-11', 'PREVIOUS_PERIOD', '2026-09-28', '2026-10-04'],
    ['2026-02-01', '2026-02-28', 'SAME_PERIOD_LAST_YEAR', '2025-02-01', '2025-02-28'],
    ['2025-02-01', '2025-02-28', 'SAME_PERIOD_LAST_YEAR', '2024-02-01', '2024-02-29'],
    ['2024-02-29', '2024-02-29', 'SAME_PERIOD_LAST_YEAR', '2023-02-28', '2023-02-28'],
    ['2026-01-01', '2026-11-17', 'SAME_PERIOD_LAST_YEAR', '2025-01-01', '2025-11-17'],
  ] as const)('of %s to %s by %s is %s to %s', (from, to, comparison, earlier, end) => {
    expect(periodBefore({ from, to }, comparison)).toEqual({ from: earlier, to: end });
  });
});
