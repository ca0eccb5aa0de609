import { prefixOf } from '#libs/division';

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
