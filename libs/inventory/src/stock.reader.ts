import { Injectable } from '@nestjs/common';
import { Clock, type IdOf, type Page, type PageRequest, businessDay, pageOf } from '#libs/kernel';
import { notStopped } from './batch-stop.rules.js';
import { Database, Gathered } from '#platform/database';
import { NEVER_EXPIRES_ON, type StockLevelId } from './stock-level.entity.js';

export interface StockRow {
  readonly id: StockLevelId;
  readonly variantId: IdOf<'var'>;
  readonly batchId: IdOf<'bat'>;
  readonly merchantId: IdOf<'mer'>;
  /** 9999-12-31 for what does not perish. */
  readonly bestBeforeOn: string;
  readonly onHand: number;
  readonly reserved: number;
}

export interface StockStanding {
  readonly available: number;
  readonly bestBeforeOn: string | null;
  /** Sold by a presale or an offer of adoption that takes orders now, and not from what lies there. */
  readonly isSoldAhead: boolean;
}

interface Shown {
  readonly variantId: string;
  readonly available: string;
  readonly bestBeforeOn: string;
  readonly isPresold: number;
}

/** Variants that a presale takes orders for now, with its days after today that have room, if any. */
const PRESOLD = `FROM presale_variant v JOIN presale p ON p.id = v.presale_id
  LEFT JOIN presale_day d ON d.presale_id = p.id AND d.day > ? AND d.capacity_g > d.reserved_g + d.shipped_g
  WHERE v.open_variant_id IN (?) AND p.orders_open_at <= ? AND p.orders_close_at > ?`;
/** Variants that can be adopted now: portions of objects that nobody has adopted. */
const ADOPTED = `SELECT o.variant_id, COALESCE(SUM(b.portions), 0), ?, 2 FROM adoption_offer o
  LEFT JOIN adoption_object b ON b.offer_id = o.id AND b.state = 'STANDING' AND b.reserved = 0 AND b.shipped = 0
  WHERE o.open_variant_id IN (?) AND o.orders_open_at <= ? AND o.orders_close_at > ? GROUP BY o.variant_id`;
/** As many units as one of those days has room for: what is ordered together leaves together. */
const ON_A_DAY = 'COALESCE(MAX((d.capacity_g - d.reserved_g - d.shipped_g) DIV v.net_weight_g), 0)';

/** Columns in a page's sort key, for `pageRequest`. */
export const STOCK_KEY_PARTS = 1;

@Injectable()
export class StockReader {
  private readonly shown = new Gathered(
    this.database,
    (variantIds) => this.show(variantIds),
    ({ variantId }) => variantId,
  );

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * What can be bought for delivery now, by variant; a variant without stock is missing. While a presale takes orders for a variant, it is what one day of
   * the harvest has room for; while an offer of adoption does, the portions of objects that are free.
   */
  async availableOf(variantIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const standing = await this.standingOf(variantIds);
    return new Map([...standing].map(([variantId, { available }]) => [variantId, available]));
  }

  /** With these, the variants that are promised out of the same days of a harvest: what one takes the others lack. */
  async withSharers(variantIds: readonly string[]): Promise<string[]> {
    if (variantIds.length === 0) return [];
    const rows = await this.database.query<{ variantId: string }>(
      `SELECT DISTINCT other.variant_id AS variantId FROM presale_variant v
       JOIN presale_variant other ON other.presale_id = v.presale_id
       WHERE v.open_variant_id IN (?) AND other.open_variant_id IS NOT NULL`,
      [variantIds],
    );
    return [...new Set([...variantIds, ...rows.map(({ variantId }) => variantId)])];
  }

  /** The same with until when what would be sent first is best; null for what does not perish, and what is not harvested yet. One statement. */
  async standingOf(variantIds: readonly string[]): Promise<ReadonlyMap<string, StockStanding>> {
    const rows = await this.shown.of(variantIds);
    const standings = new Map<string, StockStanding>();
    // What is presold stands in the place of stock, and what can be adopted in the place of both.
    for (const row of rows.toSorted((a, b) => a.isPresold - b.isPresold)) {
      const { variantId, available, bestBeforeOn } = row;
      const isLasting = bestBeforeOn === NEVER_EXPIRES_ON;
      standings.set(variantId, {
        available: Number(available),
        bestBeforeOn: isLasting ? null : bestBeforeOn,
        isSoldAhead: Number(row.isPresold) > 0,
      });
    }
    return standings;
  }

