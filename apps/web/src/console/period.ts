import { dayOf } from '../shared/dates.js';
import { t } from '../shared/i18n.js';

export const RANGES = ['7d', '30d', 'year', 'last-year'] as const;
type Near = (typeof RANGES)[number];
/** Near ones move with the day; a year by its number stays. */
export type Range = Near | `${number}`;

export const rangeWord = (range: Near): string =>
  ({ '7d': t('近 7 日'), '30d': t('近 30 日'), year: t('本年'), 'last-year': t('上年') })[range];

/** The State Council asked for all this in the last days of 2018; nobody counted before. */
const FIRST_YEAR = 2019;

/** Those that have no button of their own, the latest first. */
export const earlierYears = (today: string): readonly `${number}`[] =>
  Array.from(
    { length: Math.max(0, Number(today.slice(0, 4)) - 1 - FIRST_YEAR) },
    (_, at) => `${Number(today.slice(0, 4)) - 2 - at}` as const,
  );

const isYear = (range: string): range is `${number}` => /^20\d\d$/.test(range);

/** Days of Shanghai, both included, and as many a year before. */
export interface Period {
  readonly range: Range;
  readonly from: string;
  readonly to: string;
  readonly fromBefore: string;
  readonly toBefore: string;
  readonly axis: 'DAY' | 'MONTH';
}

const DAY_MS = 86_400_000;

const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** The same day of the year before; the last of February for its 29th. */
export const yearBefore = (day: string): string =>
  `${Number(day.slice(0, 4)) - 1}${day.slice(4) === '-02-29' ? '-02-28' : day.slice(4)}`;

export function periodOf(range: Range, today: string): Period {
  const year = Number(today.slice(0, 4));
  const days = range === '7d' ? 7 : 30;
  const [from, to] = isYear(range)
    ? [`${range}-01-01`, `${range}-12-31`]
    : range === 'year'
      ? [`${year}-01-01`, today]
      : range === 'last-year'
        ? [`${year - 1}-01-01`, `${year - 1}-12-31`]
        : [addDays(today, 1 - days), today];
  return {
    range,
    from,
    to,
    fromBefore: yearBefore(from),
    toBefore: yearBefore(to),
    axis: range === '7d' || range === '30d' ? 'DAY' : 'MONTH',
  };
}

/** Days are of this year; a year that is over has its number. */
export const periodText = ({ range, from, to }: Pick<Period, 'range' | 'from' | 'to'>): string =>
  range === 'last-year' || isYear(range)
    ? t('{year}年', { year: from.slice(0, 4) })
    : t('{from}至{to}', { from: dayOf(from), to: dayOf(to) });

/** What stands on the axis below a trend: each day, or the first of each month, of a period. */
export function stepsOf({ from, to, axis }: Pick<Period, 'from' | 'to' | 'axis'>): readonly string[] {
  const steps: string[] = [];
  if (axis === 'DAY') {
    for (let day = from; day <= to; day = addDays(day, 1)) steps.push(day);
    return steps;
  }
  for (let month = `${from.slice(0, 7)}-01`; month <= to;) {
    steps.push(month);
    month = `${addDays(month, 31).slice(0, 7)}-01`;
  }
  return steps;
}

export const isRange = (text: string | null): text is Range =>
  text !== null && (isYear(text) || RANGES.includes(text as Near));

/** The months that a period touches, whole: sellers are summed by months alone. */
export function wholeMonths({ from, to }: Pick<Period, 'from' | 'to'>): {
  readonly from: string;
  readonly to: string;
} {
  const after = `${addDays(`${to.slice(0, 7)}-01`, 31).slice(0, 7)}-01`;
  return { from: `${from.slice(0, 7)}-01`, to: addDays(after, -1) };
}

/** The month before this one: 2026-10. */
export const lastMonth = (today: string): string => addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7);
