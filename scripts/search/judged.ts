import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { present } from '#libs/kernel';
import { parseCsv } from '../data/csv.js';

/** A question of a buyer, and what a person said would answer it. */
export interface JudgedQuery {
  readonly query: string;
  readonly kind: string;
  readonly wanted: string;
}

export interface JudgedProduct {
  readonly id: string;
  readonly name: string;
  readonly categoryCode: string;
  readonly originCountyCode: string;
}

/** How many of the first results count. */
export const LOOKED_AT = 10;

export function readJudgedQueries(): JudgedQuery[] {
  const text = readFileSync(join(process.cwd(), 'data', 'search', 'judged-queries.csv'), 'utf8');
  return parseCsv(text).map((row) => ({
    query: present(row['query'], 'a query'),
    kind: present(row['kind'], 'a kind'),
    wanted: present(row['wanted'], 'what is wanted'),
  }));
}

function holds(term: string, product: JudgedProduct): boolean {
  if (term.startsWith('!')) return !holds(term.slice(1), product);
  if (term.startsWith('#')) return product.categoryCode === term.slice(1);
  if (term.startsWith('@')) return product.originCountyCode === term.slice(1);
  return product.name.includes(term);
}

/** `黄桃&!黄桃罐头|#TEA`: parts of a name, a category, a county; `!` for not, `&` for and, `|` for or. */
export function isWanted(wanted: string, product: JudgedProduct): boolean {
  return wanted.split('|').some((all) => all.split('&').every((term) => holds(term, product)));
}

export interface Verdict extends JudgedQuery {
  readonly wantedCount: number;
  /** Of the ten first, or of all that are wanted where they are fewer. */
  readonly recall: number;
  readonly found: readonly string[];
}

export function judge(
  judged: JudgedQuery,
  products: readonly JudgedProduct[],
  foundIds: readonly string[],
): Verdict {
  const wanted = new Set(products.filter((product) => isWanted(judged.wanted, product)).map(({ id }) => id));
  const looked = foundIds.slice(0, LOOKED_AT);
  const hits = looked.filter((id) => wanted.has(id)).length;
  const best = Math.min(LOOKED_AT, wanted.size);
  const names = new Map(products.map(({ id, name }) => [id, name]));
  return {
    ...judged,
    wantedCount: wanted.size,
    recall: best === 0 ? Number(looked.length === 0) : hits / best,
    found: looked.map((id) => names.get(id) ?? id),
  };
}

export function meanRecall(verdicts: readonly Verdict[]): number {
  return verdicts.reduce((sum, { recall }) => sum + recall, 0) / Math.max(1, verdicts.length);
}
