import type { IdOf } from '#libs/kernel';
import { type Event, newEvent } from '#platform/outbox';

export type ReceivableChanged = Event<'receivable.changed', { readonly orderId: IdOf<'ord'> }>;

export type ReceivableCredited = Event<
  'receivable.credited',
  { readonly orderId: IdOf<'ord'>; readonly refundId: string; readonly creditedAt: string }
>;

export type ReceivableEvent = ReceivableChanged | ReceivableCredited;

/** More or less is owed for the order than before; how much, whoever is woken reads. */
export function receivableChanged(orderId: IdOf<'ord'>, at: Date): ReceivableChanged {
  return newEvent('receivable.changed', { orderId }, at);
}

/** A refund has been taken from what is owed, or stands to the unit's credit. */
export function receivableCredited(
  { orderId, refundId }: { orderId: IdOf<'ord'>; refundId: string },
  at: Date,
): ReceivableCredited {
  return newEvent('receivable.credited', { orderId, refundId, creditedAt: at.toISOString() }, at);
}
