import type { IdOf } from '#libs/kernel';
import { makePavilion } from '../make/channel-point.make.js';
import { makePlace, zoneProposal } from '../make/place.make.js';
import type { GoodValues, Ground } from './good.js';

/** Zones at each point of their way. */
export async function ofPlaces({ world, home }: Ground): Promise<GoodValues> {
  const { ids, ownerId, place } = home;
  const proposal = zoneProposal({ countyCode: place.county });
  const zone = (until: 'PROPOSED' | 'SITE_AGREED') =>
    makePlace(world, {
      operatorId: ids['merchantId'] as IdOf<'mer'>,
      userId: ownerId,
      place: { countyCode: place.county },
      until,
    });
  const recorded = await makePavilion(world, { countyCode: place.county });
  const proposed = { revision: 1, placeId: await zone('PROPOSED') };
  return {
    placePropose: { values: { place: proposal } },
    placeAmend: { values: { ...proposed, place: { ...proposal, name: '改名的专区' } } },
    placeStep: { values: { revision: 1, placeId: await zone('PROPOSED') } },
    placeEntrust: { isInCounty: true, values: { revision: 1, placeId: recorded.id, reason: '按协议运营' } },
    placeDecide: { isInCounty: true, values: { revision: 2, placeId: await zone('SITE_AGREED') } },
  };
}
