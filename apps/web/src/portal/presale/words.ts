import { nowMs } from '../../shared/clock.js';
import { dayOf, today } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { kgOf } from '../harvest/words.js';

export interface Day {
  readonly day: string;
  /** What was said can leave, in grams. */
  readonly announcedG: number;
  /** Of it, what can be ordered. */
  readonly capacityG: number;
  readonly reservedG: number;
  readonly shippedG: number;
}

interface Figures {
  readonly announcedG: number;
  /** Promised to buyers, gone or not. */
  readonly takenG: number;
  readonly shippedG: number;
  readonly freeG: number;
}

/** Of a day that is over nothing can be ordered. */
export const freeOf = ({ day, capacityG, reservedG, shippedG }: Day): number =>
  day > today() ? Math.max(0, capacityG - reservedG - shippedG) : 0;

export const figuresOf = (days: readonly Day[]): Figures => {
  const sum = (gramsOf: (day: Day) => number) => days.reduce((grams, day) => grams + gramsOf(day), 0);
  return {
    announcedG: sum(({ announcedG }) => announcedG),
    takenG: sum(({ reservedG, shippedG }) => reservedG + shippedG),
    shippedG: sum(({ shippedG }) => shippedG),
    freeG: sum(freeOf),
  };
};

interface Standing {
  readonly state: 'OPEN' | 'CLOSED';
  readonly ordersOpenAt: string;
  readonly ordersCloseAt: string;
  readonly lastOn: string;
  readonly waitingG: number;
}

export const takesOrders = ({
  state,
  ordersOpenAt,
  ordersCloseAt,
}: Omit<Standing, 'waitingG' | 'lastOn'>): boolean =>
  state === 'OPEN' && Date.parse(ordersOpenAt) <= nowMs() && Date.parse(ordersCloseAt) > nowMs();

/** The one thing about it that somebody has to see, and whether it is one to think about. */
export function standingOf(presale: Standing): { readonly word: string; readonly isWarm: boolean } {
  const { state, ordersOpenAt, ordersCloseAt, lastOn, waitingG } = presale;
  if (lastOn < today()) return { word: t('发货期过了'), isWarm: false };
  if (state === 'CLOSED') return { word: t('关了，订了的照发'), isWarm: false };
  if (waitingG > 0) return { word: t('{kg} 公斤等放行', { kg: kgOf(waitingG) }), isWarm: true };
  if (Date.parse(ordersOpenAt) > nowMs())
    return { word: t('{day}开始接单', { day: dayOf(ordersOpenAt) }), isWarm: false };
  return Date.parse(ordersCloseAt) <= nowMs()
    ? { word: t('不接单了，等着发'), isWarm: false }
    : { word: t('在接单'), isWarm: false };
}

/** A whole day of Shanghai: orders are taken to its last second. */
export const endOfDay = (day: string): string => new Date(`${day}T23:59:59+08:00`).toISOString();

/** The day of Shanghai on which an instant is. */
export const dayAt = (instant: string): string =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10);

/** Days from one to another, both counted; 0 where they are no days. */
export const daysFrom = (from: string, to: string): number => {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  return Number.isFinite(days) && days > 0 ? days : 0;
};
