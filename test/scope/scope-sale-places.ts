import type { IdOf } from '#libs/kernel';
import type { World } from '../harness/world.js';
import { makePlace } from '../make/place.make.js';
import type { Place } from './scope-places.js';

/** A zone that waits for its county, with the agreement about its site. */
export async function salePlaces(
  world: World,
  { county, mark }: Place,
  operatorId: IdOf<'mer'>,
  userId: IdOf<'usr'>,
): Promise<Readonly<Record<'placeId' | 'placeFileId', string>>> {
  const place = { countyCode: county, name: `${mark}专区`, hostName: `${mark}超市` };
  const placeId = await makePlace(world, { operatorId, userId, place, until: 'SITE_AGREED' });
  const [file] = await world.database.query<{ id: string }>(
    'SELECT id FROM stored_file WHERE holder = ? LIMIT 1',
    [placeId],
  );
  return { placeId, placeFileId: file?.id ?? '' };
}
