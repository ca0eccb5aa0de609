import type { StockLevelId } from './stock-level.entity.js';

/** Units of a variant that were sold at a place; the key says of which cause. */
export interface PlaceSale {
  readonly key: string;
  readonly channelPointId: string;
  readonly variantId: string;
  readonly quantity: number;
}

export interface PlaceLevel {
  readonly id: StockLevelId;
  readonly channelPointId: string;
  readonly variantId: string;
  readonly batchId: string;
  readonly bestBeforeOn: string;
  readonly onHand: number;
  readonly reserved: number;
}

/** What of a sale came of which batch; null and '' where none lay there. */
export interface SoldPart {
  readonly levelId: StockLevelId | null;
  readonly batchId: string;
  readonly quantity: number;
}

/** In the order of the sales, first expired first; nothing of what is promised. */
export function allocateAtPlaces(
  sales: readonly PlaceSale[],
  levels: readonly PlaceLevel[],
): Map<string, SoldPart[]> {
  const left = new Map(levels.map(({ id, onHand, reserved }) => [id, onHand - reserved]));
  const sorted = levels.toSorted((a, b) =>
    a.bestBeforeOn === b.bestBeforeOn ? (a.id < b.id ? -1 : 1) : a.bestBeforeOn < b.bestBeforeOn ? -1 : 1,
  );
  return new Map(
    sales.map((sale) => {
      let wanted = sale.quantity;
      const parts: SoldPart[] = [];
      for (const { id, channelPointId, variantId, batchId } of sorted) {
        if (channelPointId !== sale.channelPointId || variantId !== sale.variantId) continue;
        const quantity = Math.min(wanted, left.get(id) ?? 0);
        if (quantity <= 0) continue;
        left.set(id, (left.get(id) ?? 0) - quantity);
        wanted -= quantity;
        parts.push({ levelId: id, batchId, quantity });
      }
      if (wanted > 0) parts.push({ levelId: null, batchId: '', quantity: wanted });
      return [sale.key, parts];
    }),
  );
}
