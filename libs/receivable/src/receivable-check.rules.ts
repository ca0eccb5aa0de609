import type { Fen } from '#libs/kernel';

export interface KeptAndFound {
  /** The unit or the order. */
  readonly subject: string;
  readonly keptFen: Fen;
  readonly foundFen: Fen;
}

export function differing(pairs: readonly KeptAndFound[]): KeptAndFound[] {
  return pairs.filter(({ keptFen, foundFen }) => keptFen !== foundFen);
}

/** The next ones of a list, in order. */
export interface Span {
  readonly ids: readonly string[];
  readonly isLast: boolean;
}

/** Of two lists that are read side by side, what both have been read up to: beyond it one of them is not known yet. */
export function spanOf(
  one: Span,
  other: Span,
): { readonly subjects: string[]; readonly next: string | null } {
  const ends = [one, other].flatMap(({ ids, isLast }) => (isLast ? [] : (ids.at(-1) ?? [])));
  const [end = null] = ends.toSorted();
  const subjects = [...new Set([...one.ids, ...other.ids])].filter((id) => end === null || id <= end);
  return { subjects: subjects.toSorted(), next: end };
}
