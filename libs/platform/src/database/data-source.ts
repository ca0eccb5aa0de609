import { DataSource, getMetadataArgsStorage } from 'typeorm';
import { createConnection } from 'mysql2/promise';
import type { Config } from '#platform/config';
import { migrationClasses } from './migrations.js';
import { SnakeNaming } from './snake-naming.js';

/** TypeORM treats the two servers differently, so the one that answers decides. */
async function serverType(url: string): Promise<'mariadb' | 'mysql'> {
  const connection = await createConnection({ uri: url, connectTimeout: 10_000 });
  try {
    const [rows] = await connection.query('SELECT VERSION() AS version');
    return /mariadb/i.test(JSON.stringify(rows)) ? 'mariadb' : 'mysql';
  } finally {
    await connection.end();
  }
}

/** Entities are whatever has been imported: each context's module imports its own. */
export async function openDataSource(
  config: Pick<Config, 'databaseUrl' | 'databasePoolSize'>,
): Promise<DataSource> {
  const dataSource = new DataSource({
    type: await serverType(config.databaseUrl),
    url: config.databaseUrl,
    entities: getMetadataArgsStorage().tables.map((table) => table.target),
    migrations: migrationClasses(),
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'none', // DDL commits by itself; every statement is written so that it may run again.
    namingStrategy: new SnakeNaming(),
    synchronize: false,
    supportBigNumbers: true,
    bigNumberStrings: true,
    timezone: 'Z',
    dateStrings: ['DATE'],
    charset: 'utf8mb4_unicode_ci',
    poolSize: config.databasePoolSize,
    extra: { trace: false, enableKeepAlive: true },
  });
  return dataSource.initialize();
}
