import { DAY_MS } from '#libs/kernel';
import type { CalendarDayKind } from './calendar-day.entity.js';

/** The exceptions from the week, by day (YYYY-MM-DD). */
export type WorkingCalendar = ReadonlyMap<string, CalendarDayKind>;

/** No holiday is longer; a search that goes on has lost its way. */
const DAYS_OFF_MAX = 30;

export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** True once the holidays of the day's year are on file; until then only its weekends are. */
export function isKnownYear(calendar: WorkingCalendar, day: string): boolean {
  const year = day.slice(0, 4);
  for (const known of calendar.keys()) if (known.startsWith(year)) return true;
  return false;
}

export function isWorkingDay(calendar: WorkingCalendar, day: string): boolean {
  const exception = calendar.get(day);
  if (exception) return exception === 'WORKING';
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** The `count`th working day after a day, which itself does not count. */
export function workingDayAfter(calendar: WorkingCalendar, day: string, count = 1): string {
  let current = day;
  for (let worked = 0, off = 0; worked < count;) {
    current = dayAfter(current);
    if (isWorkingDay(calendar, current)) {
      worked += 1;
      off = 0;
    } else if ((off += 1) > DAYS_OFF_MAX)
      throw new Error(`No working day within ${DAYS_OFF_MAX} days before ${current}`);
  }
  return current;
}
