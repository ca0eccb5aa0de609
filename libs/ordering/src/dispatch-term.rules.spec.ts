import { promisedDispatch, refuseDispatchDays } from './dispatch-term.rules.js';

// 2026-10-01 to 07 is the holiday of the National Day, and Saturday the 10th is worked instead.
const calendar = new Map<string, 'HOLIDAY' | 'WORKING'>([
  ...['01', '02', '03', '04', '05', '06', '07'].map((day) => [`2026-10-${day}`, 'HOLIDAY'] as const),
  ['2026-10-10', 'WORKING'],
]);

it.each([
  ['on a Monday', '2026-11-02T02:00:00Z', 2, '2026-11-04'],
  ['on a Thursday', '2026-11-05T02:00:00Z', 2, '2026-11-09'],
  ['late on a Sunday in London, which is a Monday here', '2026-11-01T17:00:00Z', 1, '2026-11-03'],
  ['before a holiday', '2026-09-30T02:00:00Z', 2, '2026-10-09'],
  ['before a worked Saturday', '2026-10-08T02:00:00Z', 2, '2026-10-10'],
])('what is ordered %s leaves in time', (_what, at, days, expected) => {
  expect(promisedDispatch(calendar, new Date(at), days)).toBe(expected);
});

it.each([
  [1, true],
  [15, true],
  [0, false],
  [16, false],
  [1.5, false],
])('%d working days can be promised: %s', (days, expected) => {
  expect(refuseDispatchDays(days) === null).toBe(expected);
});
