import { InvalidInputError } from '#libs/kernel';
import type { SqlValue } from '#platform/database';

export const PRODUCT_SORTS = ['NEWEST', 'PRICE_UP', 'PRICE_DOWN', 'JIN_PRICE', 'SOLD'] as const;
export type ProductSort = (typeof PRODUCT_SORTS)[number];

interface Order {
  readonly column: string;
  readonly direction: 'ASC' | 'DESC';
  /** How a value looks in a cursor; anything else is nobody's cursor. */
  readonly format: RegExp;
}

const AMOUNT = /^\d{1,18}$/;

const ORDERS: Readonly<Record<ProductSort, Order>> = {
  // Microseconds, which a Date would lose.
  NEWEST: { column: 'listed_at', direction: 'DESC', format: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/ },
  PRICE_UP: { column: 'price_from_fen', direction: 'ASC', format: AMOUNT },
  PRICE_DOWN: { column: 'price_from_fen', direction: 'DESC', format: AMOUNT },
  JIN_PRICE: { column: 'jin_price_from_fen', direction: 'ASC', format: AMOUNT },
  // Refunds may come to more than what was received lately.
  SOLD: { column: 'sold_quantity', direction: 'DESC', format: /^-?\d{1,10}$/ },
};

/** The sort, the value sorted by, the id. */
export const PRODUCT_KEY_PARTS = 3;

export interface ProductOrder {
  /** What is sorted by, as text, for the cursor. */
  readonly select: string;
  readonly orderBy: string;
  /** Null at the beginning. */
  readonly after: { readonly sql: string; readonly values: readonly SqlValue[] } | null;
}

export function foreignCursor(): InvalidInputError {
  const message = {
    zh: '翻页位置无效，请从第一页重新开始',
    en: 'The cursor is not valid; start from the first page.',
  };
  return new InvalidInputError([{ path: 'after', message }]);
}

/** A cursor of another order leads nowhere in this one, and is refused. */
export function productOrderOf(
  sort: ProductSort,
  after: readonly string[] | null,
): ProductOrder | InvalidInputError {
  const { column, direction, format } = ORDERS[sort];
  const order = {
    select: `CAST(p.${column} AS CHAR)`,
    orderBy: `p.${column} ${direction}, p.id ${direction}`,
  };
  if (!after) return { ...order, after: null };
  const [sortedBy, value = '', id = ''] = after;
  if (sortedBy !== sort || !format.test(value) || !/^[\x21-\x7e]{1,40}$/.test(id)) return foreignCursor();
  const than = direction === 'DESC' ? '<' : '>';
  return {
    ...order,
    after: {
      sql: `(p.${column} ${than} ? OR (p.${column} = ? AND p.id ${than} ?))`,
      values: [value, value, id],
    },
  };
}
