import type { World } from '../harness/world.js';

/** Every id of every table that has one, to tell what of it is whose. */
export async function everyId(world: World): Promise<Set<string>> {
  const tables = await world.database.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = DATABASE() AND column_name = 'id' ORDER BY table_name`,
  );
  const found = new Set<string>();
  for (const { name } of tables)
    for (const { id } of await world.database.query<{ id: string }>(`SELECT id FROM ${name}`))
      if (/^[a-z]{3}_[0-9A-Z]{26}$/.test(id)) found.add(id);
  return found;
}
