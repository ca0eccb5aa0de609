import type Stripe from 'stripe';

/**
 * What a provider says it did. `unknown` is no answer, or one that nobody understands; it is never a failure, because the
 * money may have moved.
 */
export type Outcome<T> =
  | { readonly kind: 'succeeded'; readonly value: T }
  | { readonly kind: 'pending'; readonly value: T }
  | { readonly kind: 'failed'; readonly code: string; readonly value: T | null }
  | { readonly kind: 'unknown'; readonly reason: 'NO_ANSWER' | 'UNRECOGNISED'; readonly detail: string };

export type Unknown = Extract<Outcome<never>, { kind: 'unknown' }>;

/** What an error becomes. */
export type Mishap = Unknown | Extract<Outcome<never>, { kind: 'failed' }>;

/** Codes that say: understood, and not done. Everything else may have been done. */
const REFUSALS: ReadonlySet<string> = new Set(['StripeCardError', 'StripeInvalidRequestError']);

/** In doubt, unknown: a timeout, a cut connection, a 409, a 429 and a 500 (also one that is replayed) prove nothing. */
export function outcomeOfError(error: unknown): Mishap {
  if (!(error instanceof Error)) return { kind: 'unknown', reason: 'NO_ANSWER', detail: String(error) };
  const { type, code, statusCode } = error as Partial<Stripe.errors.StripeError>;
  const isRefusal =
    type !== undefined &&
    REFUSALS.has(type) &&
    statusCode !== undefined &&
    statusCode < 500 &&
    statusCode !== 409;
  if (isRefusal && code !== 'lock_timeout') return { kind: 'failed', code: code ?? type, value: null };
  return { kind: 'unknown', reason: 'NO_ANSWER', detail: error.message };
}

/**
 * Of a question. That nothing bears the name is an answer; a question that is refused for any other reason is as good as unanswered, because
 * it says nothing of what has become of the money.
 */
export function answerOfError(error: unknown): Mishap {
  const mishap = outcomeOfError(error);
  if (mishap.kind === 'unknown' || isMissing(mishap)) return mishap;
  return { kind: 'unknown', reason: 'NO_ANSWER', detail: `the question was refused: ${mishap.code}` };
}

export function isMissing(outcome: Outcome<unknown>): boolean {
  return outcome.kind === 'failed' && outcome.code === 'resource_missing';
}
