import { withinScope } from '#libs/division';

/** Whose cabinets: those that a merchant runs, or those of divisions. */
export type CabinetScope =
  | { readonly merchantIds: readonly string[] }
  | { readonly divisions: readonly string[] | 'ALL' };

/** The scope is part of the question: what is not theirs is not found. `c` is the cabinet, or what bears its operator and county as well. */
export function cabinetsWithin(scope: CabinetScope): {
  readonly sql: string;
  readonly values: (string | readonly string[])[];
} {
  if ('divisions' in scope) return withinScope('c.county_code', scope.divisions);
  if (scope.merchantIds.length === 0) return { sql: 'FALSE', values: [] };
  return { sql: 'c.operator_id IN (?)', values: [scope.merchantIds] };
}
