import type { Payment, Refund, StateDifference, StateSubject } from '#libs/payment';
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
