import type { PaymentHoldState } from './payment-hold.entity.js';
import type { PaymentSnapshot } from './payment.gateway.js';
import { nextCheckAt } from './payment.rules.js';

/** Nothing more comes of it. */
export function isHoldOver(state: PaymentHoldState): boolean {
  return state === 'CAPTURED' || state === 'RELEASED' || state === 'LAPSED';
}

/**
 * States only rise, in whatever order the news arrives. What somebody has asked for (to capture, to let go) stays asked for until the provider shows that it is done; and
 * money that has come is captured, whatever we had thought.
 */
export function nextHoldState(state: PaymentHoldState, seen: PaymentSnapshot['state']): PaymentHoldState {
  if (seen === 'SUCCEEDED') return 'CAPTURED';
  if (isHoldOver(state)) return state;
  if (seen === 'CANCELLED') return state === 'CAPTURING' ? 'LAPSED' : 'RELEASED';
  if (state !== 'STARTING' && state !== 'AWAITING_BUYER') return state;
  return seen === 'HELD' ? 'HELD' : 'AWAITING_BUYER';
}

/** What the provider is to be asked: whatever is under way is looked at, or done once more. */
export function nextHoldAct(state: PaymentHoldState): 'CREATE' | 'LOOK' | 'CAPTURE' | 'CANCEL' | null {
  switch (state) {
    case 'STARTING':
      return 'CREATE';
    case 'AWAITING_BUYER':
    case 'HELD':
      return 'LOOK';
    case 'CAPTURING':
      return 'CAPTURE';
    case 'RELEASING':
      return 'CANCEL';
    default:
      return null;
  }
}

/** Like a payment's: ever more rarely, and never again once it is over. */
export function nextHoldCheck(
  { state, createdAt }: { readonly state: PaymentHoldState; readonly createdAt: Date },
  now: Date,
): Date | null {
  return isHoldOver(state) ? null : nextCheckAt(createdAt, now);
}
