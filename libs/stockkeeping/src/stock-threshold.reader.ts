import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database } from '#platform/database';
import type { StockThresholdRow } from './stock-threshold.repository.js';

export type StockThresholdView = Omit<StockThresholdRow, 'setBy' | 'setAt'>;

/** Columns in a page's sort key, for `pageRequest`: the variant, then the place. */
export const STOCK_THRESHOLD_KEY_PARTS = 2;

const SELECT = `SELECT variant_id AS variantId, channel_point_id AS channelPointId, merchant_id AS merchantId, units,
  low_since AS lowSince FROM stock_threshold`;

@Injectable()
export class StockThresholdReader {
  constructor(private readonly database: Database) {}

  /** Of variants that were found within a scope, in any order. */
  async ofVariants(variantIds: readonly string[]): Promise<StockThresholdView[]> {
    if (variantIds.length === 0) return [];
    return this.database.query<StockThresholdView>(`${SELECT} WHERE variant_id IN (?)`, [variantIds]);
  }

  /** What owners have been told of and has not come in since. */
  async lowOf(merchantId: string, { first, after }: PageRequest): Promise<Page<StockThresholdView>> {
    const [variantId = '', channelPointId = ''] = after ?? [];
    const rows = await this.database.query<StockThresholdView>(
      `${SELECT} WHERE merchant_id = ? AND low_since IS NOT NULL AND (variant_id > ? OR (variant_id = ? AND channel_point_id > ?))
       ORDER BY variant_id, channel_point_id LIMIT ?`,
      [merchantId, variantId, variantId, channelPointId, first + 1],
    );
    return pageOf(rows, first, (row) => [row.variantId, row.channelPointId]);
  }
}
