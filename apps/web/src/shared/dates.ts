import { nowMs } from './clock.js';
import { isEnglish } from './i18n.js';

/** Days are those of Shanghai, wherever the phone is. */
const ZONE = 'Asia/Shanghai';

const format = (options: Intl.DateTimeFormatOptions, value: Date): string =>
  new Intl.DateTimeFormat(isEnglish() ? 'en-GB' : 'zh-CN', { timeZone: ZONE, ...options }).format(value);

export const today = (): string => new Date(nowMs() + 8 * 3_600_000).toISOString().slice(0, 10);

export const monthNow = (): number => Number(today().slice(5, 7));

/** A day as it is told: 11月26日. */
export const dayOf = (date: string): string =>
  format({ month: 'short', day: 'numeric' }, new Date(date.length === 10 ? `${date}T00:00:00+08:00` : date));

export const timeOf = (ms: number): string =>
  format({ hour: '2-digit', minute: '2-digit', hour12: false }, new Date(ms));
