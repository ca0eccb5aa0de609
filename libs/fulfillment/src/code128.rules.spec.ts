import { code128 } from './code128.rules.js';

const START_B = [2, 1, 1, 2, 1, 4];
const START_C = [2, 1, 1, 2, 3, 2];
const STOP = [2, 3, 3, 1, 1, 1, 2];

it('begins in pairs of digits where there are four, and sign by sign elsewhere', () => {
  expect(code128('1234').slice(0, 6)).toEqual(START_C);
  expect(code128('SF12').slice(0, 6)).toEqual(START_B);
});

it.each([
  // Start, signs, changes, check: six widths each, and seven of the stop.
  ['1234', 1 + 2 + 1],
  ['12345', 1 + 2 + 2 + 1],
  ['SF1234', 1 + 2 + 1 + 2 + 1],
  ['SF12345', 1 + 3 + 1 + 2 + 1],
  ['AB-12', 1 + 5 + 1],
])('writes %p in %i signs', (text, signs) => {
  expect(code128(text)).toHaveLength(signs * 6 + 7);
  expect(code128(text).slice(-7)).toEqual(STOP);
});

it('checks itself as the standard’s example does', () => {
  // PJJ123C: 104 + 48 + 2·42 + 3·42 + 4·17 + 5·18 + 6·19 + 7·35 = 879, which leaves 55 of 103.
  expect(code128('PJJ123C').slice(-13, -7)).toEqual([3, 1, 1, 3, 2, 1]);
});

it('is eleven modules wide for each sign, and thirteen for the stop', () => {
  for (const text of ['SF1234567890', 'YT-0000123', '9876543210123', '~ !'])
    expect(code128(text).reduce((sum, width) => sum + width, 0) % 11).toBe(2);
});
