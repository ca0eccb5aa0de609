import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsv, type CsvRow } from './csv.js';

/** Where the files of Zhuzhou lie. Scripts and tests run from the root of the checkout. */
export function dataPath(...parts: string[]): string {
  return join(process.cwd(), 'data', 'zhuzhou', ...parts);
}

/** Where the divisions of the whole country lie. */
export function countryPath(...parts: string[]): string {
  return join(process.cwd(), 'data', 'divisions', ...parts);
}

/** A hand-written table. */
export function readSource(name: string): CsvRow[] {
  return parseCsv(readFileSync(dataPath('source', name), 'utf8'));
}
