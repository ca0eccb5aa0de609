import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '#platform/database';
import type { StopCause } from './batch-stop.entity.js';

/** In grams, whatever it was packed as. */
export interface BatchStockRow {
  readonly batchId: string;
  readonly receivedG: number;
  readonly onHandG: number;
}

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
