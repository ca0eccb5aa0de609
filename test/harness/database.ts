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

/** The template's tables, and which of them the migrations have filled. */
async function templateTables(): Promise<{ all: readonly string[]; filled: readonly string[] }> {
  const all: string[] = [];
  const filled: string[] = [];
  await onServer<{ name: string }>(async (query) => {
    const tables = await query(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '${TEMPLATE}'`,
    );
    all.push(...tables.map(({ name }) => name));
    filled.push(...(await query(whichHoldRows(TEMPLATE, all))).map(({ name }) => name));
  });
  return { all, filled };
}

function whichHoldRows(schema: string, tables: readonly string[]): string {
  return tables
    .map((table) => `SELECT '${table}' AS name FROM DUAL WHERE EXISTS (SELECT 1 FROM ${schema}.${table})`)
    .join(' UNION ALL ');
}

let template: Promise<{ all: readonly string[]; filled: readonly string[] }> | null = null;

/** A migrated database, the connections to it, and nothing in it but what the migrations put there. */
interface Kept {
  readonly name: string;
  readonly url: string;
  readonly owner: Database;
  readonly database: Database;
}

/** Copied table by table from the migrated template. */
async function make(): Promise<Kept> {
  const name = `taoyuan_${process.env['JEST_WORKER_ID'] ?? '0'}_${randomBytes(4).toString('hex')}`;
  const { all, filled } = await (template ??= templateTables());
  await onServer(async (query) => {
    await query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
    for (const table of all) await query(`CREATE TABLE ${name}.${table} LIKE ${TEMPLATE}.${table}`);
    for (const table of filled) await query(refill(name, table));
    await query(`INSERT INTO ${name}.division (code, parent_code, level, name) VALUES ${COUNTIES}`);
  });
  const owner = await openDatabase({ databaseUrl: urlOf(name), databasePoolSize: 2 });
  const url = servicesUrlOf(name);
  if (url !== urlOf(name)) await grantOn(owner, url);
  const database = await openDatabase({ databaseUrl: url, databasePoolSize: 20 });
  return { name, url, owner, database };
}

function refill(name: string, table: string): string {
  return `INSERT INTO ${name}.${table} SELECT * FROM ${TEMPLATE}.${table}`;
}

/** As if it had just been made, which takes a tenth of the time: few specs touch many tables. */
async function makeAsNew({ name }: Kept): Promise<void> {
  const { all, filled } = await (template ??= templateTables());
  await onServer<{ name: string }>(async (query) => {
    const tables = await query(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '${name}'`,
    );
    for (const table of tables)
      if (!all.includes(table.name)) await query(`DROP TABLE ${name}.${table.name}`);
    for (const table of await query(whichHoldRows(name, all)))
      await query(`DELETE FROM ${name}.${table.name}`);
    for (const table of filled) await query(refill(name, table));
    await query(`INSERT INTO ${name}.division (code, parent_code, level, name) VALUES ${COUNTIES}`);
  });
}

async function discard({ name, owner, database }: Kept): Promise<void> {
  await database.close();
  await owner.close();
  await onServer(async (query) => {
    await query(`DROP DATABASE ${name}`);
  });
}

/** What the spec files of one shelf have given back; null where nobody comes after. */
let free: Kept[] | null = null;

/** From now on databases are handed from spec file to spec file, until `discardDatabases`. */
export function keepDatabases(): void {
  free = [];
}

export async function discardDatabases(): Promise<void> {
  for (const kept of free ?? []) await discard(kept);
  free = null;
}

/** A database of its own for one spec file: nobody else's while it has it, and as new. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const kept = free?.pop() ?? (await make());
  const { name, url, owner, database } = kept;
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
      // A spec that has closed its connections, to see what comes of it, is the last to have it.
      if (!free || !database.dataSource.isInitialized) return discard(kept);
      await makeAsNew(kept);
      free.push(kept);
    },
  };
}
