import { type IdOf, newId, refused } from '#libs/kernel';
import { type ListingId, ProductListingService } from '#libs/listing';
import type { World } from '../harness/world.js';
import { makePhoto } from './photo.make.js';

export interface ListingOptions {
  readonly merchantId: IdOf<'mer'>;
  readonly userId: IdOf<'usr'>;
  readonly kindCode: string;
  readonly countyCode: string;
  readonly isSubmitted?: boolean;
}

/** New goods with all that is needed; handed in unless said otherwise. */
export async function makeListing(
  world: Pick<World, 'get'>,
  { merchantId, userId, kindCode, countyCode, isSubmitted = true }: ListingOptions,
): Promise<{ readonly id: ListingId; readonly photoId: IdOf<'fil'> }> {
  const listings = world.get(ProductListingService);
  const author = { userId, merchantIds: [merchantId] };
  const photoId = await makePhoto(world, userId);
  const content = {
    kindCode,
    name: `黄桃${countyCode}`,
    description: '海拔八百米的晚熟黄桃。',
    originCountyCode: countyCode,
    isPerishable: true,
    variants: [{ name: '5 斤装', grade: 'FIRST', netWeightG: 2_500, priceFen: 8_800n }] as const,
    photoIds: [photoId],
  };
  const id = await listings.saveDraft(
    { merchantId, idempotencyKey: newId('req'), revision: 0, content },
    author,
  );
  if (refused(id)) throw new Error(id.message.en);
  const submitted = isSubmitted ? await listings.submit(id, 1, author) : id;
  if (refused(submitted)) throw new Error(submitted.message.en);
  return { id, photoId };
}
