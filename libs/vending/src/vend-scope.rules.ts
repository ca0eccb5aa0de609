import type { CabinetScope } from '#libs/counter';
import { withinScope } from '#libs/division';

/** Whose vends: of cabinets that a merchant ran when it happened, or of divisions. `alias` is the table's. */
export function vendsWithin(
  alias: 'v' | 'b' | 'd' | 'u',
  scope: CabinetScope,
): { readonly sql: string; readonly values: (string | readonly string[])[] } {
  if ('divisions' in scope) return withinScope(`${alias}.county_code`, scope.divisions);
  if (scope.merchantIds.length === 0) return { sql: 'FALSE', values: [] };
  return { sql: `${alias}.operator_id IN (?)`, values: [scope.merchantIds] };
}
