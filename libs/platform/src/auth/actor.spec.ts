import { newId } from '#libs/kernel';
import { type Actor, type Grant, divisionsOf, may, merchantsOf } from './actor.js';

const CLERK: Grant = { role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: 'mer_1' };
const OWNER: Grant = { role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: 'mer_2' };
const OFFICIAL: Grant = { role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430225' };
const FINANCE: Grant = { role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' };

function actorWith(...grants: Grant[]): Actor {
  return { userId: newId('usr'), sessionId: newId('ses'), grants };
}

it('everybody who is signed in may buy, and nothing more', () => {
  const buyer = actorWith();

  expect(may(buyer, 'BUY')).toBe(true);
  expect(may(buyer, 'FULFILL')).toBe(false);
  expect(may(buyer, 'VOLUME_READ')).toBe(false);
});

it('an owner sees the money and a clerk does not', () => {
  expect(may(actorWith(OWNER), 'MERCHANT_MONEY')).toBe(true);
  expect(may(actorWith(CLERK), 'MERCHANT_MONEY')).toBe(false);
});

it('a permission reaches only the merchants for which it was granted', () => {
  const both = actorWith(CLERK, OWNER);

  expect(merchantsOf(both, 'FULFILL')).toEqual(['mer_1', 'mer_2']);
  expect(merchantsOf(both, 'MERCHANT_MONEY')).toEqual(['mer_2']);
  expect(merchantsOf(actorWith(OFFICIAL), 'FULFILL')).toEqual([]);
});

it('an official sees their division, the platform everything, others nothing', () => {
  expect(divisionsOf(actorWith(OFFICIAL), 'VOLUME_READ')).toEqual(['430225']);
  expect(divisionsOf(actorWith(OFFICIAL, FINANCE), 'VOLUME_READ')).toBe('ALL');
  expect(divisionsOf(actorWith(CLERK), 'VOLUME_READ')).toEqual([]);
  expect(divisionsOf(actorWith(OFFICIAL), 'LEDGER_READ')).toEqual([]);
});
