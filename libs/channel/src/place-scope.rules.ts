import { withinScope } from '#libs/division';

/** Whose places somebody sees: of operators they act for, or within divisions. */
export type PlaceScope =
  | { readonly merchantIds: readonly string[] }
  | { readonly divisions: readonly string[] | 'ALL' };

/** The scope is part of the question: what is not one's own is not there. */
export function withinPlaceScope(
  scope: PlaceScope,
  [merchantColumn, divisionColumn]: readonly [string, string] = ['operator_id', 'county_code'],
): { sql: string; values: (string | readonly string[])[] } {
  if (!('merchantIds' in scope)) return withinScope(divisionColumn, scope.divisions);
  return scope.merchantIds.length === 0
    ? { sql: 'FALSE', values: [] }
    : { sql: `${merchantColumn} IN (?)`, values: [scope.merchantIds] };
}
