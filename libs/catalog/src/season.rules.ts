import type { HarvestWindow } from './harvest-window.entity.js';

/** When a product can be had fresh again. HARVEST_WINDOW: somebody has planned it. SEASON: the months in which it usually is. */
export interface NextSeason {
  readonly basis: 'HARVEST_WINDOW' | 'SEASON';
  readonly opensOn: string;
  /** The last day. */
  readonly closesOn: string;
  readonly isOpen: boolean;
}

/** First and last month, 1 to 12; null when sold all year. */
export interface SeasonMonths {
  readonly seasonFrom: number | null;
  readonly seasonTo: number | null;
}

const MONTHS = 12;

function monthStart(year: number, month: number): string {
  return new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10);
}

/** Day nought of the month after. */
function monthEnd(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** The season that `day` lies in, or else the one that begins next; from November to February is a season as well. */
function seasonFrom({ seasonFrom: from, seasonTo: to }: SeasonMonths, day: string): NextSeason | null {
  if (from === null || to === null) return null;
  const length = (to - from + MONTHS) % MONTHS;
  const year = Number(day.slice(0, 4));
  // The one that began last year may be running still.
  for (const startYear of [year - 1, year, year + 1]) {
    const opensOn = monthStart(startYear, from);
    const closesOn = monthEnd(startYear, from + length);
    if (closesOn >= day) return { basis: 'SEASON', opensOn, closesOn, isOpen: opensOn <= day };
  }
  return null;
}

/** What is planned goes before what usually is; null where neither is known. Windows come the soonest first, and none is over. */
export function nextSeasonOf(
  windows: readonly Pick<HarvestWindow, 'opensOn' | 'closesOn'>[],
  months: SeasonMonths,
  day: string,
): NextSeason | null {
  const [next] = windows;
  if (!next) return seasonFrom(months, day);
  const { opensOn, closesOn } = next;
  return { basis: 'HARVEST_WINDOW', opensOn, closesOn, isOpen: opensOn <= day };
}

export interface Harvested {
  readonly productId: string;
  readonly originVillageCode: string | null;
  readonly harvestedOn: string;
}

/** In which window a batch was harvested: that of its village, or else the county's; null where nobody has planned one. */
export function windowOf<Window extends HarvestWindow>(
  batch: Harvested,
  windows: readonly Window[],
): Window | null {
  const around = windows.filter(
    ({ productId, opensOn, closesOn }) =>
      productId === batch.productId && opensOn <= batch.harvestedOn && batch.harvestedOn <= closesOn,
  );
  const ofVillage = around.find(
    ({ villageCode }) => villageCode !== null && villageCode === batch.originVillageCode,
  );
  return ofVillage ?? around.find(({ villageCode }) => villageCode === null) ?? null;
}
