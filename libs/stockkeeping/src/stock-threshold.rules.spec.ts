import { isHourToTell, judge, refuseThreshold } from './stock-threshold.rules.js';

it.each([
  [null, true],
  [1, true],
  [0, false],
  [-1, false],
  [1.5, false],
  [1_000_001, false],
])('takes a threshold of %p: %p', (units, isGood) => {
  expect(refuseThreshold(units) === null).toBe(isGood);
});

const told = new Date('2026-11-02T02:00:00Z');

it.each([
  ['as much as that', 10, null, 10, null],
  ['one fewer', 10, null, 9, 'LOW'],
  ['none', 10, null, 0, 'LOW'],
  ['fewer still, and known', 10, told, 3, null],
  ['just above again', 10, told, 11, null],
  ['a fifth above', 10, told, 12, 'ENOUGH'],
  ['one, of which none is left', 1, null, 0, 'LOW'],
  ['one, of which one has come', 1, told, 1, null],
  ['one, of which two have come', 1, told, 2, 'ENOUGH'],
] as const)('%s', (_, units, lowSince, available, expected) => {
  expect(judge({ units, lowSince }, available)).toBe(expected);
});

it.each([
  ['2026-11-02T00:59:59Z', false],
  ['2026-11-02T01:00:00Z', true],
  ['2026-11-02T11:59:59Z', true],
  ['2026-11-02T12:00:00Z', false],
  ['2026-11-02T18:00:00Z', false],
])('rings at %s: %p', (at, expected) => {
  expect(isHourToTell(new Date(at))).toBe(expected);
});
