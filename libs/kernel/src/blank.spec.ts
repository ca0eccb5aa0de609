import { isBlank } from './blank.js';

it.each([
  ['', true],
  [' \t\n', true],
  ['\u3000', true],
  ['\u200B\u200B', true],
  ['\u200D\u2060\uFEFF', true],
  ['\u202E ', true],
  ['\u3164', true],
  ['\u2800', true],
  ['桃', false],
  [' 桃\u200B', false],
  ['𠮷', false],
  ['🍑', false],
  ['0', false],
  ['-', false],
])('%j is blank: %s', (text, expected) => {
  expect(isBlank(text)).toBe(expected);
});
