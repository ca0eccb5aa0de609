import { isOwnOrigin } from './origin.js';

it.each([
  // origin                       host               own?
  [undefined, '127.0.0.1:3000', true],
  ['http://127.0.0.1:3000', '127.0.0.1:3000', true],
  ['https://shop.example', 'shop.example', true],
  ['https://evil.example', 'shop.example', false],
  ['https://other.shop.example', 'shop.example', false],
  ['http://127.0.0.1:3001', '127.0.0.1:3000', false],
  ['null', 'shop.example', false],
  ['https://shop.example', undefined, false],
])('a socket opened by %s to %s: %s', (origin, host, isOwn) => {
  expect(isOwnOrigin(origin, host)).toBe(isOwn);
});
