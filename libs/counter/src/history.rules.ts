import { type TimeSpan, joined } from './span.rules.js';

/** What a cabinet was told about selling, and what became of it. */
export interface Told {
  readonly kind: 'LOCK' | 'UNLOCK';
  readonly state: string;
  readonly requestedAt: Date;
  readonly repliedAt: Date | null;
}

/**
 * When a cabinet was stopped from afar: from when a LOCK is asked for, heard or not, unless the cabinet says that it could not; until it says that it has done an
 * UNLOCK. The same that the shop goes by (sale-stop.reader). In the order in which they were asked for.
 */
export function lockedSpans(told: readonly Told[], until: Date): TimeSpan[] {
  const spans: TimeSpan[] = [];
  let since: Date | null = null;
  for (const { kind, state, requestedAt, repliedAt } of told) {
    if (kind === 'LOCK' && state !== 'FAILED') since ??= requestedAt;
    if (kind === 'UNLOCK' && state === 'DONE' && since) {
      spans.push({ fromAt: since, toAt: repliedAt ?? requestedAt });
      since = null;
    }
  }
  return joined(since ? [...spans, { fromAt: since, toAt: until }] : spans);
}
