import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '#platform/database';
import type { StopCause } from './batch-stop.entity.js';
import { NEVER_EXPIRES_ON } from './stock-level.entity.js';

/** In grams, whatever it was packed as. */
export interface BatchStockRow {
  readonly batchId: string;
  readonly receivedG: number;
  readonly onHandG: number;
}

export interface FreeStockRow {
  readonly productId: string;
  /** Null for what does not perish. */
  readonly bestBeforeOn: string | null;
  readonly weightG: number;
}

/** Some days of each of a merchant's products. */
const FREE_ROWS_MAX = 10_000;

export interface BatchStopRow {
  readonly batchId: string;
  readonly cause: StopCause;
}

/** Of batches: what has come in, what still lies anywhere, and whether it is sold. */
@Injectable()
export class BatchStockReader {
  constructor(private readonly database: Database) {}

  /** One that nothing has come in of is missing. */
  async of(batchIds: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<BatchStockRow[]> {
    if (batchIds.length === 0) return [];
    const rows = await on.query<{ batchId: string; receivedG: string; onHandG: string }>(
      `SELECT l.batch_id AS batchId, SUM(l.on_hand * v.net_weight_g) AS onHandG,
         SUM(v.net_weight_g * COALESCE((SELECT SUM(m.quantity) FROM stock_movement m
           WHERE m.stock_level_id = l.id AND m.kind = 'RECEIVED'), 0)) AS receivedG
       FROM stock_level l JOIN product_variant v ON v.id = l.variant_id WHERE l.batch_id IN (?) GROUP BY l.batch_id`,
      [batchIds],
    );
    return rows.map(({ batchId, receivedG, onHandG }) => ({
      batchId,
      receivedG: Number(receivedG),
      onHandG: Number(onHandG),
    }));
  }

  /** What lies anywhere of products and is promised to nobody, by the day until which it is good. What is stopped is left out: it is sold to nobody. */
  async freeOf(productIds: readonly string[]): Promise<FreeStockRow[]> {
    if (productIds.length === 0) return [];
    const rows = await this.database.query<{ productId: string; bestBeforeOn: string; weightG: string }>(
      `SELECT v.product_id AS productId, l.best_before_on AS bestBeforeOn, SUM((l.on_hand - l.reserved) * v.net_weight_g) AS weightG
       FROM product_variant v JOIN stock_level l ON l.variant_id = v.id
       WHERE v.product_id IN (?) AND l.on_hand > l.reserved AND NOT EXISTS (SELECT 1 FROM batch_stop s WHERE s.batch_id = l.batch_id)
       GROUP BY v.product_id, l.best_before_on ORDER BY v.product_id, l.best_before_on LIMIT ?`,
      [productIds, FREE_ROWS_MAX],
    );
    return rows.map(({ productId, bestBeforeOn, weightG }) => ({
      productId,
      bestBeforeOn: bestBeforeOn === NEVER_EXPIRES_ON ? null : bestBeforeOn,
      weightG: Number(weightG),
    }));
  }

  /** Why they are not sold; those that are sold are missing. */
  async stopsOf(batchIds: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<BatchStopRow[]> {
    if (batchIds.length === 0) return [];
    return on.query<BatchStopRow>(
      'SELECT batch_id AS batchId, cause FROM batch_stop WHERE batch_id IN (?) ORDER BY batch_id, cause',
      [batchIds],
    );
  }

  /** Orders that were sent some of it in the place of something else: no line of theirs names it. */
  async replacedOrdersOf(tx: Tx, batchId: string): Promise<string[]> {
    const rows = await tx.query<{ orderId: string }>(
      `SELECT DISTINCT r.order_id AS orderId FROM stock_level l
       JOIN stock_reservation r ON r.stock_level_id = l.id AND r.state <> 'RELEASED'
       LEFT JOIN order_line line ON line.id = r.order_line_id WHERE l.batch_id = ? AND line.id IS NULL`,
      [batchId],
    );
    return rows.map(({ orderId }) => orderId);
  }
}
