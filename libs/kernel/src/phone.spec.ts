import { isPhone } from './phone.js';

it.each([
  ['13812345678', true],
  ['+8613812345678', true],
  ['0733-28683500', true],
  ['1234567', true],
  ['123456', false],
  ['1'.repeat(19), true],
  ['1'.repeat(20), false],
  ['-1234567', false],
  ['138 1234 5678', false],
  ['没有', false],
  ['', false],
])('%s is a phone: %s', (text, isOne) => {
  expect(isPhone(text)).toBe(isOne);
});
