import { Injectable } from '@nestjs/common';
import { OwnProductReader, VariantReader, type VariantForSale } from '#libs/catalog';
import { ChannelPointReader } from '#libs/channel';
import { PresaleReader, type PlacedStockRow, StockPlaceReader } from '#libs/inventory';
import { Clock, DAY_MS, type Page, type PageRequest, businessDay, plus } from '#libs/kernel';
import { StockThresholdReader } from './stock-threshold.reader.js';
import { COVER_LOOKBACK_DAYS, type ItemPlace, type ItemSums, coverDays, itemOf } from './stock-item.rules.js';

/** From how much on owners are told of it in a place. */
export interface ItemThreshold {
  /** Null of the warehouse. */
  readonly channelPointId: string | null;
  /** Likewise. */
  readonly placeName: string | null;
  readonly units: number;
  readonly lowSince: Date | null;
}

/** Columns in a page's sort key, for `pageRequest`. */
export const STOCK_ITEM_KEY_PARTS = 1;

/** What the days of a harvest to come have room for. */
export interface PresaleRoom {
  readonly presaleId: string;
  readonly ordersCloseAt: Date;
  readonly capacityG: number;
  /** Promised, or gone. */
  readonly promisedG: number;
  /** Said of days to come, and not granted. */
  readonly heldG: number;
  /** The soonest day that has room; null where none has. */
  readonly nextOn: string | null;
}

export interface NamedPlace extends ItemPlace {
  /** As people call it; null of warehouses and vans. */
  readonly name: string | null;
}

export interface StockItemRow extends Omit<ItemSums, 'places'> {
  readonly variant: VariantForSale;
  readonly places: readonly NamedPlace[];
  /** From the warehouse, within COVER_LOOKBACK_DAYS. */
  readonly soldUnits: number;
  readonly coverDays: number | null;
  readonly thresholds: readonly ItemThreshold[];
  /** Null unless a presale takes orders for it now. */
  readonly presale: PresaleRoom | null;
}

/** What a merchant has of each of its variants, wherever it lies. */
@Injectable()
export class StockItemReader {
  constructor(
    private readonly products: OwnProductReader,
    private readonly variants: VariantReader,
    private readonly stock: StockPlaceReader,
    private readonly points: ChannelPointReader,
    private readonly presales: PresaleReader,
    private readonly thresholds: StockThresholdReader,
    private readonly clock: Clock,
  ) {}

  /** All variants of the merchant, on sale or not, in the order in which they were made. As many statements for one as for a page. */
  async page(merchantId: string, request: PageRequest): Promise<Page<StockItemRow>> {
    const { nodes, pageInfo } = await this.products.variantIds(merchantId, request);
    return { nodes: await this.items(nodes), pageInfo };
  }

  /** Null of another merchant's. */
  async one(merchantId: string, variantId: string): Promise<StockItemRow | null> {
    const [item] = await this.items([variantId]);
    return item?.variant.merchantId === merchantId ? item : null;
  }

  private async items(variantIds: readonly string[]): Promise<StockItemRow[]> {
    const since = plus(this.clock.now(), -COVER_LOOKBACK_DAYS * DAY_MS);
    const [variants, rows, sold, presales, thresholds] = await Promise.all([
      this.variants.byIds(variantIds),
      this.stock.ofVariants(variantIds),
      this.stock.shippedSince(variantIds, since),
      this.roomOf(variantIds),
      this.thresholds.ofVariants(variantIds),
    ]);
    const points = await this.pointsOf([...rows, ...thresholds]);
    return variantIds.flatMap((id) => {
      const variant = variants.find((each) => each.id === id);
      if (!variant) return [];
      const own = rows.filter(({ variantId }) => variantId === id);
      const { places, ...sums } = itemOf(own, (pointId) => points.get(pointId)?.kind ?? null);
      const soldUnits = sold.get(id) ?? 0;
      return [
        {
          variant,
          ...sums,
          places: places.map((place) => ({
            ...place,
            name: points.get(place.channelPointId ?? '')?.name ?? null,
          })),
          soldUnits,
          coverDays: coverDays(sums.available, soldUnits),
          thresholds: thresholds.flatMap(({ variantId, channelPointId, units, lowSince }) =>
            variantId === id
              ? [
                  {
                    channelPointId: channelPointId || null,
                    placeName: points.get(channelPointId)?.name ?? null,
                    units,
                    lowSince,
                  },
                ]
              : [],
          ),
          presale: presales.get(id) ?? null,
        },
      ];
    });
  }

  private async pointsOf(rows: readonly Pick<PlacedStockRow, 'channelPointId'>[]) {
    const ids = rows.flatMap(({ channelPointId }) => channelPointId || []);
    const points = await this.points.byIds([...new Set(ids)]);
    return new Map<string, (typeof points)[number]>(points.map((point) => [point.id, point]));
  }

  private async roomOf(variantIds: readonly string[]): Promise<ReadonlyMap<string, PresaleRoom>> {
    const open = await this.presales.openOf(variantIds);
    const days = await this.presales.daysOf([...new Set([...open.values()].map(({ id }) => id))]);
    const today = businessDay(this.clock.now());
    return new Map(
      [...open].map(([variantId, terms]) => {
        const own = days.filter(({ presaleId }) => presaleId === terms.id);
        const room = {
          presaleId: terms.id,
          ordersCloseAt: terms.ordersCloseAt,
          capacityG: own.reduce((sum, { capacityG }) => sum + Number(capacityG), 0),
          promisedG: own.reduce((sum, day) => sum + Number(day.reservedG) + Number(day.shippedG), 0),
          heldG: own.reduce(
            (sum, { day, announcedG, capacityG }) => sum + (day > today ? announcedG - capacityG : 0),
            0,
          ),
          nextOn: terms.days[0]?.day ?? null,
        };
        return [variantId, room];
      }),
    );
  }
}
