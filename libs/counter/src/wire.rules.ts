import { MINUTE_MS, plus } from '#libs/kernel';
import { SILENT_AFTER_MS } from './cabinet.rules.js';
import { type TimeSpan, lengthMs, without } from './span.rules.js';

/** So often whoever holds the lines says that cabinets can come and that what they say can be kept. */
export const WIRE_BEAT_MS = MINUTE_MS / 6;
/** Three beats and a little: a database that is slow for a moment is no outage. */
export const WIRE_GAP_MS = (MINUTE_MS * 3) / 4;

/** Our own side of all lines, as it was last known. Null where nobody has ever held them. */
export interface Wire {
  readonly upAt: Date;
  /** Since when without a gap. */
  readonly upSince: Date;
}

/** What lies between its last sign of life and now is an outage of ours, unless it is short. */
export function gapOf({ upAt }: Pick<Wire, 'upAt'>, now: Date): TimeSpan | null {
  return now.getTime() - upAt.getTime() > WIRE_GAP_MS ? { fromAt: upAt, toAt: now } : null;
}

/** What is known of it after a beat; `ended`: the outage that this beat ends. */
export function beaten(
  wire: Wire | null,
  now: Date,
): { readonly wire: Wire; readonly ended: TimeSpan | null } {
  if (wire === null) return { wire: { upAt: now, upSince: now }, ended: null };
  const ended = gapOf(wire, now);
  // The clocks of two processes differ by a little: a beat never moves anything back.
  if (ended === null) return { wire: { ...wire, upAt: now > wire.upAt ? now : wire.upAt }, ended };
  return { wire: { upAt: now, upSince: now }, ended };
}

/**
 * Cabinets that were last heard before this are silent; null: of no cabinet can that be said, because we could not hear it. After an outage of ours
 * everybody has as long to come back as they have otherwise.
 */
export function unheardBefore(wire: Wire | null, now: Date): Date | null {
  const before = plus(now, -SILENT_AFTER_MS);
  if (wire === null) return before;
  return gapOf(wire, now) !== null || wire.upSince > before ? null : before;
}

/** Whether a cabinet itself was silent for so long, as far as we could have heard it. */
export function wasSilent(lastSeenAt: Date, now: Date, outages: readonly TimeSpan[]): boolean {
  return lengthMs(without([{ fromAt: lastSeenAt, toAt: now }], outages)) > SILENT_AFTER_MS;
}
