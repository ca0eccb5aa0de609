import type { ChannelKind } from '#libs/channel';
import type { PlacedStockRow } from '#libs/inventory';

export const STOCK_PLACE_KINDS = ['WAREHOUSE', 'PAVILION', 'ZONE', 'COUNTER', 'VAN'] as const;
export type StockPlaceKind = (typeof STOCK_PLACE_KINDS)[number];

/** Days whose sales say how long it lasts. */
export const COVER_LOOKBACK_DAYS = 14;

export interface ItemPlace {
  readonly id: string;
  readonly kind: StockPlaceKind;
  /** Of a place of sale. */
  readonly channelPointId: string | null;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
}

export interface ItemSums {
  readonly onHand: number;
  readonly reserved: number;
  /** In the warehouse: what is delivered comes from there. */
  readonly available: number;
  /** On its way from one place to another. */
  readonly expected: number;
  /** Waiting for a second person to write it off. */
  readonly held: number;
  readonly places: readonly ItemPlace[];
}

const ORDER: readonly StockPlaceKind[] = STOCK_PLACE_KINDS;

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** What one variant comes to, wherever it lies; the warehouse first. What is held lies in no place. */
export function itemOf(
  rows: readonly PlacedStockRow[],
  kindOf: (channelPointId: string) => ChannelKind | null,
): ItemSums {
  const places = rows.flatMap(({ kind, locationId, channelPointId, onHand, reserved, free }): ItemPlace[] => {
    const shown =
      kind === 'SHELF' ? channelPointId !== null && kindOf(channelPointId) : kind === 'HELD' ? null : kind;
    if (!shown) return [];
    return [{ id: locationId, kind: shown, channelPointId, onHand, reserved, available: free }];
  });
  const held = (prefix: string) =>
    sum(rows.flatMap(({ heldFor, onHand }) => (heldFor?.startsWith(prefix) ? [onHand] : [])));
  return {
    onHand: sum(places.map(({ onHand }) => onHand)),
    reserved: sum(places.map(({ reserved }) => reserved)),
    available: sum(places.flatMap(({ kind, available }) => (kind === 'WAREHOUSE' ? [available] : []))),
    expected: held('stt_'),
    held: held('swo_'),
    places: places.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || b.onHand - a.onHand),
  };
}

/** For how many days it lasts if it sells as it did; null where none of it was sold. */
export function coverDays(available: number, soldUnits: number): number | null {
  return soldUnits > 0 ? Math.floor((available * COVER_LOOKBACK_DAYS) / soldUnits) : null;
}
