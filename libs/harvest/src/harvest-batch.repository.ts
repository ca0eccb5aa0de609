import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { BatchTestReport } from './batch-test-report.entity.js';
import { HarvestBatch } from './harvest-batch.entity.js';

@Injectable()
export class HarvestBatchRepository {
  /** Throws on a unique key when this person has used the key before. */
  async insert(tx: Tx, batch: HarvestBatch): Promise<void> {
    await tx.manager.insert(HarvestBatch, batch);
  }

  /** Likewise. */
  async insertReport(tx: Tx, report: BatchTestReport): Promise<void> {
    await tx.manager.insert(BatchTestReport, report);
  }

  byKey(
    on: Pick<Tx, 'manager'>,
    registeredBy: HarvestBatch['registeredBy'],
    idempotencyKey: string,
  ): Promise<HarvestBatch | null> {
    return on.manager.findOneBy(HarvestBatch, { registeredBy, idempotencyKey });
  }

  reportByKey(
    tx: Tx,
    broughtBy: BatchTestReport['broughtBy'],
    idempotencyKey: string,
  ): Promise<BatchTestReport | null> {
    return tx.manager.findOneBy(BatchTestReport, { broughtBy, idempotencyKey });
  }

  /** Behind the lock of the batch itself. */
  byId(tx: Tx, batchId: string): Promise<HarvestBatch | null> {
    return tx.manager.findOneBy(HarvestBatch, { batchId: batchId as HarvestBatch['batchId'] });
  }

  /** Said once, when its presale is opened: read before anything is locked. */
  async presaleOf(tx: Tx, batchId: string): Promise<HarvestBatch['presaleId']> {
    const [row] = await tx.query<Pick<HarvestBatch, 'presaleId'>>(
      'SELECT presale_id AS presaleId FROM harvest_batch WHERE batch_id = ?',
      [batchId],
    );
    return row?.presaleId ?? null;
  }

  async save(
    tx: Tx,
    { batchId, ...changed }: Pick<HarvestBatch, 'batchId'> & Partial<HarvestBatch>,
  ): Promise<void> {
    await tx.manager.update(HarvestBatch, { batchId }, changed);
  }
}
