import { DAY_MS, type Fen, HOUR_MS, MINUTE_MS, businessDay, plus } from '#libs/kernel';
import type { BreakClass } from './reconciliation-break.entity.js';
import type { ReconciliationCheckName } from './reconciliation.entity.js';

/** What a check has found not to agree. Found again, the same subject is the same break. */
export interface Finding {
  readonly breakClass: BreakClass;
  /** At most 120 letters of ASCII. */
  readonly subject: string;
  /** What the party that is believed says; null where no amount is in question. */
  readonly expectedFen: Fen | null;
  readonly actualFen: Fen | null;
  /** In words for whoever looks into it. */
  readonly detail: Readonly<Record<string, string>>;
  /** When what it is about took place. */
  readonly happenedAt: Date;
}

/** A break that has been put right by a refund. */
export interface Settled {
  readonly breakClass: BreakClass;
  readonly subject: string;
  readonly refundId: string;
}

/** What one bounded round of a check has come to. */
export interface Round {
  readonly findings: readonly Finding[];
  readonly settled?: readonly Settled[];
  /** What was compared, and how much of it agreed. */
  readonly examined: number;
  readonly matched: number;
  /** Where the next round goes on; null where the run is over. */
  readonly position: string | null;
}

/** What a round looks at. */
export interface Sight {
  /** Null in the first round of a run. */
  readonly position: string | null;
  /** What happened earlier is not looked at. */
  readonly coversFrom: Date;
  readonly now: Date;
}

/** One comparison. It reads and finds; what it writes, if anything, is what it has fetched to compare. */
export interface Comparison {
  readonly name: ReconciliationCheckName;
  /** Null where it cannot say yet: it is asked again a little later, from the same position. */
  look(sight: Sight): Promise<Round | null>;
}

/** How often, and how far back: most runs look at a few days, the first after two in the morning at far more. */
interface Cadence {
  readonly everyMs: number | 'NIGHTLY';
  readonly backMs: number;
  readonly nightlyBackMs: number;
}

/** All of history. */
const EVER = Number.POSITIVE_INFINITY;

const LATELY = { backMs: 3 * DAY_MS, nightlyBackMs: 90 * DAY_MS };
const ALWAYS = { backMs: EVER, nightlyBackMs: EVER };

const CADENCES: Readonly<Record<ReconciliationCheckName, Cadence>> = {
  TRIAL_BALANCE: { everyMs: HOUR_MS, backMs: 3 * DAY_MS, nightlyBackMs: EVER },
  CLEARING: { everyMs: HOUR_MS, ...LATELY },
  ORDERS: { everyMs: HOUR_MS, ...LATELY },
  PROVIDER_MONEY: { everyMs: HOUR_MS, ...LATELY },
  PROVIDER_STATE: { everyMs: 5 * MINUTE_MS, ...ALWAYS },
  BANK: { everyMs: 5 * MINUTE_MS, ...ALWAYS },
  VOLUME: { everyMs: 'NIGHTLY', backMs: 90 * DAY_MS, nightlyBackMs: 90 * DAY_MS },
  DELIVERIES: { everyMs: 30_000, ...ALWAYS },
  SEALS: { everyMs: MINUTE_MS, ...ALWAYS },
  SPLITS: { everyMs: 'NIGHTLY', ...ALWAYS },
};

/** Two in the morning in Shanghai: the day before is over, and nobody is at work yet. */
const NIGHT_MS = 2 * HOUR_MS;

/** Nights are counted from two to two. */
function nightOf(instant: Date): string {
  return businessDay(plus(instant, -NIGHT_MS));
}

export function dueAfter(name: ReconciliationCheckName, now: Date): Date {
  const { everyMs } = CADENCES[name];
  if (everyMs !== 'NIGHTLY') return plus(now, everyMs);
  return plus(new Date(`${nightOf(now)}T00:00:00+08:00`), DAY_MS + NIGHT_MS);
}

/** A break that happened before is neither seen nor missed by the run. */
export function coversFrom(name: ReconciliationCheckName, now: Date, startedBefore: Date | null): Date {
  const { backMs, nightlyBackMs } = CADENCES[name];
  const isFirstOfNight = startedBefore === null || nightOf(startedBefore) !== nightOf(now);
  const back = isFirstOfNight ? nightlyBackMs : backMs;
  return back === EVER ? new Date(0) : plus(now, -back);
}

/** Runs are kept as long as somebody might ask: a year, and a week of what runs every few minutes. */
export function keptFrom(name: ReconciliationCheckName, now: Date): Date {
  const { everyMs } = CADENCES[name];
  const isOften = everyMs !== 'NIGHTLY' && everyMs < HOUR_MS;
  return plus(now, -(isOften ? 7 : 400) * DAY_MS);
}

/** A success older than this is an alarm: the check is due far more often. */
export function overdueAfterMs(name: ReconciliationCheckName): number {
  const { everyMs } = CADENCES[name];
  return everyMs === 'NIGHTLY' ? 26 * HOUR_MS : Math.max(3 * everyMs, 5 * MINUTE_MS);
}

/** Found once, or over with the refund that puts it right. */
const HAVE_THEIR_END: readonly BreakClass[] = ['REVIEW', 'AMOUNT_MISMATCH', 'UNRETURNED'];

/**
 * What becomes of a break that is not seen any more. What was only late closes itself, and so does whatever is delivered after all. What
 * was found once and is not looked for again stays. All else is marked as gone and waits for a person: what does not agree, and then
 * does, has been changed by somebody.
 */
export function fateOf(
  name: ReconciliationCheckName,
  breakClass: BreakClass,
): 'AUTO_CLOSED' | 'VANISHED' | 'STAYS' {
  if (breakClass === 'TIMING' || name === 'DELIVERIES') return 'AUTO_CLOSED';
  if (HAVE_THEIR_END.includes(breakClass) || name === 'SEALS') return 'STAYS';
  return 'VANISHED';
}

/**
 * A person's resolution covers the same amounts when they are seen again: a difference that has been explained does not come back every
 * hour. Books that do not add up and seals that are broken cannot be explained away.
 */
export function mayBeAccepted(name: ReconciliationCheckName): boolean {
  return name !== 'TRIAL_BALANCE' && name !== 'SEALS';
}

/** Money may be missing, so somebody has to hear of it at once. */
export function isOfMoney({ breakClass, expectedFen, actualFen }: Finding): boolean {
  return breakClass !== 'TIMING' && breakClass !== 'REVIEW' && (expectedFen !== null || actualFen !== null);
}

export function openKeyOf(
  name: ReconciliationCheckName,
  { breakClass, subject }: Pick<Finding, 'breakClass' | 'subject'>,
): string {
  return `${name}|${breakClass}|${subject}`;
}

/** How much of what was compared agreed, in hundredths of a percent, rounded down: 100 % is said only of all. */
export function shareOf(matched: bigint, examined: bigint): number {
  return examined === 0n ? 10_000 : Number((matched * 10_000n) / examined);
}
