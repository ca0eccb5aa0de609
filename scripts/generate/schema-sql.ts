import type { Database } from '#platform/database';

/** Books that migrations and the loader keep about themselves. */
export const HOUSEKEEPING = ['migration', 'seed_load'] as const;

/** Every table of the migrated database, by name; the migrations' own book is TypeORM's business. */
export async function tablesOf(database: Database): Promise<string[]> {
  const rows = await database.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY 1",
  );
  return rows.map(({ name }) => name);
}

/** `libs/platform/schema.sql`: the whole schema after the last migration, as MariaDB says it. */
export async function schemaSql(database: Database): Promise<string> {
  const tables = (await tablesOf(database)).filter((table) => table !== 'migration');
  const parts: string[] = [];
  for (const table of tables) {
    const [row] = await database.query<{ 'Create Table': string }>(`SHOW CREATE TABLE \`${table}\``);
    const statement = row?.['Create Table'] ?? '';
    // What has been counted, and how a server abbreviates, is not the schema.
    parts.push(
      `${statement.replace(/ AUTO_INCREMENT=\d+/, '').replace(/ CHARACTER SET (\w+) COLLATE \1_bin/g, ' COLLATE $1_bin')};`,
    );
  }
  return `-- The whole schema after the last migration, for reading: printed by \`npm run generate\`, compared by a test, never run.\n\n${parts.join('\n\n')}\n`;
}