  private show(variantIds: readonly string[]): Promise<Shown[]> {
    const now = this.clock.now();
    const today = businessDay(now);
    return this.database.query<Shown>(
      `SELECT l.variant_id AS variantId, SUM(l.on_hand - l.reserved) AS available, MIN(l.best_before_on) AS bestBeforeOn,
         0 AS isPresold
       FROM stock_level l JOIN stock_location p ON p.id = l.location_id
       WHERE l.variant_id IN (?) AND p.kind = 'WAREHOUSE' AND l.best_before_on >= ? AND l.on_hand > l.reserved
         AND ${notStopped('l.batch_id')}
       GROUP BY l.variant_id
       UNION ALL
       SELECT v.variant_id, ${ON_A_DAY}, ?, 1 ${PRESOLD} GROUP BY v.variant_id, v.net_weight_g
       UNION ALL ${ADOPTED}`,
      [
        variantIds,
        today,
        NEVER_EXPIRES_ON,
        today,
        variantIds,
        now,
        now,
        NEVER_EXPIRES_ON,
        variantIds,
        now,
        now,
      ],
    );
  }

  /**
   * What lies at a place of sale, in the order in which levels were opened, of variants that are `isOwn`: several merchants' goods stand there, so a page may be short, and goes on.
   */
  async pageAtPoint(
    channelPointId: string,
    { first, after }: PageRequest,
    ownOf: (variantIds: readonly string[]) => Promise<ReadonlySet<string>>,
  ): Promise<Page<Omit<StockRow, 'merchantId'>>> {
    const rows = await this.database.query<Omit<StockRow, 'merchantId'>>(
      `SELECT l.id, l.variant_id AS variantId, l.batch_id AS batchId, l.best_before_on AS bestBeforeOn, l.on_hand AS onHand, l.reserved
       FROM stock_level l JOIN stock_location p ON p.id = l.location_id
       WHERE p.channel_point_id = ? AND l.id > ? ORDER BY l.id LIMIT ?`,
      [channelPointId, after?.[0] ?? '', first + 1],
    );
    const { nodes, pageInfo } = pageOf(rows, first, (row) => [row.id]);
    const own = await ownOf([...new Set(nodes.map(({ variantId }) => variantId))]);
    return { nodes: nodes.filter(({ variantId }) => own.has(variantId)), pageInfo };
  }

  /** How many units of these lie in places of sale, cabinets and vans; what is sold and not fetched yet included. */
  async placedUnitsOf(variantIds: readonly string[]): Promise<number> {
    if (variantIds.length === 0) return 0;
    const [row] = await this.database.query<{ units: string }>(
      `SELECT COALESCE(SUM(l.on_hand), 0) AS units FROM stock_level l JOIN stock_location p ON p.id = l.location_id
       WHERE l.variant_id IN (?) AND p.kind <> 'WAREHOUSE'`,
      [variantIds],
    );
    return Number(row?.units ?? 0);
  }

  /** The warehouse levels of these merchants, in the order in which they were opened. */
  async pageForMerchants(
    merchantIds: readonly string[],
    { first, after }: PageRequest,
  ): Promise<Page<StockRow>> {
    if (merchantIds.length === 0) return pageOf<StockRow>([], first, () => []);
    const rows = await this.database.query<StockRow>(
      `SELECT l.id, l.variant_id AS variantId, l.batch_id AS batchId, p.merchant_id AS merchantId,
         l.best_before_on AS bestBeforeOn, l.on_hand AS onHand, l.reserved
       FROM stock_level l JOIN stock_location p ON p.id = l.location_id
       WHERE p.merchant_id IN (?) AND l.id > ? ORDER BY l.id LIMIT ?`,
      [merchantIds, after?.[0] ?? '', first + 1],
    );
    return pageOf(rows, first, (row) => [row.id]);
  }
}
