import { dayAfter } from '#libs/division';
import type { Fen } from '#libs/kernel';

/** What is owed, by how long it has been due. */
export interface Ageing {
  readonly notDueFen: Fen;
  readonly days1To30Fen: Fen;
  readonly days31To60Fen: Fen;
  readonly days61To90Fen: Fen;
  readonly over90Fen: Fen;
  readonly openFen: Fen;
  /** Of the longest due; null where nothing is owed. */
  readonly oldestDueOn: string | null;
}

/** How a unit pays: of what has become due, or was settled before, how much was paid by the day it was due. */
export interface PaymentScore {
  readonly dueFen: Fen;
  readonly paidOnTimeFen: Fen;
  /** In hundredths of a percent, cut off and never rounded up; null where nothing has become due: that is no data, not zero. */
  readonly scoreBps: number | null;
}

/** The last due days of the buckets: due on the day itself or later is not due; 1 to 30 days ago; 31 to 60; 61 to 90. */
export interface AgeingDays {
  readonly today: string;
  readonly day30: string;
  readonly day60: string;
  readonly day90: string;
}

export function ageingDays(today: string): AgeingDays {
  return { today, day30: dayAfter(today, -30), day60: dayAfter(today, -60), day90: dayAfter(today, -90) };
}

export type AgeingBucket = Exclude<keyof Ageing, 'openFen' | 'oldestDueOn'>;

/** Where something due on this day stands today. */
export function bucketOf(dueOn: string, { today, day30, day60, day90 }: AgeingDays): AgeingBucket {
  if (dueOn >= today) return 'notDueFen';
  if (dueOn >= day30) return 'days1To30Fen';
  if (dueOn >= day60) return 'days31To60Fen';
  return dueOn >= day90 ? 'days61To90Fen' : 'over90Fen';
}

export function scoreOf(dueFen: Fen, paidOnTimeFen: Fen): PaymentScore {
  return { dueFen, paidOnTimeFen, scoreBps: dueFen > 0n ? Number((paidOnTimeFen * 10_000n) / dueFen) : null };
}
