import { withinScope } from '#libs/division';

/** Which claims somebody may touch: those of their organisations, or those of their divisions. */
export type ClaimScope =
  | { readonly claimantIds: readonly string[] }
  | { readonly divisions: readonly string[] | 'ALL' };

/** The scope is part of the question: what is not one's own is not there. */
export function withinClaimScope(scope: ClaimScope): { sql: string; values: (string | readonly string[])[] } {
  if ('divisions' in scope) {
    const { sql, values } = withinScope('county_code', scope.divisions);
    // What is still being typed is its author's alone.
    return { sql: `(${sql} AND state <> 'DRAFT')`, values };
  }
  if (scope.claimantIds.length === 0) return { sql: 'FALSE', values: [] };
  return { sql: 'claimant_id IN (?)', values: [scope.claimantIds] };
}
