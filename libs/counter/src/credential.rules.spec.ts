import { DAY_MS } from '#libs/kernel';
import { endOfOverlap, hashOfSecret, isInForce, isSecretOf } from './credential.rules.js';

const now = new Date('2026-11-26T08:00:00Z');
const at = (ms: number) => new Date(now.getTime() + ms);

it.each([
  [null, null, true],
  [at(1), null, true],
  [at(0), null, false],
  [null, at(-1), false],
  [at(1), at(-1), false],
])('expires %p, revoked %p: in force %p', (expiresAt, revokedAt, expected) => {
  expect(isInForce({ expiresAt, revokedAt }, now)).toBe(expected);
});

it('the one before stays good for a week', () => {
  expect(endOfOverlap(now)).toEqual(at(7 * DAY_MS));
});

it.each([
  ['s3cret', true],
  ['s3cret ', false],
  ['', false],
])('the secret %j opens: %p', (secret, expected) => {
  expect(isSecretOf(secret, hashOfSecret('s3cret'))).toBe(expected);
});
