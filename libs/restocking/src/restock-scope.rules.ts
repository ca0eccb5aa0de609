import type { CabinetScope } from '#libs/counter';
import { withinScope } from '#libs/division';

/**
 * Whose routes: all of operators that somebody runs, and of those for whom they only restock what they have taken themselves or nobody has taken yet.
 */
export interface RestockScope {
  readonly userId: string;
  readonly managed: readonly string[];
  readonly restocked: readonly string[];
}

/** The scope is part of the question: what is not theirs is not found. `r` is the route. */
export function routesWithin({ userId, managed, restocked }: RestockScope): {
  readonly sql: string;
  readonly values: (string | readonly string[])[];
} {
  const parts: { readonly sql: string; readonly values: (string | readonly string[])[] }[] = [];
  if (managed.length > 0) parts.push({ sql: 'r.operator_id IN (?)', values: [managed] });
  if (restocked.length > 0)
    parts.push({
      sql: "(r.operator_id IN (?) AND (r.restocker_id = ? OR (r.restocker_id IS NULL AND r.state = 'PLANNED')))",
      values: [restocked, userId],
    });
  if (parts.length === 0) return { sql: 'FALSE', values: [] };
  return {
    sql: `(${parts.map(({ sql }) => sql).join(' OR ')})`,
    values: parts.flatMap(({ values }) => values),
  };
}

/** Of whom write-offs are seen and agreed to: whoever runs the cabinets, and officials of where the operator is. `w` is the write-off. */
export function writeOffsWithin(scope: CabinetScope): {
  readonly sql: string;
  readonly values: (string | readonly string[])[];
} {
  if ('divisions' in scope) return withinScope('w.county_code', scope.divisions);
  if (scope.merchantIds.length === 0) return { sql: 'FALSE', values: [] };
  return { sql: 'w.operator_id IN (?)', values: [scope.merchantIds] };
}
