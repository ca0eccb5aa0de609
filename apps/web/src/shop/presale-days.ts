import type { PresaleProduct } from './presale.documents.js';

type Presale = PresaleProduct['presales'][number];

const DAY_MS = 86_400_000;

/** A day of a presale, with how many of what is wanted would still leave on it. */
export interface DispatchDay {
  readonly day: string;
  readonly isFree: boolean;
  /** Of one variant so many more; null where several are wanted together. */
  readonly units: number | null;
}

export interface Wanted {
  readonly variantId: string;
  readonly quantity: number;
}

/** The presale that takes orders for it now. */
export const presaleOf = <One extends Pick<Presale, 'variantIds' | 'takesOrders'>>(
  presales: readonly One[],
  variantId: string,
): One | null =>
  presales.find(({ takesOrders, variantIds }) => takesOrders && variantIds.includes(variantId)) ?? null;

/** Its days from tomorrow on, those without room too: what is ordered together leaves together, so a day has room for all of it or none. */
export function daysFor(
  { variants, presales }: Pick<PresaleProduct, 'variants' | 'presales'>,
  wanted: readonly Wanted[],
  tomorrow: string,
): DispatchDay[] {
  const [first] = wanted;
  const presale = first ? presaleOf(presales, first.variantId) : null;
  if (!first || !presale) return [];
  const weightOf = (variantId: string) => variants.find(({ id }) => id === variantId)?.netWeightG ?? 0;
  const grams = wanted.reduce((sum, { variantId, quantity }) => sum + weightOf(variantId) * quantity, 0);
  const unitG = wanted.length === 1 ? weightOf(first.variantId) : 0;
  const free = new Map(presale.days.map(({ day, freeG }) => [day, freeG]));
  const days: DispatchDay[] = [];
  const from = presale.firstOn > tomorrow ? presale.firstOn : tomorrow;
  for (let at = Date.parse(from); at <= Date.parse(presale.lastOn); at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    const freeG = free.get(day) ?? 0;
    days.push({
      day,
      isFree: freeG > 0 && freeG >= grams,
      units: unitG > 0 ? Math.floor(freeG / unitG) : null,
    });
  }
  return days;
}

/** The day that is promised to whoever does not want it before another: by the rule that places an order. */
export const promisedOf = (days: readonly DispatchDay[], notBefore: string | null): string | null =>
  days.find(({ day, isFree }) => isFree && day >= (notBefore ?? ''))?.day ?? null;

/** What is paid now of a price, and what later: as the service counts it, rounded down. */
export function depositOf(goodsFen: string, depositBps: number): { nowFen: string; laterFen: string } {
  const now = (BigInt(goodsFen) * BigInt(depositBps)) / BigInt(10_000);
  return { nowFen: String(now), laterFen: String(BigInt(goodsFen) - now) };
}
