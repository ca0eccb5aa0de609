import { DAY_MS, type Fen, InvalidInputError } from '#libs/kernel';

/** Fewer buyers than that are somebody. */
export const BUYERS_SHOWN_MIN = 5;
/** What public buyers buy beyond that share, a merchant lives on (handbook, domain 5, row 16). */
const DEPENDENT_BPS = 7_000;
const DAYS_MAX = 366;
const ALL_BPS = 10_000n;

export interface CountySum {
  readonly countyCode: string;
  readonly soldFen: Fen;
  readonly buyerCount: number;
}

export interface ShownCounties {
  /** The largest first. */
  readonly shown: readonly CountySum[];
  /** What was sold in all others together; null where there are none. */
  readonly othersFen: Fen | null;
}

export function refuseDays({
  from,
  to,
}: {
  readonly from: string;
  readonly to: string;
}): InvalidInputError | null {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  if (days >= 1 && days <= DAYS_MAX) return null;
  const message = {
    zh: '起止日期须先后有序，且不超过一年',
    en: 'A period ends on or after the day it begins, at most a year later.',
  };
  return new InvalidInputError([{ path: 'to', message }]);
}

/** In ten-thousandths, rounded down; null of nothing. */
export function bpsOf(part: bigint, whole: bigint): number | null {
  return whole <= 0n ? null : Number((part * ALL_BPS) / whole);
}

export function isDependent(publicShareBps: number | null): boolean {
  return publicShareBps !== null && publicShareBps > DEPENDENT_BPS;
}

/** Whoever has bought with public money, or money of the union. What is not known is nobody's. */
export function isPublic(buyerKind: string): boolean {
  return buyerKind === 'ORGANISATION' || buyerKind === 'CONTRACTOR' || buyerKind === 'UNION';
}

/**
 * Counties of which no sum says what a few people bought. What is hidden is told together; so that nobody finds the one that is hidden by taking away
 * the others, it is at least two counties and as many buyers as may be shown, and the smallest that are shown go with it where it is not.
 */
export function shownOf(counties: readonly CountySum[]): ShownCounties {
  const sorted = counties.toSorted(
    (a, b) => Number(b.soldFen - a.soldFen) || (a.countyCode < b.countyCode ? -1 : 1),
  );
  const shown = sorted.filter(
    ({ countyCode, buyerCount }) => countyCode !== '' && buyerCount >= BUYERS_SHOWN_MIN,
  );
  const hidden = sorted.filter((county) => !shown.includes(county));
  const isSafe = () =>
    hidden.length === 0 ||
    (hidden.length > 1 && hidden.reduce((sum, { buyerCount }) => sum + buyerCount, 0) >= BUYERS_SHOWN_MIN);
  while (!isSafe()) {
    const smallest = shown.pop();
    if (!smallest) break;
    hidden.push(smallest);
  }
  const othersFen = hidden.length === 0 ? null : hidden.reduce((sum, { soldFen }) => sum + soldFen, 0n);
  // One group of too few people is nobody's business either: then nothing is told of counties at all.
  return { shown, othersFen };
}
