import { newEvent } from '#platform/outbox';
import type { Refund } from './refund.entity.js';

/** Money is owed back; the books set it aside and answer with `refund.reserved`, and only then is it sent. */
export function refundRequested(refund: Refund, now: Date) {
  const payload = {
    refundId: refund.id,
    paymentId: refund.paymentId,
    orderId: refund.orderId,
    amountFen: refund.amountFen.toString(),
    reason: refund.reason,
  };
  return newEvent('refund.requested', payload, now);
}

export function refundSucceeded(refund: Refund, now: Date) {
  const payload = {
    refundId: refund.id,
    paymentId: refund.paymentId,
    orderId: refund.orderId,
    amountFen: refund.amountFen.toString(),
    settledAt: now.toISOString(),
  };
  return newEvent('refund.succeeded', payload, now);
}

/** The provider has refused or could not deliver it; the money is with us again. */
export function refundFailed(refund: Refund, now: Date) {
  const payload = {
    refundId: refund.id,
    paymentId: refund.paymentId,
    orderId: refund.orderId,
    amountFen: refund.amountFen.toString(),
  };
  return newEvent('refund.failed', payload, now);
}

export type RefundRequested = ReturnType<typeof refundRequested>;
export type RefundSucceeded = ReturnType<typeof refundSucceeded>;
export type RefundFailed = ReturnType<typeof refundFailed>;
