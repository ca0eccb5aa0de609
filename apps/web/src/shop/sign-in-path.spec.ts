import { ownAddress, signInPath } from './sign-in-path.js';

const SHOP = 'https://shop.example';
const ACCOUNT = `${SHOP}/account`;

it.each([
  ['/orders', `${SHOP}/orders`],
  ['/checkout?variant=var_1&quantity=2', `${SHOP}/checkout?variant=var_1&quantity=2`],
  ['/a//b', `${SHOP}/a//b`],
  [null, ACCOUNT],
  ['', ACCOUNT],
  ['orders', ACCOUNT],
  ['https://example.org', ACCOUNT],
  ['javascript:alert(1)', ACCOUNT],
  ['//example.org', ACCOUNT],
  // Browsers take these for the same.
  ['/\\example.org', ACCOUNT],
  ['/\t/example.org', ACCOUNT],
  ['/\n\\example.org', ACCOUNT],
  ['//[', ACCOUNT],
  // A path of ours that alone would name a host.
  ['/.//example.org', `${SHOP}//example.org`],
])('after signing in, %j leads to %s', (said, address) => {
  expect(ownAddress(said, SHOP)).toBe(address);
});

it('an address comes back as it was, whatever it says', () => {
  const back = '/checkout?variant=var_1&quantity=2&via=chp_1';
  const said = new URLSearchParams(signInPath(back).split('?')[1]).get('back');

  expect(said).toBe(back);
});
