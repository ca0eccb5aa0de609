import { withinScope } from '#libs/division';

/** Whose linkage: of merchants that somebody works for, or of households in divisions. */
export type LinkageScope =
  | { readonly merchantIds: readonly string[] }
  | { readonly divisions: readonly string[] | 'ALL' };

interface Within {
  readonly sql: string;
  readonly values: (string | readonly string[])[];
}

function ofMerchants(column: string, merchantIds: readonly string[]): Within {
  return merchantIds.length === 0
    ? { sql: 'FALSE', values: [] }
    : { sql: `${column} IN (?)`, values: [merchantIds] };
}

/** `p` is the payment. */
export function paymentsWithin(scope: LinkageScope): Within {
  if ('divisions' in scope) return withinScope('p.village_code', scope.divisions);
  return ofMerchants('p.merchant_id', scope.merchantIds);
}

/** `a` is the agreement. Officials see those that name a household of theirs, and no drafts. */
export function agreementsWithin(scope: LinkageScope): Within {
  if ('merchantIds' in scope) return ofMerchants('a.merchant_id', scope.merchantIds);
  const { sql, values } = withinScope('h.village_code', scope.divisions);
  return {
    sql: `(a.signed_at IS NOT NULL AND EXISTS (SELECT 1 FROM linkage_household l JOIN household h ON h.id = l.household_id
      WHERE l.agreement_id = a.id AND ${sql}))`,
    values,
  };
}

/** `h` is the household. */
export function householdsWithin(scope: LinkageScope): Within {
  if ('divisions' in scope) return withinScope('h.village_code', scope.divisions);
  const { sql, values } = ofMerchants('i.merchant_id', scope.merchantIds);
  return {
    sql: `EXISTS (SELECT 1 FROM household_introduction i WHERE i.household_id = h.id AND ${sql})`,
    values,
  };
}
