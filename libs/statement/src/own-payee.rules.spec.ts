import type { PayoutOutlook } from '#libs/settlement';
import { isOwnStatement, ownFrom, ownOutlook } from './own-payee.rules.js';

const since = new Date('2026-11-10T02:00:00Z');

it.each([
  ['nobody ran it before', null, '2026-01-01', true],
  ['a month before', since, '2026-10-01', false],
  ['the month in which it changed hands', since, '2026-11-01', false],
  ['the day on which it did', since, '2026-11-10', false],
  ['the days from then on', since, '2026-11-11', true],
  ['in Shanghai it was the day after', new Date('2026-11-10T16:30:00Z'), '2026-11-11', false],
])('a statement: %s', (_, from, fromOn, expected) => {
  expect(isOwnStatement({ since: from }, { fromOn })).toBe(expected);
});

it('lines and payouts of their time', () => {
  expect(ownFrom('jrn', { since: null })).toBe('');
  expect(ownFrom('pyo', { since })).toMatch(/^pyo_01[0-9A-Z]{8}0{16}$/);
});

it.each([
  ['of nobody', null, 'nextFen 700'],
  ['told by them', new Date('2026-11-10T02:00:00Z'), 'nextFen 700'],
  ['of whoever ran it before', new Date('2026-11-10T01:59:59Z'), 'NO_ACCOUNT'],
])('an account %s', (_, proposedAt, expected) => {
  const account = proposedAt && { id: 'pba_1', proposedAt };
  const outlook = { account, nextFen: 700n, obstacle: null } as unknown as PayoutOutlook;

  const { nextFen, obstacle } = ownOutlook({ since }, outlook);

  expect(obstacle ?? `nextFen ${nextFen}`).toBe(expected);
  expect(nextFen === 0n).toBe(obstacle !== null);
});
