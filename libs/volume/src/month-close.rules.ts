import { DAY_MS, type Fen, businessDay } from '#libs/kernel';
import type { CloseState, VolumeClose } from './month-close.entity.js';
import type { VolumeSource } from './volume-fact.entity.js';

/** Days of the next month: until the third feeds are taken in, until the fifth what came in is reviewed. */
const CUT_OFF_DAY = 3;
const REVIEW_DAY = 5;

/** What others send in, which has to be there by the cut-off; our own sales and machines count until the lock. */
const FED: readonly VolumeSource[] = ['PARTNER', 'DECLARED'];

/** The first day of the month of a day. */
export function monthOf(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

export function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
}

export function monthBefore(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 2, 1)).toISOString().slice(0, 10);
}

/** The current month, the one before, and all since the last one of the book: a hole would never be closed. */
export function monthsToKeep(last: string | null, current: string): string[] {
  const before = monthBefore(current);
  const months: string[] = [];
  for (
    let month = last !== null && last < before ? monthAfter(last) : before;
    month <= current;
    month = monthAfter(month)
  )
    months.push(month);
  return months;
}

export function dayAfter(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
}

export function lastDayOf(month: string): string {
  return new Date(Date.parse(monthAfter(month)) - DAY_MS).toISOString().slice(0, 10);
}

/** True for the first day of a month. */
export function isMonth(day: string): boolean {
  return day.endsWith('-01');
}

/** When the close of a month is due: data of the month from then on, whatever the rule becomes later. */
export function duesOf(month: string): Pick<VolumeClose, 'cutOffOn' | 'reviewUntil'> {
  const next = monthAfter(month).slice(0, 8);
  return {
    cutOffOn: `${next}${String(CUT_OFF_DAY).padStart(2, '0')}`,
    reviewUntil: `${next}${String(REVIEW_DAY).padStart(2, '0')}`,
  };
}

/** In these nothing is added to a month any more. */
export const CLOSED_STATES: readonly CloseState[] = ['LOCKING', 'LOCKED', 'PUBLISHED'];

export function isClosed(state: CloseState): boolean {
  return CLOSED_STATES.includes(state);
}

/** What the close of months says to facts that are being recorded. */
export interface CloseBook {
  /** Of the months the facts happened in, as far as they are in the book. */
  readonly months: ReadonlyMap<string, Pick<VolumeClose, 'state' | 'cutOffAt'>>;
  /** The latest closed month; null before the first. */
  readonly lastClosed: string | null;
}

export interface CountedFact {
  readonly source: VolumeSource;
  readonly eventDay: string;
}

/**
 * The day a fact counts on: the one it happened on; where that month takes nothing more, the first of the current month. A clock that
 * has been set back cannot lead into a closed month either.
 *
 * What others send counts when it is decided, not when it was handed in: a row that was held at the cut-off, or a claim that lay with its
 * reviewer, is a line of the current month. Else whoever decides could still move figures that are being reviewed.
 */
export function countingDay(fact: CountedFact, book: CloseBook, now: Date): string {
  const close = book.months.get(monthOf(fact.eventDay));
  if (!close) return fact.eventDay;
  const isLateFeed =
    FED.includes(fact.source) && close.cutOffAt !== null && now.getTime() > close.cutOffAt.getTime();
  if (!isClosed(close.state) && !isLateFeed) return fact.eventDay;
  const current = monthOf(businessDay(now));
  const firstOpen = book.lastClosed === null ? current : monthAfter(book.lastClosed);
  const open = current > firstOpen ? current : firstOpen;
  // A late feed of the current month, which cannot be, would stay where it is.
  return open > fact.eventDay ? open : fact.eventDay;
}

/** The day a correction counts on: with what it corrects while that month is open; afterwards on its own day, like everything that comes late. */
export function correctionDay(
  fact: CountedFact & { readonly correctsDay?: string },
  book: CloseBook,
  now: Date,
): string {
  const close = fact.correctsDay === undefined ? undefined : book.months.get(monthOf(fact.correctsDay));
  const isOpen = close !== undefined && !isClosed(close.state);
  return isOpen && fact.correctsDay !== undefined ? fact.correctsDay : countingDay(fact, book, now);
}

