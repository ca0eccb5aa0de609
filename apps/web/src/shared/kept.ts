/** Where the worker keeps answers; the page itself adds those that came with it. */
export const ANSWERS = 'answers';

/** On an answer that was kept because nobody could be reached: when it was fetched, in milliseconds. */
export const KEPT_AT = 'x-kept-at';

const TOLD = 'kept';

/** Null: it is of just now. */
export function tellKept(atMs: number | null): void {
  dispatchEvent(new CustomEvent(TOLD, { detail: atMs }));
}

export function onKept(hear: (atMs: number | null) => void): () => void {
  const heard = (event: Event) => hear((event as CustomEvent<number | null>).detail);
  addEventListener(TOLD, heard);
  return () => removeEventListener(TOLD, heard);
}
