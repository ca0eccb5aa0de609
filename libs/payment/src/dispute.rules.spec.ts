import { isClosed, nextDisputeState } from './dispute.rules.js';
import type { DisputeSnapshot } from './payment.gateway.js';

const seen = (more: Partial<DisputeSnapshot>): DisputeSnapshot => ({
  providerRef: 'du_1',
  intentRef: 'pi_1',
  state: 'OPEN',
  amount: 100n,
  currency: 'cny',
  reason: 'fraudulent',
  respondBy: null,
  withdrawal: null,
  isReinstated: false,
  ...more,
});
const withdrawal = { ref: 'txn_1', feeFen: 15n };

describe('a dispute', () => {
  it.each([
    ['INQUIRY', { state: 'OPEN' }, 'OPEN'],
    ['OPEN', { state: 'INQUIRY' }, 'OPEN'],
    ['OPEN', { state: 'LOST', withdrawal }, 'LOST'],
    ['OPEN', { state: 'LOST' }, 'OPEN'],
    ['OPEN', { state: 'WON', withdrawal, isReinstated: true }, 'WON'],
    ['OPEN', { state: 'WON', withdrawal }, 'OPEN'],
    ['INQUIRY', { state: 'WON' }, 'DROPPED'],
    ['INQUIRY', { state: 'DROPPED' }, 'DROPPED'],
    ['WON', { state: 'LOST', withdrawal }, 'WON'],
    ['LOST', { state: 'OPEN', withdrawal }, 'LOST'],
  ] as const)('that is %s and seen as %j is then %s', (state, change, expected) => {
    expect(nextDisputeState(state, seen(change))).toBe(expected);
  });

  it('is closed once the bank has decided', () => {
    expect((['INQUIRY', 'OPEN', 'WON', 'LOST', 'DROPPED'] as const).filter(isClosed)).toEqual([
      'WON',
      'LOST',
      'DROPPED',
    ]);
  });
});
