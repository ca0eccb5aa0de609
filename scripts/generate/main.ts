import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { openDatabase } from '#platform/database';
import { generatedPages } from './pages.js';
import { schemaSql } from './schema-sql.js';

/**
 * `npm run generate`: writes every generated file that is committed. Wants a server in DATABASE_URL that may create databases,
 * because `schema.sql` is what an empty one looks like after the last migration.
 */
const databaseUrl = process.env['DATABASE_URL'];
if (!databaseUrl) {
  console.error('DATABASE_URL is not set: use `npm run generate`, which starts a server of its own.');
  process.exit(78);
}

async function freshSchemaSql(server: string): Promise<string> {
  const url = new URL(server);
  const main = await openDatabase({ databaseUrl: server, databasePoolSize: 1 });
  const name = `taoyuan_generate_${randomBytes(4).toString('hex')}`;
  await main.dataSource.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
  try {
    url.pathname = `/${name}`;
    const database = await openDatabase({ databaseUrl: url.toString(), databasePoolSize: 1 });
    try {
      await database.dataSource.runMigrations();
      return await schemaSql(database);
    } finally {
      await database.close();
    }
  } finally {
    await main.dataSource.query(`DROP DATABASE ${name}`);
    await main.close();
  }
}

const pages = new Map([...generatedPages(), ['libs/platform/schema.sql', await freshSchemaSql(databaseUrl)]]);
for (const [path, text] of pages) {
  writeFileSync(path, text);
  console.log(path);
}
