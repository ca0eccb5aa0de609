import type { Client } from '../harness/client.js';
import type { World } from '../harness/world.js';
import { type MadeProduct, type ProductOptions, makeProduct } from './product.make.js';
import { makeUser } from './user.make.js';

/** Goods of a merchant for whom so many clerks work beside its owner. */
export async function makeStocked(
  world: World,
  clerks: number,
  options: ProductOptions,
): Promise<MadeProduct & { readonly owner: Client; readonly clerk: Client }> {
  const product = await makeProduct(world, options);
  const { merchantId } = product;
  const roles = [
    'MERCHANT_OWNER',
    ...Array.from({ length: clerks }, () => 'MERCHANT_CLERK' as const),
  ] as const;
  const team: Client[] = [];
  for (const role of roles) {
    const grant = { role, scopeKind: 'MERCHANT', scopeId: merchantId } as const;
    const { userId } = await makeUser(world, { displayName: role, grants: [grant] });
    team.push(world.client('merchant').as(world.personOf(userId, grant).token));
  }
  const [owner, clerk] = team;
  if (!owner) throw new Error('somebody owns it');
  return { ...product, owner, clerk: clerk ?? owner };
}

/** On shelves, and held; together they are what has moved. */
export async function standingOf(
  { database }: Pick<World, 'database'>,
  { variantId }: Pick<MadeProduct, 'variantId'>,
): Promise<{ readonly shelves: number; readonly held: number }> {
  const [row] = await database.query<Record<'shelves' | 'held' | 'moved', string>>(
    `SELECT COALESCE(SUM(CASE WHEN p.kind = 'HELD' THEN 0 ELSE l.on_hand END), 0) AS shelves,
       COALESCE(SUM(CASE WHEN p.kind = 'HELD' THEN l.on_hand ELSE 0 END), 0) AS held,
       (SELECT COALESCE(SUM(m.quantity), 0) FROM stock_movement m JOIN stock_level k ON k.id = m.stock_level_id WHERE k.variant_id = ?) AS moved
     FROM stock_level l JOIN stock_location p ON p.id = l.location_id WHERE l.variant_id = ?`,
    [variantId, variantId],
  );
  const [shelves, held, moved] = [Number(row?.shelves), Number(row?.held), Number(row?.moved)];
  expect(shelves + held).toBe(moved);
  return { shelves, held };
}
