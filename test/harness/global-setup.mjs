import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';

/** Known to `database.ts` as well. Two test runs on one server need two templates. */
const TEMPLATE = process.env['TAOYUAN_TEMPLATE'] ?? 'taoyuan_template';

/** Migrates the template once, with the compiled command that `npm start` uses; every spec file copies it. */
export default async function setUp() {
  const server = process.env['DATABASE_URL'];
  if (!server) return; // Specs that need no database run without one.
  const url = new URL(server);
  url.pathname = '/';
  const connection = await createConnection({ uri: url.toString() });
  await connection.query(`DROP DATABASE IF EXISTS ${TEMPLATE}`);
  await connection.query(`CREATE DATABASE ${TEMPLATE} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
  await connection.end();
  url.pathname = `/${TEMPLATE}`;
  await promisify(execFile)(process.execPath, ['dist/scripts/migrate.js'], {
    env: { ...process.env, DATABASE_URL: url.toString() },
  });
}
