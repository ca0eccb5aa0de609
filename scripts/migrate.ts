import { openDatabase } from '#platform/database';

/** `npm run migrate`: brings the database named by DATABASE_URL to the newest migration. Run again after a failure, it goes on. */
const databaseUrl = process.env['DATABASE_URL'];
if (!databaseUrl) {
  console.error('DATABASE_URL is not set, e.g. mysql://user:password@127.0.0.1:3306/taoyuan');
  process.exit(78);
}
const database = await openDatabase({ databaseUrl, databasePoolSize: 2 });
try {
  const ran = await database.dataSource.runMigrations();
  console.log(
    ran.length === 0 ? 'The database is up to date.' : `Migrated: ${ran.map(({ name }) => name).join(', ')}`,
  );
} finally {
  await database.close();
}
