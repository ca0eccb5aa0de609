/** So many a second on average, so many at once: a cabinet that was offline for days has its backlog through in minutes. */
export const RATE = { perSecond: 50, burst: 200 } as const;

export interface Bucket {
  readonly tokens: number;
  readonly atMs: number;
}

export const FULL = (atMs: number): Bucket => ({ tokens: RATE.burst, atMs });

/** One more now: how long it has to wait, and what is left. Nothing is refused; whoever is quick is made slow. */
export function taken(
  { tokens, atMs }: Bucket,
  nowMs: number,
): { readonly waitMs: number; readonly bucket: Bucket } {
  const filled = Math.min(RATE.burst, tokens + (Math.max(0, nowMs - atMs) * RATE.perSecond) / 1_000);
  const left = filled - 1;
  return {
    waitMs: left >= 0 ? 0 : Math.ceil((-left * 1_000) / RATE.perSecond),
    bucket: { tokens: left, atMs: nowMs },
  };
}
