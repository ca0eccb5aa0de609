import { Injectable } from '@nestjs/common';
import { Clock, newId } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { BatchRow } from './batch.reader.js';
import { BatchRepository } from './batch.repository.js';
import type { BatchId } from './product-batch.entity.js';

/** Batches that do not come with the house. */
@Injectable()
export class BatchService {
  constructor(
    private readonly batches: BatchRepository,
    private readonly clock: Clock,
  ) {}

  /** Joins: a harvest to come that will grow where an earlier one grew, for the same linkage agreement. It is harvested from that day on. */
  async announce(
    tx: Tx,
    like: Pick<BatchRow, 'productId' | 'originCountyCode' | 'originVillageCode' | 'linkageAgreementId'>,
    harvestedOn: string,
  ): Promise<BatchId> {
    const { productId, originCountyCode, originVillageCode, linkageAgreementId } = like;
    const id = newId('bat');
    await this.batches.insert(tx, {
      id,
      productId,
      traceCode: id.replace('bat_', 'H'),
      originCountyCode,
      originVillageCode,
      linkageAgreementId,
      harvestedOn,
      // What is sent on the day it is picked has no day in a warehouse.
      bestBeforeOn: null,
      createdAt: this.clock.now(),
    });
    return id;
  }
}
