import type { CabinetScope } from '#libs/counter';
import { withinScope } from '#libs/division';
import type { SqlValue } from '#platform/database';

/** Whose vends: of cabinets that a merchant ran when it happened, or of divisions. `alias` is the table's. */
export function vendsWithin(
  alias: 'v' | 'b' | 'd' | 'u',
  scope: CabinetScope,
): { readonly sql: string; readonly values: (string | readonly string[])[] } {
  if ('divisions' in scope) return withinScope(`${alias}.county_code`, scope.divisions);
  if (scope.merchantIds.length === 0) return { sql: 'FALSE', values: [] };
  return { sql: `${alias}.operator_id IN (?)`, values: [scope.merchantIds] };
}

/** What narrows a list of them further. */
export interface VendNarrowing {
  readonly cabinetId?: string | null;
  readonly orderId?: string | null;
  readonly state?: string | null;
}

/** Whose, and which of theirs. */
export function vendsMatching(
  alias: 'v' | 'd' | 'u',
  scope: CabinetScope,
  { cabinetId = null, orderId = null, state = null }: VendNarrowing,
): { readonly sql: string; readonly values: SqlValue[] } {
  const within = vendsWithin(alias, scope);
  const wanted = [
    ['cabinet_id', cabinetId],
    ['order_id', orderId],
    ['state', state],
  ].filter((pair): pair is [string, string] => pair[1] !== null);
  return {
    sql: [within.sql, ...wanted.map(([column]) => `${alias}.${column} = ?`)].join(' AND '),
    values: [...within.values, ...wanted.map(([, value]) => value)],
  };
}
