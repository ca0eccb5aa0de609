import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { BatchRecall, RecallState } from './batch-recall.entity.js';
import type { HarvestScope } from './harvest-batch.reader.js';

/** Columns in a page's sort key, for `pageRequest`. */
export const BATCH_RECALL_KEY_PARTS = 1;

export interface BatchRecallRow extends Omit<
  BatchRecall,
  'openBatchId' | 'askedBy' | 'startedBy' | 'endedBy'
> {
  /** Orders that hold some of it, and how many of their buyers were told. */
  readonly orderCount: number;
  readonly toldCount: number;
}

type Raw = Omit<BatchRecallRow, 'orderCount' | 'toldCount'> & Record<'orderCount' | 'toldCount', string>;

const SELECT = `SELECT r.id, r.batch_id AS batchId, r.merchant_id AS merchantId, r.county_code AS countyCode, r.by_kind AS byKind, r.state, r.advice,
  r.reason, r.asked_at AS askedAt, r.started_at AS startedAt, r.ended_at AS endedAt, r.end_reason AS endReason,
  (SELECT COUNT(*) FROM batch_recall_notice n WHERE n.recall_id = r.id) AS orderCount,
  (SELECT COUNT(*) FROM batch_recall_notice n WHERE n.recall_id = r.id AND n.told_at IS NOT NULL) AS toldCount
  FROM batch_recall r`;

const rowOf = (row: Raw): BatchRecallRow => ({
  ...row,
  orderCount: Number(row.orderCount),
  toldCount: Number(row.toldCount),
});

@Injectable()
export class BatchRecallReader {
  constructor(private readonly database: Database) {}

  /** The latest first. */
  async page(
    scope: HarvestScope,
    states: readonly RecallState[] | null,
    { first, after }: PageRequest,
  ): Promise<Page<BatchRecallRow>> {
    const within =
      'divisions' in scope
        ? withinScope('r.county_code', scope.divisions)
        : { sql: 'r.merchant_id IN (?)', values: [['', ...scope.merchantIds]] };
    const where = [within.sql];
    const values: SqlValue[] = [...within.values];
    if (states !== null) {
      where.push('r.state IN (?)');
      values.push(['', ...states]);
    }
    if (after) {
      where.push('r.id < ?');
      values.push(after[0] ?? '');
    }
    const rows = await this.database.query<Raw>(
      `${SELECT} WHERE ${where.join(' AND ')} ORDER BY r.id DESC LIMIT ?`,
      [...values, first + 1],
    );
    return pageOf(rows.map(rowOf), first, ({ id }) => [id]);
  }

  /** By its id, for whoever has asked for it or carries its word. */
  async byId(id: string): Promise<BatchRecallRow | null> {
    const [row] = await this.database.query<Raw>(`${SELECT} WHERE r.id = ?`, [id]);
    return row ? rowOf(row) : null;
  }

  /** The last one of each, whatever has become of it; one that never was recalled is missing. */
  async lastOf(batchIds: readonly string[]): Promise<BatchRecallRow[]> {
    if (batchIds.length === 0) return [];
    const rows = await this.database.query<Raw>(
      `${SELECT} JOIN (SELECT MAX(id) AS id FROM batch_recall WHERE batch_id IN (?) GROUP BY batch_id) last ON last.id = r.id`,
      [batchIds],
    );
    return rows.map(rowOf);
  }

  /** True once the buyer of this order was told. */
  async isTold(recallId: string, orderId: string): Promise<boolean> {
    const [row] = await this.database.query<{ toldAt: Date | null }>(
      'SELECT told_at AS toldAt FROM batch_recall_notice WHERE recall_id = ? AND order_id = ?',
      [recallId, orderId],
    );
    return row === undefined || row.toldAt !== null;
  }
}
