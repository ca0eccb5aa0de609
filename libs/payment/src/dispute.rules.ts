import type { DisputeState } from './dispute.entity.js';
import type { DisputeSnapshot } from './payment.gateway.js';

const RANKS: Readonly<Record<DisputeState, number>> = { INQUIRY: 0, OPEN: 1, WON: 2, LOST: 2, DROPPED: 2 };

/**
 * States only rise, in whatever order the news arrives. What the bank took decides with it: nothing is lost before it was taken, nothing
 * won before it came back, and what was never taken is only dropped.
 */
export function nextDisputeState(state: DisputeState, seen: DisputeSnapshot): DisputeState {
  const seenState = settled(seen);
  return RANKS[seenState] > RANKS[state] ? seenState : state;
}

function settled({ state, withdrawal, isReinstated }: DisputeSnapshot): DisputeState {
  if (state === 'WON' && !withdrawal) return 'DROPPED';
  if (state === 'WON' && !isReinstated) return 'OPEN';
  if (state === 'LOST' && !withdrawal) return 'OPEN';
  return state;
}

export function isClosed(state: DisputeState): state is 'WON' | 'LOST' | 'DROPPED' {
  return state === 'WON' || state === 'LOST' || state === 'DROPPED';
}
