import { Injectable } from '@nestjs/common';
import { ProductReader } from '#libs/catalog';
import { ChannelPointReader } from '#libs/channel';
import { type Page, type PageRequest, encodeCursor } from '#libs/kernel';
import { ShelfStockReader } from './shelf-stock.reader.js';
import { type ShelfExtras, type ShelfProduct, ShelfReader } from './shelf.reader.js';

export interface RangeItem {
  readonly product: ShelfProduct;
  /** What lies on the place's own shelves now, of all its sizes; null where it has none of ours. */
  readonly unitsHere: number | null;
}

/** The place in the range, and the product that stood there. */
export const RANGE_KEY_PARTS = 2;

/** What a place of sale shows, in its own order. */
@Injectable()
export class PlaceRangeReader {
  constructor(
    private readonly points: ChannelPointReader,
    private readonly products: ProductReader,
    private readonly shelf: ShelfReader,
    private readonly stock: ShelfStockReader,
  ) {}

  /** Null unless visitors find the place open. Seven statements, and one for each extra, whatever it shows. */
  async of(
    channelPointId: string,
    { first, after }: PageRequest,
    extras: ShelfExtras,
  ): Promise<Page<RangeItem> | null> {
    const point = await this.points.openById(channelPointId);
    if (!point) return null;
    const range = await this.points.productIdsOf(point.id);
    const onSale = await this.products.idsAmong(range, {});
    const ahead = range
      .map((id, position) => ({ id, position }))
      .filter(({ id, position }) => onSale.has(id) && position >= placeAfter(range, after));
    const page = ahead.slice(0, first);
    const products = await this.shelf.byIds(
      page.map(({ id }) => id),
      extras,
    );
    const units = await this.stock.byVariant(
      point.id,
      products.flatMap(({ variants }) => variants.map(({ id }) => id)),
    );
    const last = page.at(-1);
    return {
      nodes: products.map((product) => ({
        product,
        unitsHere: units && product.variants.reduce((sum, { id }) => sum + (units.get(id) ?? 0), 0),
      })),
      pageInfo: {
        hasNextPage: ahead.length > first,
        endCursor: last ? encodeCursor([String(last.position), last.id]) : null,
      },
    };
  }
}

/** Where to go on. The range may have been curated anew: by the product as long as it is there, and else by its place. */
function placeAfter(range: readonly string[], after: readonly string[] | null): number {
  if (!after) return 0;
  const [position = '', id = ''] = after;
  const index = range.indexOf(id);
  if (index !== -1) return index + 1;
  return /^\d{1,4}$/.test(position) ? Number(position) : 0;
}
