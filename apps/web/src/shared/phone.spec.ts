import { isPhone, tidyPhone } from './phone.js';

it.each([
  ['13800000000', '13800000000'],
  ['138 0000 0000', '13800000000'],
  ['+86 138-0000-0000', '13800000000'],
  ['008613800000000', '13800000000'],
  ['１３８００００００００', '13800000000'],
  // As it is typed, digit by digit.
  ['+8', '8'],
  ['+86', '86'],
  ['86138', '138'],
])('a phone of %s is %s', (said, phone) => {
  expect(tidyPhone(said)).toBe(phone);
});

it.each(['', '1380000000', '138000000000', '12800000000', '86138000000'])('%s is none', (said) => {
  expect(isPhone(said)).toBe(false);
});
