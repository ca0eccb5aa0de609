import type { ResultOf } from 'gql.tada';
import { useClient } from 'urql';
import { type Whole, allOf, useWhole } from '../shared/all-pages.js';
import { STOCK } from './stock.documents.js';

export type Level = ResultOf<typeof STOCK>['stockLevels']['nodes'][number];

/** Fewer than this are soon gone: a day's orders of one kind. */
const LOW = 10;

export interface Kind {
  readonly variantId: string;
  readonly productName: string;
  readonly name: string;
  readonly priceFen: string;
  readonly levels: readonly Level[];
  /** Of all batches, what nobody has been promised. */
  readonly free: number;
  readonly reserved: number;
}

/** Levels by what is sold, what there is least of first. */
function kindsOf(levels: readonly Level[]): Kind[] {
  const byVariant = new Map<string, Level[]>();
  for (const level of levels)
    byVariant.set(level.variant.id, [...(byVariant.get(level.variant.id) ?? []), level]);
  const kinds = [...byVariant.entries()].flatMap(([variantId, own]) => {
    const [first] = own;
    if (!first) return [];
    const onHand = own.reduce((sum, level) => sum + level.onHand, 0);
    const reserved = own.reduce((sum, level) => sum + level.reserved, 0);
    const { productName, name, priceFen } = first.variant;
    return [{ variantId, productName, name, priceFen, levels: own, free: onHand - reserved, reserved }];
  });
  return kinds.sort((a, b) => a.free - b.free);
}

export const isLow = ({ free }: Pick<Kind, 'free'>): boolean => free < LOW;

/** All that lies in the warehouse, by what is sold. */
export function useStock(merchantId: string): Whole<readonly Kind[]> {
  const client = useClient();
  return useWhole(merchantId, async () => {
    const levels = await allOf(
      (after) => client.query(STOCK, { merchantId, after }, { requestPolicy: 'network-only' }).toPromise(),
      (data) => data.stockLevels,
    );
    return kindsOf(levels);
  });
}
