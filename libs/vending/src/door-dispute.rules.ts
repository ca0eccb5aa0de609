import { DAY_MS, HOUR_MS, InvalidInputError, plus } from '#libs/kernel';
import type { DoorDispute, DoorDisputeState } from './door-dispute.entity.js';

/** As of a bill that was paid: while weights and pictures are fresh. */
const DISPUTED_WITHIN_MS = 48 * HOUR_MS;
/** As after a sale: whoever sells answers in two days, an official in a week. */
const ANSWERED_WITHIN_MS = 48 * HOUR_MS;
const DECIDED_WITHIN_MS = 7 * DAY_MS;
const SAID_LENGTH_MAX = 400;

/** What is said of a dispute. SILENT: nobody has answered in time. */
export type DisputeWord =
  | { readonly kind: 'REFUSED'; readonly isOfficial: boolean }
  | { readonly kind: 'SILENT'; readonly mayWaive: boolean };

export interface DisputeTurn {
  readonly state: DoorDisputeState;
  /** The bill is waived: nobody owes by our being slow. */
  readonly isWaived: boolean;
}

const turn = (state: DoorDisputeState, isWaived = false): DisputeTurn => ({ state, isWaived });

/**
 * What follows of a word; null where nothing does. Whoever runs the cabinet says no, and an official decides; whoever says nothing agrees, as far as they might waive the bill by themselves. Of an official's silence it is waived
 * whatever it comes to.
 */
export function turnOfDispute(state: DoorDisputeState, word: DisputeWord): DisputeTurn | null {
  if (state !== 'OPEN' && state !== 'AT_PLATFORM') return null;
  if (word.kind === 'REFUSED') {
    if (word.isOfficial) return turn('REJECTED');
    return state === 'OPEN' ? turn('AT_PLATFORM') : null;
  }
  return state === 'AT_PLATFORM' || word.mayWaive ? turn('GRANTED', true) : turn('AT_PLATFORM');
}

/** When time answers; null where nobody is waited for. */
export function disputeDueAt(state: DoorDisputeState, now: Date): Date | null {
  if (state === 'OPEN') return plus(now, ANSWERED_WITHIN_MS);
  return state === 'AT_PLATFORM' ? plus(now, DECIDED_WITHIN_MS) : null;
}

/** Whoever says no after their time has said nothing, also where nobody has come round yet to count their silence. A yes comes never too late. */
export function isTooLate({ dueAt }: Pick<DoorDispute, 'dueAt'>, now: Date): boolean {
  return dueAt !== null && dueAt <= now;
}

export function disputableUntil(billedAt: Date): Date {
  return plus(billedAt, DISPUTED_WITHIN_MS);
}

export function refuseSaid(said: string): InvalidInputError | null {
  const length = said.trim().length;
  if (length >= 2 && length <= SAID_LENGTH_MAX) return null;
  const message = {
    zh: `请说明哪里不对（2 到 ${SAID_LENGTH_MAX} 字）`,
    en: `Say what is wrong with it in 2 to ${SAID_LENGTH_MAX} characters.`,
  };
  return new InvalidInputError([{ path: 'text', message }]);
}
