import { Injectable } from '@nestjs/common';
import { Clock, type Page, type PageRequest, businessDay, listsBy, pageOf } from '#libs/kernel';
import { notStopped } from './batch-stop.rules.js';
import { Database, type SqlValue, type Tx } from '#platform/database';
import type { StockLocationId, StockLocationKind } from './stock-location.entity.js';
import type { MovementKind } from './stock-movement.entity.js';

/** One place where goods of a merchant lie: its warehouse, or its share of what stands at a place of sale. */
export interface StockSpot {
  readonly merchantId: string;
  /** Null of the warehouse. */
  readonly channelPointId: string | null;
}

/** What lies of one variant in one place; the slots of a cabinet are one place. */
export interface PlacedStockRow {
  readonly variantId: string;
  readonly kind: StockLocationKind;
  readonly locationId: StockLocationId;
  readonly channelPointId: string | null;
  /** Of what is held: for which transfer or write-off. */
  readonly heldFor: string | null;
  readonly onHand: number;
  readonly reserved: number;
  /** Of what has not passed its day, what nobody is promised. */
  readonly free: number;
}

/** One change of what lies in a place of one variant. */
export interface StockMovementRow {
  readonly id: string;
  readonly kind: MovementKind;
  readonly batchId: string;
  /** Signed. */
  readonly quantity: number;
  readonly causeKey: string;
  readonly movedAt: Date;
  readonly movedBy: string | null;
}

/** A batch, and when somebody looked at it. */
export interface SeenBatch {
  readonly variantId: string;
  readonly batchId: string;
  readonly seenAt: Date;
}

/** Columns in a page's sort key, for `pageRequest`: the instant, then the id. */
export const STOCK_MOVEMENT_KEY_PARTS = 2;

/** Batches of one variant in one place whose movements are looked at, the latest first: years of harvests. */
const LEVELS_MAX = 100;
const NO_INSTANT = '9999-12-31T00:00:00.000Z';

/** The place as a merchant sees it. `p` is the location. */
function at({ merchantId, channelPointId }: StockSpot): {
  readonly sql: string;
  readonly values: SqlValue[];
} {
  return channelPointId === null
    ? { sql: "p.merchant_id = ? AND p.kind = 'WAREHOUSE'", values: [merchantId] }
    : { sql: 'p.channel_point_id = ?', values: [channelPointId] };
}

