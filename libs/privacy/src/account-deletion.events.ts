import type { IdOf } from '#libs/kernel';
import { type Event, newEvent } from '#platform/outbox';

/** Nobody stands behind this id any more: whoever keeps a name, phone or address with it forgets them. */
export type AccountDeleted = Event<
  'account.deleted',
  { readonly userId: IdOf<'usr'>; readonly deletionId: IdOf<'del'> }
>;

export type PrivacyEvent = AccountDeleted;

export function accountDeleted(payload: AccountDeleted['payload'], at: Date): AccountDeleted {
  return newEvent('account.deleted', payload, at);
}
