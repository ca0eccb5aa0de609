import { createConnection } from 'mysql2/promise';
import migrate from '../harness/global-setup.mjs';
import { GUARDS } from './guards.mjs';

const WHOLE = process.env.WHOLE_TEMPLATE ?? 'taoyuan_template';

async function tablesOf(connection, schema) {
  const [rows] = await connection.query(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? AND table_type = 'BASE TABLE'",
    [schema],
  );
  return rows.map(({ name }) => name);
}

/** The migrated template as it is, or a copy of it in which a guard is missing. */
export default async function setUp() {
  if (!process.env.DATABASE_URL) return;
  const url = new URL(process.env.DATABASE_URL);
  url.pathname = '/';
  const connection = await createConnection({ uri: url.toString() });
  try {
    if ((await tablesOf(connection, WHOLE)).length === 0) await migrate();
    const sql = GUARDS.find(({ name }) => name === process.env.MUTANTS)?.sql;
    if (sql === undefined) return;
    const mutant = process.env.TAOYUAN_TEMPLATE;
    await connection.query(`DROP DATABASE IF EXISTS ${mutant}`);
    await connection.query(`CREATE DATABASE ${mutant} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
    for (const table of await tablesOf(connection, WHOLE)) {
      await connection.query(`CREATE TABLE ${mutant}.${table} LIKE ${WHOLE}.${table}`);
      await connection.query(`INSERT INTO ${mutant}.${table} SELECT * FROM ${WHOLE}.${table}`);
    }
    await connection.changeUser({ database: mutant });
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}
