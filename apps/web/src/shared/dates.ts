import { nowMs } from './clock.js';
import { isEnglish } from './i18n.js';

/** Days are those of Shanghai, wherever the phone is. */
const ZONE = 'Asia/Shanghai';

const format = (options: Intl.DateTimeFormatOptions, value: Date): string =>
  new Intl.DateTimeFormat(isEnglish() ? 'en-GB' : 'zh-CN', { timeZone: ZONE, ...options }).format(value);

export const dayIn = (days: number): string =>
  new Date(nowMs() + (8 + 24 * days) * 3_600_000).toISOString().slice(0, 10);

export const today = (): string => dayIn(0);
export const tomorrow = (): string => dayIn(1);

export const monthNow = (): number => Number(today().slice(5, 7));

/** Of a day its first instant; of an instant itself. */
const instantOf = (date: string): Date => new Date(date.length === 10 ? `${date}T00:00:00+08:00` : date);

/** A day as it is told: 11月26日. */
export const dayOf = (date: string): string => format({ month: 'short', day: 'numeric' }, instantOf(date));

/** 周二, Tue. */
export const weekdayOf = (date: string): string =>
  format({ weekday: 'short' }, new Date(`${date}T00:00:00+08:00`));

/** A day with its year: 2026年11月26日. */
export const longDayOf = (date: string): string =>
  format({ year: 'numeric', month: 'long', day: 'numeric' }, instantOf(date));

/** The month of a day: 2026年10月. */
export const monthOf = (date: string): string =>
  format({ year: 'numeric', month: 'long' }, new Date(`${date}T00:00:00+08:00`));

/** Its name alone, for an axis: 10月, Oct. */
export const monthNameOf = (date: string): string =>
  format({ month: 'short' }, new Date(`${date}T00:00:00+08:00`));

/** An instant as it is told: 11月26日 14:05. */
export const momentOf = (instant: string): string =>
  format(
    { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false },
    new Date(instant),
  );

/** An instant where the year and the second count, in books and logs: 2026/11/26 14:05:09. */
export const exactMomentOf = (instant: string): string =>
  format(
    {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hour12: false,
    },
    new Date(instant),
  );

export const timeOf = (ms: number): string =>
  format({ hour: '2-digit', minute: '2-digit', hour12: false }, new Date(ms));

/** The hour alone while it is today's. */
export function whenOf(ms: number): string {
  const instant = new Date(ms).toISOString();
  return dayOf(instant) === dayOf(today()) ? timeOf(ms) : momentOf(instant);
}

/** What is left until an instant, as minutes and seconds; null once it is over. */
export function countdown(until: string, now: number): string | null {
  const left = Math.ceil((Date.parse(until) - now) / 1_000);
  if (left <= 0) return null;
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}
