import { monthsAround } from './volume-rollup.rules.js';

it.each<[string, string, [string, string][]]>([
  ['2026-02-14', '2026-02-14', [['2026-02-01', '2026-02-28']]],
  [
    '2024-02-29',
    '2024-03-01',
    [
      ['2024-02-01', '2024-02-29'],
      ['2024-03-01', '2024-03-31'],
    ],
  ],
  [
    '2025-12-31',
    '2026-01-01',
    [
      ['2025-12-01', '2025-12-31'],
      ['2026-01-01', '2026-01-31'],
    ],
  ],
  ['2026-02-01', '2026-01-31', []],
])('the months around %s to %s', (from, to, months) => {
  expect(monthsAround(from, to)).toEqual(months);
});
