import { createConnection } from 'mysql2/promise';
import { SystemClock } from '#libs/kernel';
import { filesToLoad } from './seed/noted.js';
import { ZHUZHOU } from './seed/zhuzhou.load.js';

/** One question on a bare connection, so that the start of a loaded house does not wait for everything that loading needs. */
async function isLoaded(uri: string): Promise<boolean> {
  const connection = await createConnection({ uri, connectTimeout: 10_000 });
  try {
    const left = await filesToLoad(async (sql) => {
      const [rows] = await connection.query(sql);
      return rows as { name: string; contentHash: Buffer }[];
    }, ZHUZHOU);
    return left.length === 0;
  } finally {
    await connection.end();
  }
}

async function load(databaseUrl: string): Promise<string> {
  const [{ openDatabase }, { loadFiles }, { dataKeysOf }] = await Promise.all([
    import('#platform/database'),
    import('./seed/load.js'),
    import('#platform/config'),
  ]);
  const dataKeys = dataKeysOf(process.env['DATA_KEYS'] ?? '');
  const database = await openDatabase({ databaseUrl, databasePoolSize: 2 });
  try {
    const results = await loadFiles(
      database,
      new SystemClock(),
      ZHUZHOU,
      dataKeys,
      ({ file, rows, tookMs }) =>
        console.log(
          `${file.padEnd(24)} ${String(rows).padStart(6)} rows  ${(tookMs / 1000).toFixed(2).padStart(5)} s`,
        ),
    );
    return `${results.length} files, ${results.reduce((sum, { rows }) => sum + rows, 0)} rows`;
  } finally {
    await database.close();
  }
}

/**
 * `node dist/scripts/seed.js`: loads Zhuzhou into the migrated database named by DATABASE_MIGRATION_URL (or DATABASE_URL), accounts
 * sealed under DATA_KEYS. Run again, it does what is left.
 */
const databaseUrl = process.env['DATABASE_MIGRATION_URL'] || process.env['DATABASE_URL'];
if (!databaseUrl) {
  console.error('DATABASE_URL is not set, e.g. mysql://user:password@127.0.0.1:3306/taoyuan');
  process.exit(78);
}
console.log((await isLoaded(databaseUrl)) ? 'Zhuzhou is there already' : await load(databaseUrl));
