/** Begun by whoever asks first, and shared by the others: what a look has found that goes in one transaction is done with its first act. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let begun: Promise<T> | null = null;
  return () => (begun ??= work());
}
