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

/** Written by whoever asks, whatever they are told. */
const NOTED = ['audit_entry', 'seal_waiting', 'migration'];

/** One number per table: two of these differ where a row has changed. */
export async function checksums(world: World): Promise<ReadonlyMap<string, string>> {
  const tables = await world.database.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY table_name`,
  );
  const names = tables.map(({ name }) => name).filter((name) => !NOTED.includes(name));
  const sums = await world.database.query<{ Table: string; Checksum: string }>(
    `CHECKSUM TABLE ${names.join(', ')}`,
  );
  return new Map(sums.map(({ Table: table, Checksum: sum }) => [table, String(sum)]));
}
