/** Whoever asked has gone away before all of their request was there: no fault of ours, and nobody hears the answer. Node's own words; databases and stores say it otherwise. */
export function hasHungUp(error: unknown): boolean {
  const { code, message } = Object(error) as { readonly code?: unknown; readonly message?: unknown };
  return code === 'ECONNRESET' && message === 'aborted';
}
