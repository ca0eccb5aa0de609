import type { IdOf } from '#libs/kernel';
import { type Event, newEvent } from '#platform/outbox';
import type { MerchantClosureId } from './merchant-closure.entity.js';

/** An owner is to be told what became of their merchant; one fact for each of them, so that nobody hears it twice because another did not. */
export type MerchantClosureChanged = Event<
  'merchant_closure.changed',
  { readonly closureId: MerchantClosureId; readonly userId: IdOf<'usr'> }
>;

export type ClosureEvent = MerchantClosureChanged;

export function merchantClosureChanged(
  payload: MerchantClosureChanged['payload'],
  at: Date,
): MerchantClosureChanged {
  return newEvent('merchant_closure.changed', payload, at);
}
