import { type IdOf, newId } from '#libs/kernel';
import type { World } from '../harness/world.js';
import { makePlace, makeSellThrough, makeZoneContract } from '../make/place.make.js';
import type { Place } from './scope-places.js';

type PlaceIdName =
  | 'placeId'
  | 'placeFileId'
  | 'contractId'
  | 'contractFileId'
  | 'rangeOfferId'
  | 'sellThroughId'
  | 'offtakeId';

/** A zone that waits for its county, with the agreement about its site, and a contract for it that waits likewise. */
export async function salePlaces(
  world: World,
  { county, mark }: Place,
  operatorId: IdOf<'mer'>,
  userId: IdOf<'usr'>,
  productId: string,
): Promise<Readonly<Record<PlaceIdName, string>>> {
  const place = { countyCode: county, name: `${mark}专区`, hostName: `${mark}超市` };
  const placeId = await makePlace(world, { operatorId, userId, place, until: 'SITE_AGREED' });
  const contractId = await makeZoneContract(world, {
    hostId: operatorId,
    userId,
    divisionCode: county,
    number: `${mark}1号`,
    isAgreed: false,
  });
  const fileOf = async (holder: string) => {
    const [file] = await world.database.query<{ id: string }>(
      'SELECT id FROM stored_file WHERE holder = ? LIMIT 1',
      [holder],
    );
    return file?.id ?? '';
  };
  const rangeOfferId = newId('rgo');
  const now = world.clock.now();
  await world.database.transaction((tx) =>
    tx.insert('range_offer', [
      {
        id: rangeOfferId,
        channelPointId: placeId,
        operatorId,
        productId,
        merchantId: operatorId,
        state: 'PROPOSED',
        openProductId: productId,
        proposedBy: userId,
        proposedAt: now,
        decidedBy: null,
        decidedAt: null,
        reason: '',
      },
    ]),
  );
  const offtakeId = newId('oft');
  await world.database.transaction((tx) =>
    tx.insert('offtake', [
      {
        id: offtakeId,
        operatorId,
        channelPointId: placeId,
        variantId: newId('var'),
        merchantId: operatorId,
        sellerCountyCode: county,
        quantity: 1,
        amountFen: 100n,
        boughtOn: '2026-11-01',
        documentNo: `${mark}1`,
        state: 'TOLD',
        toldBy: userId,
        idempotencyKey: offtakeId,
        toldAt: now,
        decidedBy: null,
        decidedAt: null,
        reason: '',
      },
    ]),
  );
  const sellThroughId = await makeSellThrough(world, { operatorId, userId }, `${mark}专区,没有的货,1,8`);
  return {
    offtakeId,
    rangeOfferId,
    sellThroughId,
    placeId,
    placeFileId: await fileOf(placeId),
    contractId,
    contractFileId: await fileOf(contractId),
  };
}
