import type { IdOf } from '#libs/kernel';
import { makePavilion } from '../make/channel-point.make.js';
import { makeScan } from '../make/application.make.js';
import { makePlace, makeZoneContract, zoneProposal } from '../make/place.make.js';
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
  const userId = ownerId;
  const hostId = ids['merchantId'] as IdOf<'mer'>;
  const agreed = await makeZoneContract(world, { hostId, userId, number: '好1', divisionCode: place.county });
  const ended = await makeZoneContract(world, { hostId, userId, number: '好2', divisionCode: place.county });
  const waits = { hostId, userId, number: '好3', divisionCode: place.county, isAgreed: false };
  const terms = {
    divisionCode: place.county,
    number: '好4',
    validFrom: '2026-12-01',
    validTo: '2027-11-30',
    operatorBps: 800,
    fileIds: [await makeScan(world, userId)],
  };
  return {
    zoneContractPropose: { values: { contract: terms } },
    zoneContractShopsAdd: { values: { contractId: agreed, placeIds: [await zone('PROPOSED')] } },
    zoneContractEnd: { values: { contractId: ended, reason: '提前终止' } },
    zoneContractDecide: {
      isInCounty: true,
      values: { contractId: await makeZoneContract(world, waits), reason: '条款不全' },
    },
    placePropose: { values: { place: proposal } },
    placeAmend: { values: { ...proposed, place: { ...proposal, name: '改名的专区' } } },
    placeStep: { values: { revision: 1, placeId: await zone('PROPOSED') } },
    placeEntrust: { isInCounty: true, values: { revision: 1, placeId: recorded.id, reason: '按协议运营' } },
    placeDecide: { isInCounty: true, values: { revision: 2, placeId: await zone('SITE_AGREED') } },
  };
}
