import { InvalidInputError } from '#libs/kernel';
import { type Due, daysOf, provincePrefix } from './to-ship.rules.js';

// Half past midnight in Shanghai, when it is still the day before in UTC.
const NOW = new Date('2026-11-26T16:30:00Z');

it.each<[Due, string | null, string | null]>([
  ['LATE', null, '2026-11-26'],
  ['TODAY', '2026-11-27', '2026-11-27'],
  ['TOMORROW', '2026-11-28', '2026-11-28'],
  ['LATER', '2026-11-29', null],
])('%s is from %p to %p', (due, fromOn, toOn) => {
  expect(daysOf(due, NOW)).toEqual({ fromOn, toOn });
});

it.each([
  ['430000', '43'],
  ['110000', '11'],
])('counties of %s begin with %s', (code, prefix) => {
  expect(provincePrefix(code)).toBe(prefix);
});

it.each(['430200', '43', '', '000000', '4300000', '43%000'])('%p is no province', (code) => {
  expect(provincePrefix(code)).toBeInstanceOf(InvalidInputError);
});
