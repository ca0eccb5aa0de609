import { readFileSync } from 'node:fs';
import type { CalendarDayKind } from './calendar-day.entity.js';
import {
  type WorkingCalendar,
  dayAfter,
  isKnownYear,
  isWorkingDay,
  workingDayAfter,
} from './calendar.rules.js';

/** The file that is loaded, so that what is tested is what pays. */
const CN: WorkingCalendar = new Map(
  readFileSync('data/calendar/cn.csv', 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',') as [string, CalendarDayKind, string])
    .map(([day, kind]) => [day, kind]),
);

it.each([
  // day        weekday, and what it is
  ['2026-09-18', true], // Friday
  ['2026-09-19', false], // Saturday
  ['2026-09-20', true], // Sunday, worked for National Day
  ['2026-09-25', false], // Friday, Mid-Autumn
  ['2026-10-01', false],
  ['2026-10-07', false],
  ['2026-10-08', true], // Thursday
  ['2026-10-10', true], // Saturday, worked
  ['2026-10-11', false], // Sunday
  ['2019-05-05', true], // Sunday, worked after Labour Day
  ['2020-01-31', false], // Friday, the prolonged Spring Festival
  ['2020-02-01', false], // Saturday that should have been worked, and was not
  ['2020-02-03', true],
])('%s is worked: %s', (day, expected) => {
  expect(isWorkingDay(CN, day)).toBe(expected);
});

it.each([
  ['2026-09-18', 1, '2026-09-20'],
  ['2026-09-30', 1, '2026-10-08'],
  ['2026-10-09', 1, '2026-10-10'],
  ['2026-10-10', 1, '2026-10-12'],
  ['2026-02-13', 1, '2026-02-14'],
  ['2026-02-14', 1, '2026-02-24'],
  ['2026-09-30', 3, '2026-10-10'],
])('after %s the working day no. %i is %s', (day, count, expected) => {
  expect(workingDayAfter(CN, day, count)).toBe(expected);
});

it('knows weekends only of a year that is not on file, and says so', () => {
  expect(isKnownYear(CN, '2026-12-31')).toBe(true);
  expect(isKnownYear(CN, '2027-01-01')).toBe(false);
  expect(isWorkingDay(CN, '2027-01-01')).toBe(true); // Friday
  expect(workingDayAfter(CN, '2027-01-01')).toBe('2027-01-04');
});

it('finds no working day where there is none', () => {
  const never: WorkingCalendar = new Map(
    Array.from({ length: 40 }, (_, index) => [dayAfter('2026-01-01', index), 'HOLIDAY']),
  );

  expect(() => workingDayAfter(never, '2026-01-01')).toThrow('No working day within 30 days');
});

it('names each day once, in order', () => {
  const days = readFileSync('data/calendar/cn.csv', 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.slice(0, 10));

  expect(days).toEqual([...new Set(days)].toSorted());
  // Only weekends can be worked instead.
  const worked = [...CN].filter(([, kind]) => kind === 'WORKING').map(([day]) => new Date(day).getUTCDay());
  expect(worked.every((weekday) => weekday === 0 || weekday === 6)).toBe(true);
});
