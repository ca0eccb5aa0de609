import { DAY_MS } from '#libs/kernel';

/** How many whole days before yesterday a feed has not told of; null where it never promised anything. */
export function feedLateness(completeThrough: string | null, today: string): number | null {
  if (completeThrough === null) return null;
  const yesterday = Date.parse(today) - DAY_MS;
  return Math.max(0, Math.round((yesterday - Date.parse(completeThrough)) / DAY_MS));
}
