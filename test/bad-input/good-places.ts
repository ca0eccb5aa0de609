import { OfftakeService, RangeOfferService } from '#libs/consignment';
import { type IdOf, newId } from '#libs/kernel';
import { makePavilion } from '../make/channel-point.make.js';
import { makeScan } from '../make/application.make.js';
import { makePlace, makeSellThrough, makeZoneContract, zoneProposal } from '../make/place.make.js';
import { makeCertification, makeProduct } from '../make/product.make.js';
import { type GoodValues, type Ground, must } from './good.js';

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
  const [offered, wanted] = [
    await makeProduct(world, { merchantId: hostId }),
    await makeProduct(world, { merchantId: hostId }),
  ];
  await makeCertification(world, wanted.productId);
  await makeCertification(world, offered.productId);
  const openZone = await makePlace(world, {
    operatorId: hostId,
    userId,
    place: { countyCode: place.county },
  });
  const by = { userId, merchantIds: [hostId] };
  const [own] = must(
    await world.get(RangeOfferService).propose(openZone, [offered.productId], by),
  ) as string[];
  const told = `${openZone},${offered.variantId},1,8`;
  const bought = await makeProduct(world);
  const purchase = {
    placeId: openZone,
    variantId: bought.variantId,
    quantity: 10,
    amountFen: 88_000n,
    boughtOn: '2026-11-01',
    documentNo: 'SH-1',
  };
  const offtakeId = must(
    await world.get(OfftakeService).tell({ ...purchase, idempotencyKey: newId('req') }, by),
  );
  return {
    offtakeTell: { values: { ...purchase, amountFen: '88000' } },
    offtakeDecide: { values: { offtakeId, act: 'WITHDRAWN', reason: '记错了' } },
    rangePropose: { values: { placeId: openZone, productIds: [wanted.productId] } },
    rangeDecide: { values: { offerId: own, act: 'ENDED', reason: '换季' } },
    sellThroughConfirm: {
      values: {
        sellThroughId: await makeSellThrough(world, { operatorId: hostId, userId }, told),
        reason: '核对',
      },
    },
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
