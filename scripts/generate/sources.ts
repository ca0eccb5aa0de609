import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Paths under `folder` with this ending, from the root of the checkout, in a fixed order; a folder that is not there has none. */
export function pathsUnder(folder: string, ending: string): string[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  } catch {
    return []; // A service without such files.
  }
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted((a, b) => (a < b ? -1 : 1));
}

export function read(path: string): string {
  return readFileSync(path, 'utf8');
}

export const GENERATED_BY = 'Printed by `npm run generate`; a test compares it with the code.';
