import type { Payment, Refund, StateDifference, StateSubject, UnreturnedPayment } from '#libs/payment';
import type { Finding } from './reconciliation.rules.js';

/** Under what a payment that does not fit is found again. */
export function mismatchBreak(paymentId: string) {
  return { breakClass: 'AMOUNT_MISMATCH', subject: paymentId } as const;
}

/** Money of another currency is not in the books: its amount counts nothing here. */
export function findingOfMismatch({
  id,
  orderId,
  amountFen,
  capturedFen,
  capturedAt,
  createdAt,
  method,
}: Payment): Finding {
  const isForeign = capturedFen === null || capturedFen === 0n;
  return {
    ...mismatchBreak(id),
    expectedFen: amountFen,
    actualFen: isForeign ? null : capturedFen,
    detail: {
      orderId,
      method,
      what: isForeign ? 'another currency than asked' : 'another amount than asked',
    },
    happenedAt: capturedAt ?? createdAt,
  };
}

/** Under what money that did not go back by itself is found again. */
export function unreturnedBreak(paymentId: string) {
  return { breakClass: 'UNRETURNED', subject: paymentId } as const;
}

/** Nothing of it should be here. */
export function findingOfUnreturned(payment: UnreturnedPayment): Finding {
  const { paymentId, orderId, method, reason, capturedFen, returnedFen, failedRefundId } = payment;
  return {
    ...unreturnedBreak(paymentId),
    expectedFen: 0n,
    actualFen: capturedFen - returnedFen,
    detail: {
      orderId,
      method,
      reason,
      failedRefundId,
      failureCode: payment.failureCode ?? '',
      what: 'should have gone back by itself, and its refund failed',
    },
    happenedAt: payment.failedAt,
  };
}

export function isReturned({ capturedFen, returnedFen }: UnreturnedPayment): boolean {
  return capturedFen === returnedFen;
}

export function findingOfAdopted({
  id,
  orderId,
  paymentId,
  amountFen,
  providerRef,
  createdAt,
}: Refund): Finding {
  return {
    breakClass: 'REVIEW',
    subject: id,
    expectedFen: null,
    actualFen: amountFen,
    detail: {
      orderId,
      paymentId,
      providerRef: providerRef ?? '',
      what: "made at the provider's own desk and adopted",
    },
    happenedAt: createdAt,
  };
}

/** What the provider knows better the janitor fetches; what it does not know at all is gone. */
export function findingOfState(
  subject: StateSubject,
  { id, orderId, amountFen, ours, theirs, since }: StateDifference,
): Finding {
  return {
    breakClass: theirs === null ? 'MISSING_EXTERNAL' : 'TIMING',
    subject: id,
    expectedFen: null,
    actualFen: theirs === null ? amountFen : null,
    detail: { orderId, subject, ours, theirs: theirs ?? 'unknown to the provider' },
    happenedAt: since,
  };
}
