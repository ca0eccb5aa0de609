import { DAY_MS, HOUR_MS, MINUTE_MS } from '#libs/kernel';
import type { CommandState } from './command.entity.js';
import type { Span } from './sequence.rules.js';

/** What is on its way may still overtake: only what has been missing for so long is asked for. */
export const MISSED_AFTER_MS = MINUTE_MS / 2;
/** So many times, ever more rarely; then nobody hopes for it any more. It still counts if it comes. */
const ASKS_MAX = 12;
const ASK_PAUSE_MAX_MS = 6 * HOUR_MS;
/** As much as a small memory hands out at once. */
const RESEND_MAX = 500;
/** To be done while somebody may be standing before it, or not at all. */
export const COMMAND_LIFE_MS = 10 * MINUTE_MS;
/** Goods come out while whoever has paid stands there, or not at all. */
export const DELIVER_LIFE_MS = MINUTE_MS / 6;
/** Unanswered, it is said again. */
export const SAID_AGAIN_MS = MINUTE_MS / 4;
/** The same of what has only ten seconds: a broker that was killed in between says it in time. */
export const DELIVER_SAID_AGAIN_MS = MINUTE_MS / 20;
/** A snapshot waits for what is missing before it, and no longer than this. */
export const COMPARED_AFTER_MS = DAY_MS;

/** How long to wait for an answer before asking once more; null once it has been asked for often enough. */
export function pauseAfter(askedCount: number): number | null {
  if (askedCount > ASKS_MAX) return null;
  return Math.min(ASK_PAUSE_MAX_MS, MINUTE_MS * 2 ** askedCount);
}

export function firstPart({ fromSeq, toSeq }: Span): Span {
  return { fromSeq, toSeq: Math.min(toSeq, fromSeq + RESEND_MAX - 1) };
}

const STATE_OF: Readonly<Record<'DONE' | 'FAILED' | 'EXPIRED' | 'UNSUPPORTED', CommandState>> = {
  DONE: 'DONE',
  FAILED: 'FAILED',
  EXPIRED: 'EXPIRED',
  UNSUPPORTED: 'FAILED',
};

export function stateAfter(outcome: keyof typeof STATE_OF): CommandState {
  return STATE_OF[outcome];
}

export function isToCompare(receivedAt: Date, isComplete: boolean, now: Date): boolean {
  return isComplete || now.getTime() - receivedAt.getTime() >= COMPARED_AFTER_MS;
}
