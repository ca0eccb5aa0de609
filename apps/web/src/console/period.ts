import { t } from '../shared/i18n.js';

export const RANGES = ['7d', '30d', 'year', 'last-year'] as const;
export type Range = (typeof RANGES)[number];

export const rangeWord = (range: Range): string =>
  ({ '7d': t('近 7 日'), '30d': t('近 30 日'), year: t('本年'), 'last-year': t('上年') })[range];

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
  const [from, to] =
    range === 'year'
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

export const isRange = (text: string | null): text is Range => RANGES.includes(text as Range);

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
