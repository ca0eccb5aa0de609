import { newEvent } from '#platform/outbox';
import type { PaymentHold } from './payment-hold.entity.js';

/** Something is known of it: held, captured, let go or lapsed. What it is, is read from it. */
export function paymentHoldChanged({ id, subjectId }: Pick<PaymentHold, 'id' | 'subjectId'>, now: Date) {
  return newEvent('payment_hold.changed', { holdId: id, subjectId }, now);
}

/** The provider is to be asked: to capture of it, or to let it go. */
export function paymentHoldAsked({ id }: Pick<PaymentHold, 'id'>, now: Date) {
  return newEvent('payment_hold.asked', { holdId: id }, now);
}

export type PaymentHoldChanged = ReturnType<typeof paymentHoldChanged>;
export type PaymentHoldAsked = ReturnType<typeof paymentHoldAsked>;
