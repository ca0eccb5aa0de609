import { isId, newId } from '#libs/kernel';
import { isGuestId, newGuestId } from './guest.rules.js';

it('a guest has an id that fits wherever a buyer has one, and that no person gets', () => {
  const guest = newGuestId();

  expect(isGuestId(guest)).toBe(true);
  expect(isId('usr', guest)).toBe(true);
  expect(guest.length).toBeLessThanOrEqual(40);
  expect(newGuestId()).not.toBe(guest);
  expect(isGuestId(newId('usr'))).toBe(false);
});
