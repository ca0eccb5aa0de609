import { createConnection } from 'mysql2/promise';
import { type Database, openDatabase } from '#platform/database';

export interface FreshDatabase {
  readonly url: string;
  readonly database: Database;
}

/** An empty, migrated database of the bench's own, on the server of DATABASE_MIGRATION_URL (or DATABASE_URL), as its owner; what an earlier run left is dropped. */
export async function freshDatabase(poolSize = 4): Promise<FreshDatabase> {
  const url = new URL(process.env['DATABASE_MIGRATION_URL'] || process.env['DATABASE_URL'] || '');
  url.pathname = '/';
  const connection = await createConnection({ uri: url.toString() });
  await connection.query('DROP DATABASE IF EXISTS taoyuan_bench');
  await connection.query('CREATE DATABASE taoyuan_bench CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci');
  await connection.end();
  url.pathname = '/taoyuan_bench';
  const database = await openDatabase({ databaseUrl: url.toString(), databasePoolSize: poolSize });
  await database.dataSource.runMigrations();
  return { url: url.toString(), database };
}
