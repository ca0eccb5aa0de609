import { NEVER_EXPIRES_ON, VanStockService } from '#libs/inventory';
import { newId, present, refused } from '#libs/kernel';
import { type RestockRouteId, type VanWriteOffId, VanWriteOffService } from '#libs/restocking';
import type { World } from '../harness/world.js';
import type { MadeProduct } from './product.make.js';

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

/** Two of a batch that a van which is back should have on it, and somebody has asked to write them off. */
export async function makeWriteOff(
  world: Pick<World, 'database' | 'get' | 'clock'>,
  {
    merchantId,
    variantId,
    batchIds,
  }: Pick<MadeProduct, 'variantId' | 'batchIds'> & { readonly merchantId: string },
  userId = newId('usr'),
): Promise<{ readonly routeId: RestockRouteId; readonly writeOffId: VanWriteOffId }> {
  const routeId = await makeRoute(world, merchantId, 'UNDER_WAY');
  const line = { variantId, batchId: present(batchIds[0], 'a batch'), quantity: 2 };
  await world.database.transaction(async (tx) => {
    const goods = [{ ...line, bestBeforeOn: NEVER_EXPIRES_ON }];
    await world.get(VanStockService).recount(tx, { routeId, goods, causeKey: 'load' });
    const done = "UPDATE restock_route SET state = 'DONE', ended_at = ? WHERE id = ?";
    await tx.write(done, [world.clock.now(), routeId]);
  });
  const wish = { routeId, lines: [line], reason: '清点后仍缺', causeKey: 'lost' };
  const owner = { userId, managed: [merchantId], restocked: [] };
  const writeOffId = await world.get(VanWriteOffService).request(wish, owner);
  if (refused(writeOffId)) throw new Error(writeOffId.message.en);
  return { routeId, writeOffId };
}
