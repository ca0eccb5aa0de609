import { readFileSync } from 'node:fs';
import { type Database, openDatabase } from '#platform/database';
import { HOUSEKEEPING, schemaSql, tablesOf } from '../../scripts/generate/schema-sql.js';
import { type TestDatabase, createTestDatabase } from '../harness/database.js';
import { columnDrift, loadEntities, orphanTables } from './drift.js';

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  await loadEntities('libs');
  test = await createTestDatabase();
  database = test.database;
});

afterAll(() => test.drop());

it('the entities agree with the migrated tables, column by column', async () => {
  expect(await columnDrift(database.dataSource)).toEqual([]);
});

it('every migrated table has an entity', async () => {
  expect(orphanTables(await tablesOf(database), HOUSEKEEPING)).toEqual([]);
});

it('schema.sql is what the migrations make', async () => {
  if (database.dataSource.options.type !== 'mariadb') return; // MySQL says the same schema in other words.
  expect(readFileSync('libs/platform/schema.sql', 'utf8')).toBe(await schemaSql(database));
});

// Last in this file: TypeORM keeps what it has been told.
it('is really checked: a bad entity and a table without one are reported', async () => {
  await loadEntities('test/architecture/fixtures/drift');
  const bad = await openDatabase({ databaseUrl: test.url, databasePoolSize: 2 });
  try {
    const drift = await columnDrift(bad.dataSource);

    expect(drift).toContainEqual(expect.stringMatching(/`household_member`.*`household_id`/)); // another type
    expect(drift).toContainEqual(expect.stringMatching(/`household_member`.*`name` varchar\(61\)/)); // another length
    expect(drift).toContainEqual(expect.stringMatching(/`household_member`.*`birth_year`.*NOT NULL/)); // never unknown
    expect(drift).toContainEqual(expect.stringMatching(/`household_member` DROP COLUMN `is_head`/)); // forgotten
    expect(drift).toContainEqual(expect.stringMatching(/CREATE TABLE `nowhere`/)); // no migration makes it
    expect(orphanTables(['division', 'forgotten', 'migration'], HOUSEKEEPING)).toEqual(['forgotten']);
  } finally {
    await bad.close();
  }
});
