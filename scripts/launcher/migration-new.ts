import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from './context.js';
import { Refusal } from './refusal.js';

const FOLDER = join('libs', 'platform', 'migrations');

const HEADER = `-- What changes and why, in a sentence.
-- Statements end with a semicolon at the end of a line. DDL commits by itself, so each one is written to run again
-- (IF NOT EXISTS), additive first, one ALTER action per statement. What has been published is mended by the next migration.

`;

/** The number after the last one, so that everybody's migrations run in one order. */
export function nextFileName(existing: readonly string[], name: string): string {
  const numbers = existing.map((file) => Number(/^(\d{4})-/.exec(file)?.[1] ?? 0));
  const next = Math.max(0, ...numbers) + 1;
  return `${String(next).padStart(4, '0')}-${name}.sql`;
}

export async function migrationNew(context: Context): Promise<number> {
  const [name] = context.args;
  if (name === undefined || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new Refusal(
      'Name the migration in words joined by hyphens: npm run migration:new -- order-line-origin',
    );
  }
  const folder = join(context.root, FOLDER);
  const file = nextFileName(readdirSync(folder), name);
  writeFileSync(join(folder, file), HEADER, { flag: 'wx' });
  process.stdout.write(`${join(FOLDER, file)}\n`);
  return 0;
}
