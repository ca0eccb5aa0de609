import type { Fen } from '#libs/kernel';

/** From so many fen up to, not at, the next: what people put into a basket, a box, a present. */
const BANDS: readonly Fen[] = [0n, 2_000n, 5_000n, 10_000n, 20_000n];

export interface PriceBand {
  readonly fromFen: Fen;
  /** The last fen that belongs to it; null for the topmost. */
  readonly toFen: Fen | null;
}

export const PRICE_BANDS: readonly PriceBand[] = BANDS.map((fromFen, index) => {
  const next = BANDS[index + 1];
  return { fromFen, toFen: next === undefined ? null : next - 1n };
});

/** The number of a price's band. */
export const PRICE_BAND_SQL = `CASE ${PRICE_BANDS.flatMap(({ toFen }, index) =>
  toFen === null ? [] : [`WHEN p.price_from_fen <= ${toFen} THEN ${index}`],
).join(' ')} ELSE ${PRICE_BANDS.length - 1} END`;

export interface SeasonCount {
  readonly seasonFrom: number;
  readonly seasonTo: number;
  readonly productCount: number;
}

export function isInSeason(month: number, seasonFrom: number, seasonTo: number): boolean {
  return seasonFrom <= seasonTo
    ? month >= seasonFrom && month <= seasonTo
    : month >= seasonFrom || month <= seasonTo;
}

/** How many are in season in each month; months in which nothing is are left out. */
export function monthsOf(seasons: readonly SeasonCount[]): { month: number; productCount: number }[] {
  return Array.from({ length: 12 }, (_, index) => {
    const inSeason = seasons.filter(({ seasonFrom, seasonTo }) =>
      isInSeason(index + 1, seasonFrom, seasonTo),
    );
    return {
      month: index + 1,
      productCount: inSeason.reduce((sum, { productCount }) => sum + productCount, 0),
    };
  }).filter(({ productCount }) => productCount > 0);
}
