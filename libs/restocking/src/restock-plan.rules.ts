import { createHash } from 'node:crypto';
import { type InvalidField, InvalidInputError } from '#libs/kernel';

/** What one driver can do on a day, and one planner oversee. */
export const ROUTES_MAX = 10;
export const STOPS_MAX = 40;
const LOAD_MAX_G = 20_000_000;
const FILL_UNITS_MAX = 10_000;
/** A season: goods that last longer than until the next visit are none that have to go. */
const AHEAD_DAYS_MAX = 180;
const KEY = /^[\w:.-]{8,80}$/;

export interface RestockWish {
  readonly merchantId: string;
  readonly idempotencyKey: string;
  /** When it is driven. */
  readonly day: string;
  /** When somebody comes again. */
  readonly nextVisitOn: string;
  readonly routesMax: number;
  readonly visitsMax: number;
  readonly loadMaxG: number;
  /** Cabinets where less is missing wait, unless something stands still there. */
  readonly fillUnitsMin: number;
}

const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

export function refuseWish(wish: RestockWish, today: string): InvalidInputError | null {
  const faults: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => faults.push({ path, message: { zh, en } });
  const within = (
    path: keyof RestockWish & ('routesMax' | 'visitsMax' | 'loadMaxG' | 'fillUnitsMin'),
    max: number,
  ) => {
    if (!Number.isInteger(wish[path]) || wish[path] < 1 || wish[path] > max)
      refuse(path, `须为 1 到 ${max}`, `It is 1 to ${max}.`);
  };
  if (!KEY.test(wish.idempotencyKey))
    refuse(
      'idempotencyKey',
      '单号须为 8 到 80 个字母、数字或 -_.:',
      'The key has 8 to 80 letters, digits or any of -_.:',
    );
  if (wish.day < today || daysBetween(today, wish.day) > AHEAD_DAYS_MAX)
    refuse('day', `须为今天起 ${AHEAD_DAYS_MAX} 天内`, `It is today or within ${AHEAD_DAYS_MAX} days.`);
  if (wish.nextVisitOn <= wish.day || daysBetween(wish.day, wish.nextVisitOn) > AHEAD_DAYS_MAX)
    refuse(
      'nextVisitOn',
      `须在本次之后 ${AHEAD_DAYS_MAX} 天内`,
      `It is after that day, within ${AHEAD_DAYS_MAX} days.`,
    );
  within('routesMax', ROUTES_MAX);
  within('visitsMax', STOPS_MAX);
  within('loadMaxG', LOAD_MAX_G);
  within('fillUnitsMin', FILL_UNITS_MAX);
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

/** What two wishes under one key have to have in common. */
export function hashOf(wish: RestockWish): string {
  const { merchantId, day, nextVisitOn, routesMax, visitsMax, loadMaxG, fillUnitsMin } = wish;
  const parts = [merchantId, day, nextVisitOn, routesMax, visitsMax, loadMaxG, fillUnitsMin];
  return createHash('sha256').update(parts.join('|')).digest('hex');
}
