/** When goods can leave, as far as that is known. */
export interface DispatchExpectation {
  readonly basis: 'IN_STOCK' | 'HARVEST';
  /** YYYY-MM-DD; null for what is in stock, which leaves at its seller's pace. */
  readonly notBefore: string | null;
}

/** What is in stock leaves; what is not waits for the next harvest, if one is known; otherwise nobody knows. Windows come the soonest first. */
export function expectedDispatch(
  isInStock: boolean,
  windows: readonly { readonly opensOn: string }[],
  day: string,
): DispatchExpectation | null {
  if (isInStock) return { basis: 'IN_STOCK', notBefore: null };
  const [next] = windows;
  return next ? { basis: 'HARVEST', notBefore: next.opensOn > day ? next.opensOn : day } : null;
}
