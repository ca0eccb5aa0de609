import { DAY_MS, MINUTE_MS, businessDay, plus } from '#libs/kernel';
import type { DatedBy } from './message.entity.js';

/** Longer than any cabinet was ever offline; what claims to be older has a clock that nobody can set right. */
const AGE_MAX_MS = 60 * DAY_MS;
/** The line's delay makes what is measured a little late; what lies further ahead is no delay. */
const AHEAD_TOLERATED_MS = MINUTE_MS;

/** A clock that is further off was never set, and begins anew with each start: what it says of another start means nothing. */
const SKEW_BELIEVED_MAX_MS = DAY_MS;

export interface Timing {
  /** By the cabinet's clock. */
  readonly deviceAt: Date;
  /** Milliseconds since it was started, by a clock that nobody sets. */
  readonly upMs: number;
  readonly receivedAt: Date;
  /** When that boot began, by our clock; null for a boot that was never heard live. */
  readonly startedAt: Date | null;
  /** Its clock less ours, as last measured; null until it was. */
  readonly clockSkewMs: number | null;
}

export interface Dated {
  readonly occurredAt: Date;
  readonly datedBy: DatedBy;
  readonly businessDay: string;
}

/**
 * When something happened, and so on which business day. The first of these that lies within sixty days and not in the future:
 * the start of its boot, known from having heard it live, and how long after that it happened, whatever its clock was set to;
 * its clock less the skew last measured; the moment of receipt.
 */
export function dated({ deviceAt, upMs, receivedAt, startedAt, clockSkewMs }: Timing): Dated {
  const byUptime = startedAt === null ? null : plus(startedAt, upMs);
  const byClock =
    Math.abs(clockSkewMs ?? 0) > SKEW_BELIEVED_MAX_MS ? null : plus(deviceAt, -(clockSkewMs ?? 0));
  const told = [
    { at: byUptime, datedBy: 'UPTIME' as const },
    { at: byClock, datedBy: 'DEVICE_CLOCK' as const },
  ].find(({ at }) => at !== null && isPlausible(at, receivedAt));
  const at = told?.at ?? receivedAt;
  const occurredAt = at > receivedAt ? receivedAt : at;
  return { occurredAt, datedBy: told?.datedBy ?? 'RECEIPT', businessDay: businessDay(occurredAt) };
}

function isPlausible(at: Date, receivedAt: Date): boolean {
  const ageMs = receivedAt.getTime() - at.getTime();
  return ageMs <= AGE_MAX_MS && ageMs >= -AHEAD_TOLERATED_MS;
}

/** When a boot began, by our clock, as a message that was not kept waiting tells. The line only ever makes it later: the earliest is the best. */
export function startOf(receivedAt: Date, upMs: number, known: Date | null): Date {
  const measured = plus(receivedAt, -upMs);
  return known !== null && known < measured ? known : measured;
}
