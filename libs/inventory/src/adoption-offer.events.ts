import { type Event, newEvent } from '#platform/outbox';
import type { AdoptionOffer } from './adoption-offer.entity.js';

export type AdoptionOfferChanged = Event<
  'adoption_offer.changed',
  { readonly offerId: AdoptionOffer['id']; readonly variantId: AdoptionOffer['variantId'] }
>;

/** The merchant has opened or closed it, or said something of its objects: of its variant there is another number to be had. */
export function adoptionOfferChanged(
  { id: offerId, variantId }: Pick<AdoptionOffer, 'id' | 'variantId'>,
  at: Date,
): AdoptionOfferChanged {
  return newEvent('adoption_offer.changed', { offerId, variantId }, at);
}
