import { DAY_MS, type Fen, InvalidInputError, sumFen } from '#libs/kernel';

/** What one unit bought through one kind of buyer, and the unit it counts for. */
export interface UnitPurchase {
  readonly unitId: string;
  /** Itself, unless it has merged, is a union of another unit or eats in another's canteen. */
  readonly countsForId: string;
  /** '' where it was not asked for. */
  readonly buyerKind: string;
  readonly boughtFen: Fen;
}

/** What is bought, by the unit that it counts for. */
export function sumByUnit(purchases: readonly UnitPurchase[]): ReadonlyMap<string, Fen> {
  const sums = new Map<string, Fen>();
  for (const { countsForId, boughtFen } of purchases)
    sums.set(countsForId, (sums.get(countsForId) ?? 0n) + boughtFen);
  return sums;
}

/** What stands beside a share, as the ways of buying that count for it are told apart. */
export const SHARE_KINDS = ['UNIT', 'CONTRACTOR', 'UNION', 'STAFF', 'OTHER'] as const;
export type ShareKind = (typeof SHARE_KINDS)[number];

const KIND_OF: Readonly<Record<string, ShareKind>> = {
  ORGANISATION: 'UNIT',
  UNIT: 'UNIT',
  CONTRACTOR: 'CONTRACTOR',
  UNION: 'UNION',
  STAFF: 'STAFF',
};

/** In the order of the kinds, each of them, also with nothing bought. What a partner or an older fact calls otherwise is OTHER, so that all adds up. */
export function sumByKind(
  purchases: readonly UnitPurchase[],
): { readonly kind: ShareKind; readonly boughtFen: Fen }[] {
  return SHARE_KINDS.map((kind) => ({
    kind,
    boughtFen: sumFen(
      purchases
        .filter(({ buyerKind }) => (KIND_OF[buyerKind] ?? 'OTHER') === kind)
        .map(({ boughtFen }) => boughtFen),
    ),
  }));
}

const YEAR_MIN = 2019;

/** The years for which a share may be filed. */
export function refuseShareYear(year: number, today: string): InvalidInputError | null {
  const yearMax = Number(today.slice(0, 4)) + 1;
  if (year >= YEAR_MIN && year <= yearMax) return null;
  const message = {
    zh: `年度须在 ${YEAR_MIN} 到 ${yearMax} 之间`,
    en: `The year lies between ${YEAR_MIN} and ${yearMax}.`,
  };
  return new InvalidInputError([{ path: 'year', message }]);
}

/** Days of the year that are left, today included; none once it is over, all before it begins. */
export function daysLeftIn(year: number, today: string): number {
  const end = Date.parse(`${year}-12-31`);
  const from = Math.max(Date.parse(today), Date.parse(`${year}-01-01`));
  return Math.max(0, (end - from) / DAY_MS + 1);
}

/** In hundredths of a percent, cut off and never rounded up; null where nothing is reserved: that is no data, not zero. */
export function completionBps(boughtFen: Fen, reservedFen: Fen | null): number | null {
  if (reservedFen === null || reservedFen === 0n) return null;
  return Number((boughtFen * 10_000n) / reservedFen);
}
