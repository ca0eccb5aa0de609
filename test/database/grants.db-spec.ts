import {
  APPEND_ONLY_TABLES,
  CHANGEABLE_COLUMNS,
  INSERTABLE_COLUMNS,
  grantToServices,
  tooMuch,
} from '#platform/database';
import { tablesOf } from '../../scripts/generate/schema-sql.js';
import { type TestDatabase, createTestDatabase, onServer, serverUrl } from '../harness/database.js';

/** Denied: on a command (1142), on a column (1143), or on what stands for the whole table (1370 and the like are not met here). */
const DENIED = /command denied to user/;

describe('H3: as the account of the services', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await createTestDatabase();
    if (test.url === serverUrl().toString()) throw new Error('The launcher gives TAOYUAN_SERVICES_URL.');
  });
  afterAll(() => test.drop());

  const run = (sql: string) => test.database.transaction((tx) => tx.write(sql));

  it.each(APPEND_ONLY_TABLES)('%s is added to and nothing else', async (table) => {
    const [column] = await test.database.query<{ Field: string }>(`SHOW COLUMNS FROM ${table}`);
    const name = column?.Field;
    for (const sql of [
      `UPDATE ${table} SET ${name} = 'x'`,
      `DELETE FROM ${table}`,
      `TRUNCATE TABLE ${table}`,
      `DROP TABLE ${table}`,
      `ALTER TABLE ${table} ADD COLUMN x INT`,
      `ALTER TABLE ${table} DROP COLUMN ${name}`,
      `CREATE TRIGGER t BEFORE INSERT ON ${table} FOR EACH ROW SET NEW.${name} = 'x'`,
      `RENAME TABLE ${table} TO gone`,
      `INSERT INTO ${table} (${name}) VALUES ('x') ON DUPLICATE KEY UPDATE ${name} = 'y'`,
      `REPLACE INTO ${table} (${name}) VALUES ('x')`,
    ]) {
      await expect(run(sql)).rejects.toThrow(DENIED);
    }
    expect(await test.database.query(`SELECT * FROM ${table} LIMIT 1`)).toEqual([]);
  });

  it.each([
    "UPDATE ledger_account SET code = 'x'",
    "UPDATE ledger_account SET type = 'asset'",
    'UPDATE ledger_account SET has_floor = 0',
    'DELETE FROM ledger_account',
    'TRUNCATE TABLE ledger_account',
    'ALTER TABLE ledger_account DROP CONSTRAINT ledger_account_floor',
    'UPDATE ledger_pending SET amount_fen = 1',
    'UPDATE ledger_pending SET expires_at = NULL',
    'DELETE FROM ledger_pending',
    "UPDATE after_sale_step SET act = 'OPENED'",
    'DELETE FROM after_sale_step',
    "UPDATE migration SET name = 'x'",
    'DROP TABLE customer_order',
    'CREATE TABLE mine (id INT)',
  ])('denied: %s', async (sql) => {
    await expect(run(sql)).rejects.toThrow(DENIED);
  });

  it.each([
    'UPDATE ledger_account SET debits_posted_fen = 0, credits_posted_fen = 0, version = 0',
    "UPDATE ledger_account SET state = 'OPEN'",
    "UPDATE ledger_pending SET posted_fen = 0 WHERE journal_id = ''",
    'DELETE FROM ledger_day_waiting',
    "UPDATE after_sale_step SET note = '' WHERE id = ''",
    "UPDATE customer_order SET state = 'PAID' WHERE id = ''",
  ])('allowed, because the services do it: %s', async (sql) => {
    await expect(run(sql)).resolves.toBe(0);
  });

  it('I11: when a journal was recorded is said by the database, and by nobody else', async () => {
    const insert = (column: string, value: string) =>
      run(
        `INSERT INTO ledger_journal (id, idempotency_key, request_hash, kind, subject, effective_at${column})
         VALUES ('jrn_i11', 'i11', UNHEX(REPEAT('00', 32)), 'test', 's', '2026-01-01'${value})`,
      );
    await expect(insert(', recorded_at', ", '2026-01-01'")).rejects.toThrow(DENIED);
    await insert('', '');

    const [row] = await test.database.query<{ agoSeconds: string }>(
      "SELECT TIMESTAMPDIFF(SECOND, recorded_at, UTC_TIMESTAMP(6)) AS agoSeconds FROM ledger_journal WHERE id = 'jrn_i11'",
    );
    expect(Number(row?.agoSeconds)).toBeLessThan(60);
    expect(Number(row?.agoSeconds)).toBeGreaterThanOrEqual(0);
    await test.clear('ledger_journal');
  });

  it.each(Object.entries(INSERTABLE_COLUMNS))('%s has every other column said by us', async (table, said) => {
    const columns = await test.database.query<{ Field: string }>(`SHOW COLUMNS FROM ${table}`);
    expect(columns.map(({ Field }) => Field).filter((name) => !said.includes(name))).toEqual(['recorded_at']);
  });

  it('nobody grants more to themselves', async () => {
    await expect(run(`GRANT UPDATE ON ${test.name}.ledger_journal TO CURRENT_USER()`)).rejects.toThrow(
      /denied/i,
    );
  });

  it('it may not do too much, and the owner may, which is said in the log', async () => {
    expect(await tooMuch(test.database)).toEqual([]);
    expect(await test.asOwner((tx) => tooMuch(tx))).toEqual(['ALTER', 'DELETE', 'DROP', 'UPDATE']);
  });

  it('what was granted too much is taken back by the next migration', async () => {
    const services = new URL(test.url).username;
    await onServer(async (query) => {
      await query(`GRANT UPDATE, DELETE ON ${test.name}.ledger_journal TO '${services}'@'127.0.0.1'`);
    });
    expect(await tooMuch(test.database)).toEqual(['DELETE', 'UPDATE']);

    await test.asOwner((tx) =>
      grantToServices({ query: (sql, values) => tx.manager.query(sql, values) }, test.database),
    );

    expect(await tooMuch(test.database)).toEqual([]);
    await expect(run('DELETE FROM ledger_journal')).rejects.toThrow(DENIED);
  });

  it('the lists name tables and columns that there are', async () => {
    const tables = await tablesOf(test.database);
    expect(tables).toEqual(
      expect.arrayContaining([...APPEND_ONLY_TABLES, ...Object.keys(CHANGEABLE_COLUMNS)]),
    );
    for (const [table, columns] of Object.entries(CHANGEABLE_COLUMNS)) {
      const found = await test.database.query<{ Field: string }>(`SHOW COLUMNS FROM ${table}`);
      expect(found.map(({ Field }) => Field)).toEqual(expect.arrayContaining([...columns]));
    }
  });
});
