import type { TemperatureBand } from './telemetry.entity.js';
import { furtherOut, isInBand, isOut } from './temperature.rules.js';

it.each<[TemperatureBand, number, boolean, boolean, boolean]>([
  // band      deci   in     out    still out, once it was
  ['CHILLED', -1, false, true, true],
  ['CHILLED', 0, true, false, true],
  ['CHILLED', 4, true, false, true],
  ['CHILLED', 5, true, false, false],
  ['CHILLED', 75, true, false, false],
  ['CHILLED', 76, true, false, true],
  ['CHILLED', 80, true, false, true],
  ['CHILLED', 81, false, true, true],
  ['PEACHES', 19, false, true, true],
  ['PEACHES', 20, true, false, true],
  ['PEACHES', 25, true, false, false],
  ['AMBIENT', -200, true, false, false],
  ['AMBIENT', 280, true, false, true],
  ['AMBIENT', 281, false, true, true],
])('%s at %p tenths of a degree', (band, deci, inBand, out, stillOut) => {
  expect(isInBand(band, deci)).toBe(inBand);
  expect(isOut(band, deci, false)).toBe(out);
  expect(isOut(band, deci, true)).toBe(stillOut);
});

it.each<[TemperatureBand, number | null, number, number]>([
  ['CHILLED', null, 90, 90],
  ['CHILLED', 90, 120, 120],
  ['CHILLED', 120, 90, 120],
  ['CHILLED', 90, -30, -30],
  ['CHILLED', 120, -30, 120],
  ['AMBIENT', 300, -300, 300],
])('of %s, %p and %p, the further out is %p', (band, one, other, expected) => {
  expect(furtherOut(band, one, other)).toBe(expected);
});
