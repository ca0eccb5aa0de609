import type { Division } from './division.entity.js';

/**
 * What the codes of everything inside a division begin with: 430000 → 43, 430200 → 4302, 430225 → 430225.
 * Only six-digit codes are padded with zeros; townships (9 digits) and villages (12) are written out.
 */
export function prefixOf(code: string): string {
  if (code.length !== 6) return code;
  return code.replace(/(0000|00)$/, '');
}

/** Levels, by how many digits of a code name them. */
const LEVEL_DIGITS = [12, 9, 6, 4, 2];

/** The narrowest division that holds all of these; null where there is none, for none, and for 'ALL'. */
export function commonDivisionOf(codes: readonly string[] | 'ALL'): string | null {
  if (codes === 'ALL') return null;
  const [first, ...others] = codes.filter((code) => code !== '').map(prefixOf);
  if (first === undefined) return null;
  const digits = LEVEL_DIGITS.find(
    (count) => count <= first.length && others.every((other) => other.startsWith(first.slice(0, count))),
  );
  return digits === undefined ? null : first.slice(0, digits).padEnd(6, '0');
}

/** The codes of a place and of what lies above it, widest first, as far as codes say it; not each of them is a division on file. */
export function pathOf(code: string): string[] {
  const digits = LEVEL_DIGITS.filter((count) => count <= code.length).toReversed();
  return [...new Set(digits.map((count) => code.slice(0, count).padEnd(6, '0')))];
}

/** 湖南省株洲市天元区, 北京市朝阳区: as it stands on a parcel. Twenty-nine names are borne by several counties. */
export function fullNameOf(code: string, known: readonly (Pick<Division, 'code' | 'name'> | null)[]): string {
  const nameOf = new Map(known.flatMap((division) => (division ? [[division.code, division.name]] : [])));
  return pathOf(code)
    .map((step) => nameOf.get(step) ?? '')
    .join('');
}

/** True if the place lies in, or is, one of the divisions; 'ALL' is the scope of the platform's own staff. */
export function isWithin(code: string, scopeCodes: readonly string[] | 'ALL'): boolean {
  if (scopeCodes === 'ALL') return true;
  return scopeCodes.some((scope) => scope !== '' && code.startsWith(prefixOf(scope)));
}

/** Where each leads in the end, however many steps away: what has been replaced leads to what has not. A circle ends where it began to repeat. */
export function endsOf(next: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const endOf = (code: string): string => {
    const seen = new Set<string>();
    let end = code;
    for (let into = next.get(end); into !== undefined && !seen.has(into); into = next.get(end)) {
      seen.add(into);
      end = into;
    }
    return end;
  };
  return new Map([...next.keys()].map((code) => [code, endOf(code)]));
}

/** The scope is part of the question: what lies elsewhere is not found, and nobody's scope finds nothing. */
export function withinScope(
  column: string,
  scope: readonly string[] | 'ALL',
): { sql: string; values: string[] } {
  if (scope === 'ALL') return { sql: 'TRUE', values: [] };
  const values = scope.filter((code) => code !== '').map((code) => `${prefixOf(code)}%`);
  if (values.length === 0) return { sql: 'FALSE', values: [] };
  return { sql: `(${values.map(() => `${column} LIKE ?`).join(' OR ')})`, values };
}

/** The same, and what lies around the scope: a county is concerned by what is said of its city, and by what is said of everything (''). */
export function aroundScope(
  column: string,
  scope: readonly string[] | 'ALL',
): { sql: string; values: (string | readonly string[])[] } {
  if (scope === 'ALL') return { sql: 'TRUE', values: [] };
  const { sql, values } = withinScope(column, scope);
  const around = scope.flatMap((code) =>
    LEVEL_DIGITS.filter((digits) => digits < prefixOf(code).length).map((digits) =>
      code.slice(0, digits).padEnd(6, '0'),
    ),
  );
  return { sql: `(${sql} OR ${column} IN (?))`, values: [...values, ['', ...around]] };
}
