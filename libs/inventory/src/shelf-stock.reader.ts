import { Injectable } from '@nestjs/common';
import { Clock, businessDay } from '#libs/kernel';
import { Database } from '#platform/database';
import { notStopped } from './batch-stop.rules.js';

/** Of a level; a place whose goods are all stopped still has a shelf. */
const SOLD = `CASE WHEN ${notStopped('l.batch_id')} THEN l.on_hand - l.reserved ELSE 0 END`;

/** What lies on the shelves of places of sale, right now; what has passed its day does not count. */
@Injectable()
export class ShelfStockReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Units by place; a place without a shelf of ours is missing. */
  async ofPoints(pointIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (pointIds.length === 0) return new Map();
    const rows = await this.database.query<{ pointId: string; units: string }>(
      `SELECT p.channel_point_id AS pointId, COALESCE(SUM(${SOLD}), 0) AS units
       FROM stock_location p LEFT JOIN stock_level l ON l.location_id = p.id AND l.best_before_on >= ?
       WHERE p.channel_point_id IN (?) GROUP BY p.channel_point_id`,
      [businessDay(this.clock.now()), pointIds],
    );
    return new Map(rows.map(({ pointId, units }) => [pointId, Number(units)]));
  }

  /** What lies on one place's shelves of each of these variants; null where it has no shelf of ours. */
  async byVariant(
    pointId: string,
    variantIds: readonly string[],
  ): Promise<ReadonlyMap<string, number> | null> {
    if (variantIds.length === 0) return new Map();
    const rows = await this.database.query<{ variantId: string | null; units: string | null }>(
      `SELECT l.variant_id AS variantId, SUM(${SOLD}) AS units
       FROM stock_location p LEFT JOIN stock_level l ON l.location_id = p.id AND l.variant_id IN (?) AND l.best_before_on >= ?
       WHERE p.channel_point_id = ? GROUP BY l.variant_id`,
      [variantIds, businessDay(this.clock.now()), pointId],
    );
    if (rows.length === 0) return null;
    return new Map(
      rows.flatMap(({ variantId, units }): [string, number][] =>
        variantId === null ? [] : [[variantId, Number(units)]],
      ),
    );
  }

  /** The same of some variants only. */
  async ofVariants(
    pointIds: readonly string[],
    variantIds: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    if (pointIds.length === 0 || variantIds.length === 0) return new Map();
    const rows = await this.database.query<{ pointId: string; units: string }>(
      `SELECT p.channel_point_id AS pointId, SUM(l.on_hand - l.reserved) AS units
       FROM stock_location p JOIN stock_level l ON l.location_id = p.id
       WHERE p.channel_point_id IN (?) AND l.variant_id IN (?) AND l.best_before_on >= ? AND ${notStopped('l.batch_id')} GROUP BY p.channel_point_id`,
      [pointIds, variantIds, businessDay(this.clock.now())],
    );
    return new Map(rows.map(({ pointId, units }) => [pointId, Number(units)]));
  }
}
