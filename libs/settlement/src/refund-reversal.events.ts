import { type Event, newEvent } from '#platform/outbox';

export type RefundReserved = Event<'refund.reserved', { readonly refundId: string }>;

/** The money for the refund has been set aside; it may be sent. */
export function refundReserved(refundId: string, at: Date): RefundReserved {
  return newEvent('refund.reserved', { refundId }, at);
}

export type SettlementEvent = RefundReserved;
