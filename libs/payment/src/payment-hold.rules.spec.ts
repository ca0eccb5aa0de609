import { PAYMENT_HOLD_STATES } from './payment-hold.entity.js';
import { isHoldOver, nextHoldAct, nextHoldCheck, nextHoldState } from './payment-hold.rules.js';

describe('what is known of a hold', () => {
  it.each([
    ['STARTING', 'AWAITING_BUYER', 'AWAITING_BUYER'],
    ['STARTING', 'HELD', 'HELD'],
    ['AWAITING_BUYER', 'DECLINED', 'AWAITING_BUYER'],
    ['AWAITING_BUYER', 'HELD', 'HELD'],
    ['AWAITING_BUYER', 'CANCELLED', 'RELEASED'],
    // News that is older than what we know.
    ['HELD', 'AWAITING_BUYER', 'HELD'],
    ['HELD', 'CANCELLED', 'RELEASED'],
    // What was asked for is asked for until it is done.
    ['CAPTURING', 'HELD', 'CAPTURING'],
    ['CAPTURING', 'SUCCEEDED', 'CAPTURED'],
    ['CAPTURING', 'CANCELLED', 'LAPSED'],
    ['RELEASING', 'HELD', 'RELEASING'],
    ['RELEASING', 'CANCELLED', 'RELEASED'],
    // Whatever we had thought, the money is here.
    ['RELEASING', 'SUCCEEDED', 'CAPTURED'],
    ['RELEASED', 'SUCCEEDED', 'CAPTURED'],
    ['RELEASED', 'HELD', 'RELEASED'],
    ['CAPTURED', 'CANCELLED', 'CAPTURED'],
    ['LAPSED', 'CANCELLED', 'LAPSED'],
  ] as const)('%s, shown as %s, is %s', (before, seen, after) => {
    expect(nextHoldState(before, seen)).toBe(after);
  });

  it('is asked about for as long as it is not over, and not once it is', () => {
    const createdAt = new Date('2026-11-26T02:00:00Z');
    for (const state of PAYMENT_HOLD_STATES) {
      expect(nextHoldAct(state) === null).toBe(isHoldOver(state));
      expect(nextHoldCheck({ state, createdAt }, createdAt) === null).toBe(isHoldOver(state));
    }
    expect(nextHoldAct('CAPTURING')).toBe('CAPTURE');
    expect(nextHoldAct('RELEASING')).toBe('CANCEL');
    expect(nextHoldAct('HELD')).toBe('LOOK');
  });
});
