import type { IdOf } from '#libs/kernel';
import type { World } from '../harness/world.js';
import { makePlace, makeZoneContract } from '../make/place.make.js';
import type { Place } from './scope-places.js';

/** A zone that waits for its county, with the agreement about its site, and a contract for it that waits likewise. */
export async function salePlaces(
  world: World,
  { county, mark }: Place,
  operatorId: IdOf<'mer'>,
  userId: IdOf<'usr'>,
): Promise<Readonly<Record<'placeId' | 'placeFileId' | 'contractId' | 'contractFileId', string>>> {
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
  return {
    placeId,
    placeFileId: await fileOf(placeId),
    contractId,
    contractFileId: await fileOf(contractId),
  };
}
