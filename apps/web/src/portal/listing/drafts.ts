import { LISTING_SAVE } from '../listing.documents.js';
import { type Draft as Typed, Drafts } from '../drafts.js';
import { type Form, type Listing, type Said, contentOf, formOf } from './form.js';

interface About {
  /** What is on sale and changed; null for something new. */
  readonly productId: string | null;
}

export type Draft = Typed<Form, About>;

/** Goods that are typed on this phone. */
export const listings = new Drafts<Form, About, Listing>({
  prefix: 'listing:',
  contentOf,
  formOf: ({ content }) => formOf(content),
  aboutOf: ({ productId }) => ({ productId }),
  save: async (client, { key, merchantId, about, id, revision }, content) => {
    const input = {
      merchantId,
      productId: about.productId,
      listingId: id,
      idempotencyKey: key,
      revision,
      content: content as Said,
    };
    const { data } = await client.mutation(LISTING_SAVE, { input }).toPromise();
    const answer = data?.listingSave;
    if (!answer) return { kind: 'LOST' };
    if (answer.__typename === 'ListingSavePayload') return { kind: 'KEPT', ...answer.listing };
    if (answer.__typename === 'ListingOpenError') return { kind: 'OPEN', id: answer.listingId };
    if (answer.__typename === 'ListingChangedError') return { kind: 'CHANGED' };
    if (answer.__typename === 'ListingStateError') return { kind: 'DECIDED' };
    return { kind: 'REFUSED', message: answer.fields.map(({ message }) => message).join(' ') };
  },
});
