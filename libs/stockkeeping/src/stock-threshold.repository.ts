import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '#platform/database';
import { StockThreshold } from './stock-threshold.entity.js';

/** As plain values. */
export type StockThresholdRow = { readonly [Key in keyof StockThreshold]: StockThreshold[Key] };

const SELECT = `SELECT variant_id AS variantId, channel_point_id AS channelPointId, merchant_id AS merchantId, units,
  set_by AS setBy, set_at AS setAt, low_since AS lowSince FROM stock_threshold`;

@Injectable()
export class StockThresholdRepository {
  constructor(private readonly database: Database) {}

  /** The same number again changes nothing; with another one it is judged anew. */
  async set(tx: Tx, row: StockThresholdRow): Promise<void> {
    await tx.write(
      `INSERT INTO stock_threshold (variant_id, channel_point_id, merchant_id, units, set_by, set_at, low_since) VALUES (?, ?, ?, ?, ?, ?, NULL)
       ON DUPLICATE KEY UPDATE low_since = IF(units = VALUES(units), low_since, NULL), set_by = VALUES(set_by), set_at = VALUES(set_at),
         units = VALUES(units)`,
      [row.variantId, row.channelPointId, row.merchantId, row.units, row.setBy, row.setAt],
    );
  }

  async unset(tx: Tx, variantId: string, channelPointId: string): Promise<void> {
    await tx.manager.delete(StockThreshold, { variantId, channelPointId });
  }

  /** All of them, a page at a time, unlocked. */
  pageAfter(after: Pick<StockThresholdRow, 'variantId' | 'channelPointId'> | null, limit: number) {
    const { variantId = '', channelPointId = '' } = after ?? {};
    return this.database.query<StockThresholdRow>(
      `${SELECT} WHERE variant_id > ? OR (variant_id = ? AND channel_point_id > ?) ORDER BY variant_id, channel_point_id LIMIT ?`,
      [variantId, variantId, channelPointId, limit],
    );
  }

  /** False where somebody was faster, or has set another number meanwhile: then they judge it. */
  async markLow(tx: Tx, { variantId, channelPointId, units }: StockThresholdRow, at: Date): Promise<boolean> {
    const matched = await tx.write(
      `UPDATE stock_threshold SET low_since = ? WHERE variant_id = ? AND channel_point_id = ? AND units = ? AND low_since IS NULL`,
      [at, variantId, channelPointId, units],
    );
    return matched === 1;
  }

  async markEnough(tx: Tx, { variantId, channelPointId, units }: StockThresholdRow): Promise<void> {
    await tx.write(
      'UPDATE stock_threshold SET low_since = NULL WHERE variant_id = ? AND channel_point_id = ? AND units = ?',
      [variantId, channelPointId, units],
    );
  }
}
