/** From one instant to another; nothing where it ends before it begins. */
export interface TimeSpan {
  readonly fromAt: Date;
  readonly toAt: Date;
}

/** In their order, without overlaps: spans that touch are one. */
export function joined(spans: readonly TimeSpan[]): TimeSpan[] {
  const whole: TimeSpan[] = [];
  const ordered = spans
    .filter(({ fromAt, toAt }) => fromAt < toAt)
    .toSorted((a, b) => a.fromAt.getTime() - b.fromAt.getTime());
  for (const span of ordered) {
    const last = whole.at(-1);
    if (!last || last.toAt < span.fromAt) whole.push(span);
    else if (last.toAt < span.toAt) whole[whole.length - 1] = { fromAt: last.fromAt, toAt: span.toAt };
  }
  return whole;
}

/** What lies in both. */
export function shared(some: readonly TimeSpan[], others: readonly TimeSpan[]): TimeSpan[] {
  const right = joined(others);
  return joined(some).flatMap((one) =>
    right.flatMap((other) => {
      const fromAt = one.fromAt > other.fromAt ? one.fromAt : other.fromAt;
      const toAt = one.toAt < other.toAt ? one.toAt : other.toAt;
      return fromAt < toAt ? [{ fromAt, toAt }] : [];
    }),
  );
}

/** What of some lies in none of the others. */
export function without(some: readonly TimeSpan[], others: readonly TimeSpan[]): TimeSpan[] {
  let left = joined(some);
  for (const { fromAt, toAt } of joined(others))
    left = left.flatMap((span) =>
      span.toAt <= fromAt || span.fromAt >= toAt
        ? [span]
        : [
            { fromAt: span.fromAt, toAt: fromAt },
            { fromAt: toAt, toAt: span.toAt },
          ].filter((part) => part.fromAt < part.toAt),
    );
  return left;
}

export function lengthMs(spans: readonly TimeSpan[]): number {
  return joined(spans).reduce((sum, { fromAt, toAt }) => sum + toAt.getTime() - fromAt.getTime(), 0);
}
