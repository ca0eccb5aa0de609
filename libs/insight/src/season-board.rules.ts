import { DAY_MS } from '#libs/kernel';

/** Over how many days sales are looked at: four weeks, so that weekdays weigh alike. */
export const SOLD_DAYS = 28;

/** EMPTY: nothing is there or comes. UNSOLD: it is there, and nothing was sold in four weeks. GLUT: some of it will not be sold in time. */
type Cover = 'EMPTY' | 'UNSOLD' | 'GLUT' | 'FINE';

/** What lies there and is promised to nobody. */
interface Lot {
  readonly weightG: number;
  /** The last good day; null for what does not perish. */
  readonly bestBeforeOn: string | null;
}

/** What open batches will still bring. */
interface Coming {
  readonly weightG: number;
  /** The last day of its harvest. */
  readonly until: string;
  /** What its merchant has said of it; null where nobody has. */
  readonly bestBeforeOn: string | null;
}

export interface Supply {
  readonly lots: readonly Lot[];
  readonly coming: readonly Coming[];
  /** In the last 28 days, less what came back. */
  readonly soldG: number;
  readonly perishes: boolean;
  /** The last day of the season that is open; null where none is. */
  readonly seasonClosesOn: string | null;
}

export interface Judged {
  readonly cover: Cover;
  /** For how many days what is there and comes lasts at the pace of the last 28; null where nothing was sold. */
  readonly coverDays: number | null;
  /** What will not be sold in time, in grams; 0 unless it is a glut. */
  readonly overG: number;
}

/** Today is a day as well. */
const daysUntil = (day: string, today: string): number =>
  Math.max(0, (Date.parse(day) - Date.parse(today)) / DAY_MS + 1);

const later = (day: string, other: string | null): string => (other !== null && other > day ? other : day);

/**
 * Whether goods last longer than they keep, at the pace of the last four weeks. What keeps the shortest is sold first; a lot is good until its best-before day, what is still
 * to be harvested as well; where nobody has said one, until the last day of the harvest or of the open season, whichever is later. What does not perish is never too much.
 */
export function judged(supply: Supply, today: string): Judged {
  const { lots, coming, soldG, perishes, seasonClosesOn } = supply;
  const parts = [
    ...lots.map(({ weightG, bestBeforeOn }) => ({ weightG, until: bestBeforeOn })),
    ...coming.map(({ weightG, until, bestBeforeOn }) => ({
      weightG,
      until: bestBeforeOn ?? (perishes ? later(until, seasonClosesOn) : null),
    })),
  ].filter(({ weightG }) => weightG > 0);
  const totalG = parts.reduce((sum, { weightG }) => sum + weightG, 0);
  if (totalG === 0) return { cover: 'EMPTY', coverDays: null, overG: 0 };
  if (soldG <= 0) return { cover: 'UNSOLD', coverDays: null, overG: 0 };
  const coverDays = Math.floor((totalG * SOLD_DAYS) / soldG);
  let sellG = 0;
  let overG = 0;
  const dated = parts.flatMap(({ weightG, until }) => (until === null ? [] : [{ weightG, until }]));
  for (const { weightG, until } of dated.toSorted((a, b) => (a.until < b.until ? -1 : 1))) {
    const inTimeG = Math.floor((soldG * daysUntil(until, today)) / SOLD_DAYS) - sellG;
    const soldInTimeG = Math.min(weightG, Math.max(0, inTimeG));
    sellG += soldInTimeG;
    overG += weightG - soldInTimeG;
  }
  return { cover: overG > 0 ? 'GLUT' : 'FINE', coverDays, overG };
}

interface Placed {
  readonly kindCode: string;
  readonly cover: Cover;
  readonly overKg: number;
}

const ORDER: Readonly<Record<Cover, number>> = { GLUT: 0, UNSOLD: 1, FINE: 2, EMPTY: 3 };

/** What asks for something to be done stands first. */
export function firstToLast(a: Placed, b: Placed): number {
  return ORDER[a.cover] - ORDER[b.cover] || b.overKg - a.overKg || (a.kindCode < b.kindCode ? -1 : 1);
}
