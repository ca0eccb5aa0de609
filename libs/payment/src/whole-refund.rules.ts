import type { Payment } from './payment.entity.js';
import {
  PaymentNotInBooksError,
  PaymentNotMismatchedError,
  PaymentNotUnreturnedError,
} from './payment.errors.js';
import type { Refund, RefundReason } from './refund.entity.js';

/** Refunds that a rule decides on, of everything there is: nobody has to ask for them, so nobody notices by himself that one has failed. */
export const UNRETURNED_REASONS = [
  'LATE',
  'DUPLICATE',
  'CANCELLED',
] as const satisfies readonly RefundReason[];
export type UnreturnedReason = (typeof UNRETURNED_REASONS)[number];

/** Whether nobody has asked for it. */
export function isUnreturned(reason: RefundReason): boolean {
  return UNRETURNED_REASONS.some((each) => each === reason);
}

/** Why a refund of all of it is another one; otherwise why it may not be. */
export type Judged<Refusal> = RefundReason | Refusal;

/** Money that was not what the order asked for. */
export function judgeMismatched({
  disposition,
  capturedFen,
}: Pick<Payment, 'disposition' | 'capturedFen'>): Judged<PaymentNotMismatchedError | PaymentNotInBooksError> {
  if (disposition !== 'MISMATCHED') return new PaymentNotMismatchedError();
  if (capturedFen === null || capturedFen === 0n) return new PaymentNotInBooksError();
  return 'MISMATCHED';
}

/** Money that should have gone back by itself, and did not: a rule has asked for it, and its refund has failed. */
export function judgeUnreturned(
  refunds: readonly Pick<Refund, 'state' | 'reason'>[],
): Judged<PaymentNotUnreturnedError> {
  const failed = refunds.filter(({ state }) => state === 'FAILED').map(({ reason }) => reason);
  return UNRETURNED_REASONS.find((reason) => failed.includes(reason)) ?? new PaymentNotUnreturnedError();
}
