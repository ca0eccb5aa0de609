import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import type { StopCause } from './batch-stop.entity.js';
import { stockStopChanged } from './stock.events.js';

/**
 * Stops the sale of a batch and lets it go on. Where its goods lie and how many there are stays as it is: whoever counts a shelf counts them too. A stop is a row of
 * its own and no change of levels, so it holds for what comes in later as well, and no level of a crowd is touched.
 */
@Injectable()
export class BatchStopService {
  constructor(private readonly clock: Clock) {}

  /** Joins. Stopped already for this cause, nothing happens. */
  async stop(tx: Tx, batchId: string, cause: StopCause): Promise<void> {
    const at = this.clock.now();
    const made = await tx.write(
      'INSERT IGNORE INTO batch_stop (batch_id, cause, stopped_at) VALUES (?, ?, ?)',
      [batchId, cause, at],
    );
    if (made > 0) await this.tell(tx, batchId, at);
  }

  /** Joins. It is sold again unless there is another cause. */
  async letGo(tx: Tx, batchId: string, cause: StopCause): Promise<void> {
    const gone = await tx.write('DELETE FROM batch_stop WHERE batch_id = ? AND cause = ?', [batchId, cause]);
    if (gone > 0) await this.tell(tx, batchId, this.clock.now());
  }

  /** What is watched has become more or less. */
  private async tell(tx: Tx, batchId: string, at: Date): Promise<void> {
    const rows = await tx.query<{ variantId: string }>(
      'SELECT DISTINCT variant_id AS variantId FROM stock_level WHERE batch_id = ?',
      [batchId],
    );
    const variantIds = rows.map(({ variantId }) => variantId);
    if (variantIds.length > 0) await emit(tx, stockStopChanged(variantIds, at));
  }
}
