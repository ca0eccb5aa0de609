import { newEvent } from '#platform/outbox';
import type { Refund } from './refund.entity.js';

function told(refund: Refund) {
  return {
    refundId: refund.id,
    paymentId: refund.paymentId,
    orderId: refund.orderId,
    amountFen: refund.amountFen.toString(),
    channel: refund.channel,
  };
}

/** Money is owed back; the books set it aside and answer with `refund.reserved`, and only then is it sent. */
export function refundRequested(refund: Refund, now: Date) {
  const payload = { ...told(refund), reason: refund.reason, borneBy: refund.borneBy };
  return newEvent('refund.requested', payload, now);
}

export function refundSucceeded(refund: Refund, now: Date) {
  const payload = { ...told(refund), settledAt: now.toISOString() };
  return newEvent('refund.succeeded', payload, now);
}

/** Provider or bank has refused or could not deliver it, or it was not approved; the money is with us again. */
export function refundFailed(refund: Refund, now: Date) {
  return newEvent('refund.failed', told(refund), now);
}

export type RefundRequested = ReturnType<typeof refundRequested>;
export type RefundSucceeded = ReturnType<typeof refundSucceeded>;
export type RefundFailed = ReturnType<typeof refundFailed>;
