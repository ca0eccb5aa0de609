import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QueryRunner } from 'typeorm';
import { present } from '#libs/kernel';
import { migrationClasses } from './migrations.js';
import { snakeCase } from './snake-naming.js';

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(folder, name), sql);
  return folder;
}

async function statementsOf(sql: string): Promise<string[]> {
  const [Migration] = migrationClasses(folderWith({ '0001-first.sql': sql }));
  if (!Migration) throw new Error('no migration');
  const statements: string[] = [];
  const runner = { query: async (statement: string) => void statements.push(statement) };
  await new Migration().up(runner as unknown as QueryRunner);
  return statements;
}

it('reads SQL files in the order of their numbers, under names that TypeORM sorts the same way', () => {
  const folder = folderWith({
    '0010-tenth.sql': 'SELECT 1;',
    '0002-second.sql': 'SELECT 1;',
    'README.md': 'no SQL',
  });

  expect(migrationClasses(folder).map((Migration) => new Migration().name)).toEqual([
    'second1700000000002',
    'tenth1700000000010',
  ]);
});

it('runs statement by statement, and takes no semicolon within a line for an end', async () => {
  const sql =
    "-- Why.\nCREATE TABLE a (id INT); -- not here\nINSERT INTO a VALUES ('x;y');\n\nCREATE TABLE b (\n  id INT -- a key; not null\n);\n";

  expect(await statementsOf(sql)).toEqual([
    "-- Why.\nCREATE TABLE a (id INT); -- not here\nINSERT INTO a VALUES ('x;y')",
    'CREATE TABLE b (\n  id INT -- a key; not null\n)',
  ]);
});

it('passes over comments and blank lines that stand alone', async () => {
  expect(await statementsOf('SELECT 1;\n-- Nothing more.\n\n')).toEqual(['SELECT 1']);
});

it.each([
  ['ALTER TABLE a ADD COLUMN b INT', 1060, 'passes over'],
  ['-- Why.\nALTER TABLE a ADD KEY a_b (b)', 1061, 'passes over'],
  ['ALTER TABLE a ADD CONSTRAINT a_b CHECK (b > 0)', 1826, 'passes over'],
  ['ALTER TABLE a ADD CONSTRAINT a_b CHECK (b > 0)', 3822, 'passes over'],
  ['ALTER TABLE a DROP COLUMN b', 1091, 'passes over'],
  ['ALTER TABLE a ADD COLUMN b INT', 1146, 'fails with'],
  ['INSERT INTO a VALUES (1)', 1060, 'fails with'],
])('of %s and error %i %s it, so that a run that broke off can go on', async (sql, errno, outcome) => {
  const [Migration] = migrationClasses(folderWith({ '0001-first.sql': `${sql};` }));
  const runner = { query: () => Promise.reject(Object.assign(new Error('refused'), { errno })) };

  const up = present(Migration && new Migration().up(runner as unknown as QueryRunner), 'a migration');

  await (outcome === 'passes over'
    ? expect(up).resolves.toBeUndefined()
    : expect(up).rejects.toThrow('refused'));
});

it('goes forward only', async () => {
  const [Migration] = migrationClasses(folderWith({ '0001-first.sql': 'SELECT 1;' }));

  await expect(Migration && new Migration().down({} as QueryRunner)).rejects.toThrow(
    '0001-first.sql has no way back',
  );
});

it("the project's own are numbered without a gap, each number once", () => {
  const numbers = migrationClasses().map((Migration) => Number((new Migration().name ?? '').slice(-4)));

  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});

it.each([
  ['id', 'id'],
  ['originCountyCode', 'origin_county_code'],
  ['isDesignated', 'is_designated'],
  ['already_snake', 'already_snake'],
])('%s is the column %s', (property, column) => {
  expect(snakeCase(property)).toBe(column);
});
