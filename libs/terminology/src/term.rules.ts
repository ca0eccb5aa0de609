import { type Message, present } from '#libs/kernel';
import type { TermKey } from './term.entity.js';

export interface TermRow extends Message {
  readonly key: TermKey;
  readonly startsOn: string;
  /** Null while it is in use. */
  readonly endsBefore: string | null;
}

/**
 * One word per key, in the order of the keys: the one that held on that day. Before the first and between two, the one that comes
 * next is better than none; after the last, the last.
 */
export function termsOn(rows: readonly TermRow[], day: string, keys: readonly TermKey[]): TermRow[] {
  return keys.map((key) => {
    const eras = rows.filter((row) => row.key === key).toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
    const held = eras.find(({ endsBefore }) => endsBefore === null || day < endsBefore) ?? eras.at(-1);
    return present(held, `a word for ${key}`);
  });
}
