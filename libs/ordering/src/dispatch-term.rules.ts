import { type WorkingCalendar, workingDayAfter } from '#libs/division';
import { InvalidInputError, businessDay } from '#libs/kernel';

/** 48 hours, as buyers know it from everywhere, counted in days on which somebody works. */
export const DISPATCH_DAYS_USUAL = 2;
export const DISPATCH_DAYS_MAX = 15;

export function refuseDispatchDays(days: number): InvalidInputError | null {
  if (Number.isInteger(days) && days >= 1 && days <= DISPATCH_DAYS_MAX) return null;
  const message = {
    zh: `发货时限须为 1 到 ${DISPATCH_DAYS_MAX} 个工作日`,
    en: `Goods are sent within 1 to ${DISPATCH_DAYS_MAX} working days.`,
  };
  return new InvalidInputError([{ path: 'days', message }]);
}

/** By which day what is ordered at an instant leaves; the day of ordering does not count. */
export function promisedDispatch(calendar: WorkingCalendar, from: Date, days: number): string {
  return workingDayAfter(calendar, businessDay(from), days);
}
