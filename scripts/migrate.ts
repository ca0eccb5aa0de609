import { createConnection } from 'mysql2/promise';
import { type Database, grantToServices, openDatabase } from '#platform/database';

/** Without a database of its own: the account may have no right to it yet. */
async function grant(owner: Database, url: string): Promise<void> {
  const server = new URL(url);
  server.pathname = '/';
  const services = await createConnection({ uri: server.toString(), connectTimeout: 10_000 });
  try {
    await grantToServices(owner.dataSource, {
      query: async (sql: string, values?: string[]) => (await services.query(sql, values))[0],
    });
  } finally {
    await services.end();
  }
}

/**
 * `npm run migrate`: brings the database to the newest migration, as the account of DATABASE_MIGRATION_URL, and lets the account
 * of DATABASE_URL do what the services do. With DATABASE_URL alone, one account is both. Run again after a failure, it goes on.
 */
const servicesUrl = process.env['DATABASE_URL'];
const databaseUrl = process.env['DATABASE_MIGRATION_URL'] || servicesUrl;
if (!databaseUrl) {
  console.error('DATABASE_URL is not set, e.g. mysql://user:password@127.0.0.1:3306/taoyuan');
  process.exit(78);
}
const database = await openDatabase({ databaseUrl, databasePoolSize: 2 });
try {
  const ran = await database.dataSource.runMigrations();
  if (servicesUrl && servicesUrl !== databaseUrl) await grant(database, servicesUrl);
  console.log(
    ran.length === 0 ? 'The database is up to date.' : `Migrated: ${ran.map(({ name }) => name).join(', ')}`,
  );
} finally {
  await database.close();
}