@Injectable()
export class StockPlaceReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Of variants that were found within a scope, wherever they lie; where nothing lies is not there. One statement. */
  async ofVariants(
    variantIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<PlacedStockRow[]> {
    if (variantIds.length === 0) return [];
    const rows = await on.query<
      Omit<PlacedStockRow, 'onHand' | 'reserved' | 'free'> & Record<'onHand' | 'reserved' | 'free', string>
    >(
      `SELECT l.variant_id AS variantId, p.kind, MIN(p.id) AS locationId, p.channel_point_id AS channelPointId, p.held_for AS heldFor,
         SUM(l.on_hand) AS onHand, SUM(l.reserved) AS reserved,
         SUM(CASE WHEN l.best_before_on >= ? AND ${notStopped('l.batch_id')} THEN l.on_hand - l.reserved ELSE 0 END) AS free
       FROM stock_level l JOIN stock_location p ON p.id = l.location_id
       WHERE l.variant_id IN (?) AND l.on_hand > 0
       GROUP BY l.variant_id, p.kind, p.channel_point_id, p.held_for, CASE WHEN p.kind = 'VAN' THEN p.id ELSE '' END`,
      [businessDay(this.clock.now()), variantIds],
    );
    return rows.map((row) => ({
      ...row,
      onHand: Number(row.onHand),
      reserved: Number(row.reserved),
      free: Number(row.free),
    }));
  }

  /** Units of each that have left warehouses for buyers since then. */
  async shippedSince(variantIds: readonly string[], since: Date): Promise<ReadonlyMap<string, number>> {
    if (variantIds.length === 0) return new Map();
    const rows = await this.database.query<{ variantId: string; units: string }>(
      `SELECT l.variant_id AS variantId, -SUM(m.quantity) AS units FROM stock_level l JOIN stock_location p ON p.id = l.location_id
         JOIN stock_movement m ON m.stock_level_id = l.id
       WHERE l.variant_id IN (?) AND p.kind = 'WAREHOUSE' AND m.kind = 'SHIPPED' AND m.moved_at >= ? GROUP BY l.variant_id`,
      [variantIds, since],
    );
    return new Map(rows.map(({ variantId, units }) => [variantId, Number(units)]));
  }

  /** The book of each batch as it is now, and what has moved since it was seen; in their order, unlocked. Two statements. */
  async standing(
    goods: readonly (StockSpot & SeenBatch)[],
  ): Promise<{ readonly onHand: number; readonly since: number }[]> {
    if (goods.length === 0) return [];
    const levels = await this.database.query<
      StockSpot & Omit<SeenBatch, 'seenAt'> & { readonly id: string; readonly onHand: number }
    >(
      `SELECT l.id, l.variant_id AS variantId, l.batch_id AS batchId, l.on_hand AS onHand, p.merchant_id AS merchantId, p.channel_point_id AS channelPointId
       FROM stock_level l JOIN stock_location p ON p.id = l.location_id
       WHERE l.variant_id IN (?) AND (p.kind = 'WAREHOUSE' OR (p.kind = 'SHELF' AND p.slot_code = ''))`,
      [[...new Set(goods.map(({ variantId }) => variantId))]],
    );
    const first = Math.min(...goods.map(({ seenAt }) => seenAt.getTime()));
    const moves =
      levels.length === 0
        ? []
        : await this.database.query<{ levelId: string; quantity: number; movedAt: Date }>(
            `SELECT stock_level_id AS levelId, quantity, moved_at AS movedAt FROM stock_movement
             WHERE stock_level_id IN (?) AND moved_at > ?`,
            [levels.map(({ id }) => id), new Date(first)],
          );
    const levelsOf = listsBy(levels, ({ variantId, batchId }) => `${variantId}/${batchId}`);
    const movesOf = listsBy(moves, ({ levelId }) => levelId);
    return goods.map(({ merchantId, channelPointId, variantId, batchId, seenAt }) => {
      const level = levelsOf
        .get(`${variantId}/${batchId}`)
        ?.find((each) =>
          channelPointId === null ? each.merchantId === merchantId : each.channelPointId === channelPointId,
        );
      const since = (movesOf.get(level?.id ?? '') ?? [])
        .filter(({ movedAt }) => movedAt > seenAt)
        .reduce((sum, { quantity }) => sum + quantity, 0);
      return { onHand: level?.onHand ?? 0, since };
    });
  }

  /** What has moved of a variant in a place, the latest first. The variant was found within a scope. Two statements. */
  async movements(
    variantId: string,
    spot: StockSpot,
    { first, after }: PageRequest,
  ): Promise<Page<StockMovementRow>> {
    const place = at(spot);
    const levels = await this.database.query<{ id: string }>(
      `SELECT l.id FROM stock_level l JOIN stock_location p ON p.id = l.location_id
       WHERE l.variant_id = ? AND ${place.sql} ORDER BY l.id DESC LIMIT ?`,
      [variantId, ...place.values, LEVELS_MAX],
    );
    const keyOf = ({ movedAt, id }: StockMovementRow) => [movedAt.toISOString(), id];
    if (levels.length === 0) return pageOf<StockMovementRow>([], first, keyOf);
    const [beforeAt = NO_INSTANT, beforeId = ''] = after ?? [];
    const instant = new Date(beforeAt);
    // A cursor that nobody has given out: nothing lies behind it.
    if (Number.isNaN(instant.getTime())) return pageOf<StockMovementRow>([], first, keyOf);
    // Of each batch by its index, and no more than a page of them.
    const each = `(SELECT m.id, m.kind, l.batch_id AS batchId, m.quantity, m.cause_key AS causeKey, m.moved_at AS movedAt, m.moved_by AS movedBy
      FROM stock_movement m JOIN stock_level l ON l.id = m.stock_level_id
      WHERE m.stock_level_id = ? AND m.moved_at <= ? AND (m.moved_at < ? OR m.id < ?) ORDER BY m.moved_at DESC, m.id DESC LIMIT ?)`;
    const rows = await this.database.query<StockMovementRow>(
      `${levels.map(() => each).join(' UNION ALL ')} ORDER BY movedAt DESC, id DESC LIMIT ?`,
      [...levels.flatMap(({ id }) => [id, instant, instant, beforeId, first + 1]), first + 1],
    );
    return pageOf(rows, first, keyOf);
  }
}
