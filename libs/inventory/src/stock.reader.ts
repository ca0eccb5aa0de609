import { Injectable } from '@nestjs/common';
import { Clock, type IdOf, type Page, type PageRequest, businessDay, pageOf } from '#libs/kernel';
import { Database } from '#platform/database';
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
}

/** Columns in a page's sort key, for `pageRequest`. */
export const STOCK_KEY_PARTS = 1;

@Injectable()
export class StockReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** What can be bought for delivery now, by variant; a variant without stock is missing. */
  async availableOf(variantIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (variantIds.length === 0) return new Map();
    const rows = await this.database.query<{ variantId: string; available: string }>(
      `SELECT l.variant_id AS variantId, SUM(l.on_hand - l.reserved) AS available
       FROM stock_level l JOIN stock_location p ON p.id = l.location_id
       WHERE l.variant_id IN (?) AND p.kind = 'WAREHOUSE' AND l.best_before_on >= ? GROUP BY l.variant_id`,
      [variantIds, businessDay(this.clock.now())],
    );
    return new Map(rows.map((row) => [row.variantId, Number(row.available)]));
  }

  /** The same with until when what would be sent first is best; null for what does not perish. */
  async standingOf(variantIds: readonly string[]): Promise<ReadonlyMap<string, StockStanding>> {
    if (variantIds.length === 0) return new Map();
    const rows = await this.database.query<{ variantId: string; available: string; bestBeforeOn: string }>(
      `SELECT l.variant_id AS variantId, SUM(l.on_hand - l.reserved) AS available, MIN(l.best_before_on) AS bestBeforeOn
       FROM stock_level l JOIN stock_location p ON p.id = l.location_id
       WHERE l.variant_id IN (?) AND p.kind = 'WAREHOUSE' AND l.best_before_on >= ? AND l.on_hand > l.reserved
       GROUP BY l.variant_id`,
      [variantIds, businessDay(this.clock.now())],
    );
    return new Map(
      rows.map(({ variantId, available, bestBeforeOn }) => [
        variantId,
        {
          available: Number(available),
          bestBeforeOn: bestBeforeOn === NEVER_EXPIRES_ON ? null : bestBeforeOn,
        },
      ]),
    );
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
