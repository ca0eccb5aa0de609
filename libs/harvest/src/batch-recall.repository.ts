import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import type { Tx } from '#platform/database';
import { BatchRecall, type BatchRecallId } from './batch-recall.entity.js';

/** Rows of one INSERT: a statement has its limits, and a batch has been bought by thousands. */
const NOTICES_AT_ONCE = 500;

@Injectable()
export class BatchRecallRepository {
  /** Behind the lock of the batch, so that there is one at a time. */
  openOf(tx: Tx, batchId: string): Promise<BatchRecall | null> {
    return tx.manager.findOneBy(BatchRecall, { openBatchId: batchId as BatchRecall['batchId'] });
  }

  async insert(tx: Tx, recall: BatchRecall): Promise<void> {
    await tx.manager.insert(BatchRecall, recall);
  }

  /** What it is of; null outside of the divisions. */
  async batchOf(on: Pick<Tx, 'query'>, id: string, scope: readonly string[] | 'ALL'): Promise<string | null> {
    const { sql, values } = withinScope('county_code', scope);
    const [found] = await on.query<{ batchId: string }>(
      `SELECT batch_id AS batchId FROM batch_recall WHERE id = ? AND ${sql}`,
      [id, ...values],
    );
    return found?.batchId ?? null;
  }

  /** Behind the lock of its batch. */
  byId(tx: Tx, id: string): Promise<BatchRecall | null> {
    return tx.manager.findOneBy(BatchRecall, { id: id as BatchRecallId });
  }

  async save(tx: Tx, { id, ...changed }: Pick<BatchRecall, 'id'> & Partial<BatchRecall>): Promise<void> {
    await tx.manager.update(BatchRecall, { id }, changed);
  }

  async addNotices(tx: Tx, recallId: BatchRecallId, orderIds: readonly string[]): Promise<void> {
    for (let from = 0; from < orderIds.length; from += NOTICES_AT_ONCE)
      await tx.insert(
        'batch_recall_notice',
        orderIds.slice(from, from + NOTICES_AT_ONCE).map((orderId) => ({ recallId, orderId, toldAt: null })),
      );
  }

  async markTold(tx: Tx, recallId: string, orderId: string, at: Date): Promise<void> {
    await tx.write(
      'UPDATE batch_recall_notice SET told_at = ? WHERE recall_id = ? AND order_id = ? AND told_at IS NULL',
      [at, recallId, orderId],
    );
  }
}
