import { today } from '../../shared/dates.js';

/** This month and the eleven before it, by their first days, the latest first. */
export function lastMonths(): readonly string[] {
  const [year = 0, month = 0] = today().split('-').map(Number);
  return Array.from({ length: 12 }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 10),
  );
}
