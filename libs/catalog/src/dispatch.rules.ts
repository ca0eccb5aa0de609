/** When goods can leave, as far as that is known. */
export interface DispatchExpectation {
  readonly basis: 'IN_STOCK' | 'PRESALE' | 'HARVEST';
  /** YYYY-MM-DD; null for what is in stock, which leaves at its seller's pace. */
  readonly notBefore: string | null;
}

/** What is presold leaves on the first of its days with room, what is in stock within its seller's days; what is neither waits for the next harvest, if one is known. Windows come the soonest first. */
export function expectedDispatch(
  isInStock: boolean,
  windows: readonly { readonly opensOn: string }[],
  day: string,
  presoldFor: string | null = null,
): DispatchExpectation | null {
  if (presoldFor !== null) return { basis: 'PRESALE', notBefore: presoldFor };
  if (isInStock) return { basis: 'IN_STOCK', notBefore: null };
  const [next] = windows;
  return next ? { basis: 'HARVEST', notBefore: next.opensOn > day ? next.opensOn : day } : null;
}
