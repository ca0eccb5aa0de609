import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import { type Database, type Tx, grantToServices, openDatabase } from '#platform/database';

export const TEMPLATE = process.env['TAOYUAN_TEMPLATE'] ?? 'taoyuan_template';

/** The server that `npm test` has started, or any other that may create databases. */
export function serverUrl(): URL {
  const url = process.env['DATABASE_URL'];
  if (!url)
    throw new Error('DATABASE_URL is not set: run the tests through `npm test`, or see test/README.md.');
  return new URL(url);
}

/** Each Jest worker has a Redis database of its own, so that flushing one disturbs nobody. */
export function redisUrl(): string {
  const text = process.env['REDIS_URL'];
  if (!text)
    throw new Error('REDIS_URL is not set: run the tests through `npm test`, or see test/README.md.');
  const url = new URL(text);
  url.pathname = `/${process.env['JEST_WORKER_ID'] ?? '0'}`;
  return url.toString();
}

export function urlOf(name: string): string {
  const url = serverUrl();
  url.pathname = `/${name}`;
  return url.toString();
}

/** Runs statements on the server, outside any database of ours. */
export async function onServer<T>(
  work: (query: (sql: string) => Promise<T[]>) => Promise<void>,
): Promise<void> {
  const url = serverUrl();
  url.pathname = '/';
  const connection = await createConnection({ uri: url.toString() });
  try {
    await work(async (sql) => {
      const [rows] = await connection.query(sql);
      return rows as T[];
    });
  } finally {
    await connection.end();
  }
}

/** As whom the services come; without it (a server of your own) as the owner, and H3 cannot be shown. */
function servicesUrlOf(name: string): string {
  const services = process.env['TAOYUAN_SERVICES_URL'];
  if (!services) return urlOf(name);
  const url = new URL(services);
  url.pathname = `/${name}`;
  return url.toString();
}

export interface TestDatabase {
  readonly name: string;
  /** As the services come to it: what they may not change, no spec changes by the way. */
  readonly url: string;
  readonly database: Database;
  /** For specs that clear tables, or tamper on purpose. */
  readonly asOwner: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** Deletes all rows, in this order. */
  readonly clear: (...tables: readonly string[]) => Promise<void>;
  drop(): Promise<void>;
}

/** As a service: no more than `grants.ts` says. */
async function grantOn(owner: Database, url: string): Promise<void> {
  const server = new URL(url);
  server.pathname = '/';
  const services = await createConnection({ uri: server.toString() });
  try {
    const query = async (sql: string, values?: string[]) => (await services.query(sql, values))[0];
    await grantToServices(owner.dataSource, { query });
  } finally {
    await services.end();
  }
}

/** Where the parcels of specs go that do not mind where: what these lie in is loaded by whoever asks for it. */
const COUNTIES = `('430211', '430200', 'COUNTY', '天元区'), ('540102', '540100', 'COUNTY', '城关区')`;

/** A database of its own for one spec file, copied table by table from the migrated template (some 100 ms). */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `taoyuan_${process.env['JEST_WORKER_ID'] ?? '0'}_${randomBytes(4).toString('hex')}`;
  await onServer<{ name: string; rows: number }>(async (query) => {
    await query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
    const tables = await query(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '${TEMPLATE}'`,
    );
    for (const table of tables) {
      await query(`CREATE TABLE ${name}.${table.name} LIKE ${TEMPLATE}.${table.name}`);
      await query(`INSERT INTO ${name}.${table.name} SELECT * FROM ${TEMPLATE}.${table.name}`);
    }
    await query(`INSERT INTO ${name}.division (code, parent_code, level, name) VALUES ${COUNTIES}`);
  });
  const owner = await openDatabase({ databaseUrl: urlOf(name), databasePoolSize: 2 });
  const url = servicesUrlOf(name);
  if (url !== urlOf(name)) await grantOn(owner, url);
  const database = await openDatabase({ databaseUrl: url, databasePoolSize: 20 });
  const asOwner: TestDatabase['asOwner'] = (work) => owner.transaction(work);
  return {
    name,
    url,
    database,
    asOwner,
    clear: (...cleared) =>
      asOwner(async (tx) => {
        for (const table of cleared) await tx.write(`DELETE FROM ${table}`);
      }),
    drop: async () => {
      await database.close();
      await owner.close();
      await onServer(async (query) => {
        await query(`DROP DATABASE ${name}`);
      });
    },
  };
}