/** What of the register facts would change, by county of origin and by the month that they would count in. */
export interface CountedEffect {
  readonly originCountyCode: string;
  /** The first of it. */
  readonly month: string;
  /** Whether it is another month than the one in which it, or what it corrects, happened. */
  readonly isLate: boolean;
  readonly paidFen: Fen;
  readonly recognisedFen: Fen;
  readonly declaredFen: Fen;
}

/** In the order of month and county; what comes to nothing is left out. */
export function effectOf(
  facts: readonly (CountedFact & {
    readonly correctsDay?: string;
    readonly originCountyCode: string;
    readonly paidFen?: Fen;
    readonly recognisedFen?: Fen;
    readonly declaredFen?: Fen;
  })[],
  book: CloseBook,
  now: Date,
): CountedEffect[] {
  const sums = new Map<string, CountedEffect>();
  for (const fact of facts) {
    const { originCountyCode, paidFen = 0n, recognisedFen = 0n, declaredFen = 0n } = fact;
    const month = monthOf(correctionDay(fact, book, now));
    const isLate = month !== monthOf(fact.correctsDay ?? fact.eventDay);
    const key = `${month} ${originCountyCode} ${isLate}`;
    const sum = sums.get(key);
    sums.set(key, {
      originCountyCode,
      month,
      isLate,
      paidFen: (sum?.paidFen ?? 0n) + paidFen,
      recognisedFen: (sum?.recognisedFen ?? 0n) + recognisedFen,
      declaredFen: (sum?.declaredFen ?? 0n) + declaredFen,
    });
  }
  return [...sums]
    .filter(([, { paidFen, recognisedFen, declaredFen }]) =>
      [paidFen, recognisedFen, declaredFen].some((fen) => fen !== 0n),
    )
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, sum]) => sum);
}

export const BLOCKER_KINDS = [
  'FACTS_WAITING',
  'ROLLUP_DIFFERS',
  'FROZEN_DIFFERS',
  'FACTS_UNCHECKED',
  'FLAGS_OPEN',
  'DUPLICATES_HELD',
  'CLAIMS_OPEN',
  'FEEDS_LATE',
  'PREVIOUS_MONTH_OPEN',
] as const;
export type BlockerKind = (typeof BLOCKER_KINDS)[number];

export interface CloseBlocker {
  readonly kind: BlockerKind;
  readonly count: number;
  /** The lock waits for it; else it is only worth knowing. */
  readonly stopsLock: boolean;
}

/** What would make the figures wrong stops the lock; what is left out of them for now counts later, in a month of its own. */
const STOPPING: readonly BlockerKind[] = [
  'FACTS_WAITING',
  'ROLLUP_DIFFERS',
  'FROZEN_DIFFERS',
  'FACTS_UNCHECKED',
  'FLAGS_OPEN',
];

export type BlockerCounts = Readonly<Partial<Record<BlockerKind, number>>>;

/** Of several who count, each what the others cannot see. */
export function addCounts(all: readonly BlockerCounts[]): BlockerCounts {
  const sum = (kind: BlockerKind) => all.reduce((total, counts) => total + (counts[kind] ?? 0), 0);
  return Object.fromEntries(BLOCKER_KINDS.map((kind) => [kind, sum(kind)]));
}

export function blockersOf(counts: BlockerCounts): CloseBlocker[] {
  return BLOCKER_KINDS.flatMap((kind) => {
    const count = counts[kind] ?? 0;
    return count > 0 ? [{ kind, count, stopsLock: STOPPING.includes(kind) }] : [];
  });
}

export interface CloseTotals {
  readonly recognisedFen: Fen;
  readonly certifiedFen: Fen;
  readonly factCount: bigint;
}

/** The day whose figures are frozen next; null once all are. */
export function nextToFreeze({
  month,
  frozenThrough,
}: Pick<VolumeClose, 'month' | 'frozenThrough'>): string | null {
  if (frozenThrough === null) return month;
  return frozenThrough === lastDayOf(month) ? null : dayAfter(frozenThrough);
}

/** A line per cell, so that anybody can hash the published table themselves: keys and measures between bars. */
export function cellText(cell: Readonly<Record<string, string | number>>): string {
  return `${Object.values(cell).join('|')}\n`;
}
