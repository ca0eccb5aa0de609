import { newEvent } from '#platform/outbox';
import type { Disposition, Payment } from './payment.entity.js';

/** Money has arrived, once per payment; only what is KEPT pays the order. */
export function paymentCaptured(
  payment: Payment,
  captured: {
    readonly amountFen: bigint;
    readonly at: Date;
    readonly disposition: Disposition;
    readonly intentRef: string;
    /** Held until now, and used with it. */
    readonly depositFen?: bigint;
  },
  now: Date,
) {
  const payload = {
    paymentId: payment.id,
    orderId: payment.orderId,
    intentRef: captured.intentRef,
    amountFen: captured.amountFen.toString(),
    disposition: captured.disposition,
    // Only where there is one, as in facts of before.
    ...(captured.depositFen ? { depositFen: captured.depositFen.toString() } : {}),
    capturedAt: captured.at.toISOString(),
  };
  return newEvent('payment.captured', payload, now);
}

/** An order was signed for, and the unit owes it from now on: once per order, in the place of a capture. */
export function paymentPromised(payment: Payment, promisedAt: Date, now: Date) {
  const payload = {
    paymentId: payment.id,
    orderId: payment.orderId,
    amountFen: payment.amountFen.toString(),
    promisedAt: promisedAt.toISOString(),
  };
  return newEvent('payment.promised', payload, now);
}

/** What the provider keeps for itself, once per payment, as soon as it has booked it. */
export function paymentFeeCharged(
  payment: Payment,
  fee: { readonly ref: string; readonly feeFen: bigint },
  now: Date,
) {
  const payload = {
    paymentId: payment.id,
    orderId: payment.orderId,
    movementRef: fee.ref,
    feeFen: fee.feeFen.toString(),
  };
  return newEvent('payment.fee_charged', payload, now);
}

export function paymentFailed(payment: Payment, now: Date) {
  return newEvent('payment.failed', { paymentId: payment.id, orderId: payment.orderId }, now);
}

export type PaymentCaptured = ReturnType<typeof paymentCaptured>;
export type PaymentPromised = ReturnType<typeof paymentPromised>;
export type PaymentFeeCharged = ReturnType<typeof paymentFeeCharged>;
export type PaymentFailed = ReturnType<typeof paymentFailed>;
