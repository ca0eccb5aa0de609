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
          for (const statement of statements) await runner.query(statement);
        }

        /** Forward only: what has been published is mended by the next migration. */
        async down(): Promise<void> {
          throw new Error(`${file} has no way back; write the next migration.`);
        }
      };
    });
}
