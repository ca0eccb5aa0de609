import { DAY_MS, HOUR_MS, MINUTE_MS, plus } from '#libs/kernel';
import type { Outcome } from '#platform/stripe';
import type { TransferSnapshot } from './payout.gateway.js';

/** The provider forgets a key after a day; an hour earlier it is no longer relied upon. */
const KEY_TRUSTED_MS = 23 * HOUR_MS;
/** A day after the last moment at which anything can have been sent under a key. */
const PROVEN_ABSENT_AFTER_MS = KEY_TRUSTED_MS + DAY_MS;
const SHORT_AGAIN_MS = HOUR_MS;
const UNKNOWN_AGAIN_MS: readonly number[] = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS];

/** The key of a payout's transfer; the number rises only where the provider has said that it did not do it. */
export function transferKey(payoutId: string, keyNo: number): string {
  return keyNo === 1 ? `transfer:${payoutId}` : `transfer:${payoutId}:r${keyNo}`;
}

/** What was not there by then has never been and will not be. */
export function isProvablyAbsent(firstTriedAt: Date | null, now: Date): boolean {
  return firstTriedAt !== null && now.getTime() - firstTriedAt.getTime() >= PROVEN_ABSENT_AFTER_MS;
}

/** Asked again under the same key only while the provider remembers it; after that, only looked for. */
export function maySend(firstTriedAt: Date, now: Date): boolean {
  return now.getTime() - firstTriedAt.getTime() < KEY_TRUSTED_MS;
}

export type TransferStep =
  | { readonly kind: 'PAID'; readonly value: TransferSnapshot }
  | { readonly kind: 'REJECTED'; readonly code: string }
  /** Too little at the provider: refused for certain, and tried again under the next key. */
  | { readonly kind: 'SHORT'; readonly code: string; readonly at: Date }
  | { readonly kind: 'AGAIN'; readonly code: string; readonly note: string; readonly at: Date };

/** What follows from an answer; never a failure from no answer. */
export function stepAfter(outcome: Outcome<TransferSnapshot>, tries: number, now: Date): TransferStep {
  const again = plus(now, UNKNOWN_AGAIN_MS[Math.min(tries, UNKNOWN_AGAIN_MS.length) - 1] ?? HOUR_MS);
  switch (outcome.kind) {
    case 'succeeded':
      return { kind: 'PAID', value: outcome.value };
    case 'pending':
      return { kind: 'AGAIN', code: 'pending', note: 'the provider is still at it', at: again };
    case 'unknown':
      return { kind: 'AGAIN', code: 'unknown', note: outcome.detail.slice(0, 200), at: again };
    case 'failed':
      return outcome.code === 'balance_insufficient'
        ? { kind: 'SHORT', code: outcome.code, at: plus(now, SHORT_AGAIN_MS) }
        : { kind: 'REJECTED', code: outcome.code.slice(0, 60) };
  }
}
