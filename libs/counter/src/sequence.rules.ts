/** Numbers from one to another, both included. */
export interface Span {
  readonly fromSeq: number;
  readonly toSeq: number;
}

/** Where a message belongs among those of its boot. */
export type Place =
  /** The next one, or one further on: what lies between is missing. */
  | { readonly kind: 'AHEAD'; readonly missing: Span | null }
  /** One that was missing; what is left of its gap. */
  | { readonly kind: 'FILLS'; readonly gap: Span; readonly left: readonly Span[] }
  | { readonly kind: 'REPEATED' };

export function missingBelow(seq: number, highestSeq: number): Span | null {
  return seq > highestSeq + 1 ? { fromSeq: highestSeq + 1, toSeq: seq - 1 } : null;
}

function withoutOne({ fromSeq, toSeq }: Span, seq: number): Span[] {
  return [
    { fromSeq, toSeq: seq - 1 },
    { fromSeq: seq + 1, toSeq },
  ].filter((span) => span.fromSeq <= span.toSeq);
}

/** `gap`: the one that holds the number, if any does. Everything up to `highestSeq` has come, but for what lies in a gap. */
export function placeOf(seq: number, highestSeq: number, gap: Span | null): Place {
  if (seq > highestSeq) return { kind: 'AHEAD', missing: missingBelow(seq, highestSeq) };
  if (gap === null) return { kind: 'REPEATED' };
  return { kind: 'FILLS', gap, left: withoutOne(gap, seq) };
}

/** What is left of a gap once some of its numbers are known to be gone for good, and which of them those are. */
export function split(gap: Span, gone: Span): { readonly gone: Span | null; readonly left: readonly Span[] } {
  const both = { fromSeq: Math.max(gap.fromSeq, gone.fromSeq), toSeq: Math.min(gap.toSeq, gone.toSeq) };
  if (both.fromSeq > both.toSeq) return { gone: null, left: [gap] };
  const left = [
    { fromSeq: gap.fromSeq, toSeq: both.fromSeq - 1 },
    { fromSeq: both.toSeq + 1, toSeq: gap.toSeq },
  ].filter((span) => span.fromSeq <= span.toSeq);
  return { gone: both, left };
}
