import { DAY_MS, plus } from '#libs/kernel';

/** Time to think better of it, and to notice that somebody else has asked. */
export const COOLING_OFF_MS = 7 * DAY_MS;
/** While something is open that was not when it was asked for. */
const PUT_OFF_MS = DAY_MS;

/** WAIT: somebody may still hold a token that opens the account. PUT_OFF: something is open again. */
export type DeletionStep =
  | { readonly kind: 'PUT_OFF' | 'WAIT'; readonly until: Date }
  | { readonly kind: 'DELETE' };

/** What to do with a deletion that is due. `quietFrom` is when the last token of theirs is over; null where nobody was signed in. */
export function deletionStep(
  { hasOpenMatters, quietFrom }: { readonly hasOpenMatters: boolean; readonly quietFrom: Date | null },
  now: Date,
): DeletionStep {
  if (hasOpenMatters) return { kind: 'PUT_OFF', until: plus(now, PUT_OFF_MS) };
  if (quietFrom !== null && quietFrom > now) return { kind: 'WAIT', until: quietFrom };
  return { kind: 'DELETE' };
}
