import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, newId } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { BatchRow } from './batch.reader.js';
import { BatchRepository } from './batch.repository.js';
import type { BatchId } from './product-batch.entity.js';
import { newTraceCode } from './trace-code.rules.js';

/** What is said of a batch once and for all. */
export type BatchFacts = Omit<BatchRow, 'id' | 'traceCode'>;

/** Batches that do not come with the house. */
@Injectable()
export class BatchService {
  constructor(
    private readonly batches: BatchRepository,
    private readonly clock: Clock,
  ) {}

  /** Joins: a harvest to come that will grow where an earlier one grew, for the same linkage agreement. It is harvested from that day on. */
  announce(
    tx: Tx,
    like: Pick<BatchRow, 'productId' | 'originCountyCode' | 'originVillageCode' | 'linkageAgreementId'>,
    harvestedOn: string,
  ): Promise<BatchId> {
    const { productId, originCountyCode, originVillageCode, linkageAgreementId } = like;
    const origin = { productId, originCountyCode, originVillageCode, linkageAgreementId };
    // What is sent on the day it is picked has no day in a warehouse.
    return this.write(tx, { ...origin, harvestedOn, bestBeforeOn: null }, null);
  }

  /** Joins: a harvest of which no more than this comes into warehouses. */
  register(tx: Tx, facts: BatchFacts, receivableG: bigint): Promise<BatchId> {
    return this.write(tx, facts, receivableG);
  }

  /** Joins, and holds the batch: how much may be received of it; null where nobody has said. */
  lockReceivable(tx: Tx, id: string): Promise<bigint | null> {
    return this.batches.lockReceivable(tx, id);
  }

  /** Joins, behind that lock. */
  setReceivable(tx: Tx, id: string, receivableG: bigint): Promise<void> {
    return this.batches.setReceivable(tx, id, receivableG);
  }

  private async write(tx: Tx, facts: BatchFacts, receivableG: bigint | null): Promise<BatchId> {
    const id = newId('bat');
    const code = { id, traceCode: newTraceCode((below) => randomInt(below)) };
    await this.batches.insert(tx, { ...facts, ...code, receivableG, createdAt: this.clock.now() });
    return id;
  }
}
