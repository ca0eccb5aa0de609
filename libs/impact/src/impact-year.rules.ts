import { type Fen, InvalidInputError, businessDay, sumFen } from '#libs/kernel';
import type { BoughtLine, PaidOrder } from '#libs/ordering';
import type { ReturnedLine } from '#libs/payment';

export interface MonthSpent {
  readonly month: number;
  readonly spentFen: Fen;
  readonly orderCount: number;
}

export interface CountySpent {
  readonly countyCode: string;
  readonly spentFen: Fen;
}

export interface ProductSpent {
  readonly productId: string;
  readonly productName: string;
  readonly quantity: number;
  readonly spentFen: Fen;
}

export interface YearSpent {
  readonly spentFen: Fen;
  readonly orderCount: number;
  readonly productCount: number;
  readonly countyCount: number;
  /** Those in which something was paid. */
  readonly months: readonly MonthSpent[];
  /** Most first, like the next. */
  readonly counties: readonly CountySpent[];
  readonly products: readonly ProductSpent[];
}

/** What a page shows; the rest is in the counts. */
export const YEAR_COUNTIES_MAX = 50;
export const YEAR_PRODUCTS_MAX = 20;

/** There was nothing before, and the year after next is nobody's. */
const YEARS = { from: 2015, to: 2100 };

export function refuseYear(year: number): InvalidInputError | null {
  if (Number.isInteger(year) && year >= YEARS.from && year <= YEARS.to) return null;
  const message = {
    zh: `年份须在 ${YEARS.from} 到 ${YEARS.to} 之间`,
    en: `A year lies between ${YEARS.from} and ${YEARS.to}.`,
  };
  return new InvalidInputError([{ path: 'year', message }]);
}

/** From its first instant up to, not at, the first of the next one; of Shanghai. */
export function spanOf(year: number): { readonly from: Date; readonly before: Date } {
  return {
    from: new Date(`${year}-01-01T00:00:00+08:00`),
    before: new Date(`${year + 1}-01-01T00:00:00+08:00`),
  };
}

function grouped<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): ReadonlyMap<Key, readonly Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

interface SpentLine extends Omit<BoughtLine, 'paidFen'> {
  readonly spentFen: Fen;
}

function bySpent(a: { readonly spentFen: Fen }, b: { readonly spentFen: Fen }): number {
  return a.spentFen === b.spentFen ? 0 : a.spentFen < b.spentFen ? 1 : -1;
}

/**
 * What was paid less what has come back of it, by the month in which it was paid: as volume counts paid and refunded by the month of
 * payment. What of it is nothing any more names no product and no county; an order that was called off is no order.
 */
export function yearOf(
  orders: readonly PaidOrder[],
  lines: readonly BoughtLine[],
  returned: ReadonlyMap<string, ReturnedLine>,
): YearSpent {
  const monthOf = new Map(orders.map(({ id, paidAt }) => [id, Number(businessDay(paidAt).slice(5, 7))]));
  const spent = lines.map(({ paidFen, ...line }): SpentLine => {
    const back = returned.get(line.id);
    const quantity = line.quantity - (back?.quantity ?? 0);
    return { ...line, quantity, spentFen: paidFen - (back?.goodsFen ?? 0n) };
  });
  const sumOf = (some: readonly SpentLine[]) => sumFen(some.map(({ spentFen }) => spentFen));
  const kept = spent.filter(({ quantity, spentFen }) => quantity > 0 || spentFen > 0n);
  const ordersOf = grouped(
    orders.filter(({ isCancelled }) => !isCancelled),
    ({ id }) => monthOf.get(id) ?? 0,
  );
  const linesOf = grouped(spent, ({ orderId }) => monthOf.get(orderId) ?? 0);
  const months = [...new Set([...ordersOf.keys(), ...linesOf.keys()])].toSorted((a, b) => a - b);
  const counties = [...grouped(kept, ({ originCountyCode }) => originCountyCode)]
    .map(([countyCode, some]) => ({ countyCode, spentFen: sumOf(some) }))
    .toSorted((a, b) => bySpent(a, b) || (a.countyCode < b.countyCode ? -1 : 1));
  const products = [...grouped(kept, ({ productId }) => productId)]
    .map(([productId, some]) => ({
      productId,
      // As it was called when it was bought last.
      productName: some.at(-1)?.productName ?? '',
      quantity: some.reduce((sum, { quantity }) => sum + quantity, 0),
      spentFen: sumOf(some),
    }))
    .toSorted((a, b) => bySpent(a, b) || (a.productId < b.productId ? -1 : 1));
  return {
    spentFen: sumOf(spent),
    orderCount: orders.filter(({ isCancelled }) => !isCancelled).length,
    productCount: products.length,
    countyCount: counties.length,
    months: months
      .map((month) => ({
        month,
        spentFen: sumOf(linesOf.get(month) ?? []),
        orderCount: ordersOf.get(month)?.length ?? 0,
      }))
      .filter(({ spentFen, orderCount }) => spentFen !== 0n || orderCount > 0),
    counties: counties.slice(0, YEAR_COUNTIES_MAX),
    products: products.slice(0, YEAR_PRODUCTS_MAX),
  };
}
