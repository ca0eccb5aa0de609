import type { IdOf } from '#libs/kernel';
import { type Event, newEvent } from '#platform/outbox';
import type { ListingId } from './product-listing.entity.js';

/** HELD: handed in, and its price waits for a reviewer's reason. */
export const LISTING_NEWS = ['APPROVED', 'RETURNED', 'HELD'] as const;
export type ListingNews = (typeof LISTING_NEWS)[number];

/** Somebody who owns the merchant or has handed it in is to be told; one fact for each of them, so that nobody hears it twice because another did not. */
export type ListingDecided = Event<
  'listing.decided',
  { readonly listingId: ListingId; readonly userId: IdOf<'usr'>; readonly news: ListingNews }
>;

export type ListingEvent = ListingDecided;

export function listingDecided(payload: ListingDecided['payload'], at: Date): ListingDecided {
  return newEvent('listing.decided', payload, at);
}
