import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** SQL is read where it is written; the process runs at the root of the checkout (or image). */
const FOLDER = join('libs', 'platform', 'migrations');

/** A statement ends with a semicolon at the end of a line. */
function statementsOf(sql: string): string[] {
  return sql
    .split(/;[ \t]*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement.replace(/^--.*$/gm, '').trim() !== '');
}

/**
 * A column (1060), an index (1061) or a constraint (MariaDB 1826, MySQL 3822) of this name is there, or what should go is gone
 * (1091): an earlier run has got that far. The two servers share no IF NOT EXISTS for these.
 */
const DONE_BEFORE_ERRNOS = new Set([1060, 1061, 1826, 3822, 1091]);

function isDoneBefore(statement: string, error: unknown): boolean {
  if (!/^(--.*\n|\s)*ALTER TABLE/.test(statement)) return false;
  return error instanceof Error && 'errno' in error && DONE_BEFORE_ERRNOS.has(Number(error.errno));
}

/** Each statement may run again: one action per ALTER, and what has been done before is passed over. */
async function runAgain(runner: QueryRunner, statement: string): Promise<void> {
  try {
    await runner.query(statement);
  } catch (error) {
    if (!isDoneBefore(statement, error)) throw error;
  }
}

/** `0007-catalog.sql` becomes a TypeORM migration named `catalog1700000000007`: TypeORM orders by the digits. */
export function migrationClasses(folder = FOLDER): (new () => MigrationInterface)[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .toSorted()
    .map((file) => {
      const number = file.slice(0, 4);
      const statements = statementsOf(readFileSync(join(folder, file), 'utf8'));
      return class implements MigrationInterface {
        readonly name = `${file.slice(5, -4)}170000000${number}`;

        async up(runner: QueryRunner): Promise<void> {
          for (const statement of statements) await runAgain(runner, statement);
        }

        /** Forward only: what has been published is mended by the next migration. */
        async down(): Promise<void> {
          throw new Error(`${file} has no way back; write the next migration.`);
        }
      };
    });
}
