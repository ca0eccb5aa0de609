import { newId } from '#libs/kernel';
import type { RestockRouteId } from '#libs/restocking';
import type { World } from '../harness/world.js';

/** A route that is planned, or has been loaded, and goes nowhere. */
export async function makeRoute(
  world: Pick<World, 'database'>,
  operatorId: string,
  state: 'PLANNED' | 'UNDER_WAY' = 'PLANNED',
): Promise<RestockRouteId> {
  const id = newId('rsr');
  const [day, nextVisitOn] = ['2026-11-02', '2026-11-09'];
  const route = {
    id,
    planId: newId('rsp'),
    operatorId,
    day,
    nextVisitOn,
    state,
    distanceM: 0,
    loadG: 0,
  };
  await world.database.transaction((tx) => tx.insert('restock_route', [route]));
  return id;
}
