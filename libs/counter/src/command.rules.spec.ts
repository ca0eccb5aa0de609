import { DAY_MS, HOUR_MS, MINUTE_MS } from '#libs/kernel';
import { firstPart, isToCompare, pauseAfter, stateAfter } from './command.rules.js';

const now = new Date('2026-11-26T08:00:00Z');
const at = (ms: number) => new Date(now.getTime() + ms);

it.each([
  [1, 2 * MINUTE_MS],
  [2, 4 * MINUTE_MS],
  [8, 256 * MINUTE_MS],
  [9, 6 * HOUR_MS],
  [12, 6 * HOUR_MS],
  [13, null],
])('asked for the time number %p, it has %p ms', (count, pause) => {
  expect(pauseAfter(count)).toBe(pause);
});

it.each([
  [
    { fromSeq: 3, toSeq: 3 },
    { fromSeq: 3, toSeq: 3 },
  ],
  [
    { fromSeq: 3, toSeq: 502 },
    { fromSeq: 3, toSeq: 502 },
  ],
  [
    { fromSeq: 3, toSeq: 9_000 },
    { fromSeq: 3, toSeq: 502 },
  ],
])('of %j it asks for %j', (gap, part) => {
  expect(firstPart(gap)).toEqual(part);
});

it.each([
  ['DONE', 'DONE'],
  ['FAILED', 'FAILED'],
  ['EXPIRED', 'EXPIRED'],
  ['UNSUPPORTED', 'FAILED'],
] as const)('%s makes it %s', (outcome, state) => {
  expect(stateAfter(outcome)).toBe(state);
});

it.each([
  [0, true, true],
  [0, false, false],
  [-DAY_MS + 1, false, false],
  [-DAY_MS, false, true],
])('a snapshot received %p ms ago, complete %p: compared %p', (received, isComplete, expected) => {
  expect(isToCompare(at(received), isComplete, now)).toBe(expected);
});
