import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { SealStream } from './seal.entity.js';
import { SealRepository } from './seal.repository.js';

/** Some 100 kB of SQL. */
const ROWS_PER_INSERT_MAX = 2_000;

/** Where records ask for their seal. */
@Injectable()
export class SealQueueService {
  constructor(private readonly seals: SealRepository) {}

  /** In the transaction that writes these records, so that none exists without asking. */
  async add(tx: Tx, stream: SealStream, ids: readonly string[]): Promise<void> {
    for (let start = 0; start < ids.length; start += ROWS_PER_INSERT_MAX) {
      await this.seals.enqueue(tx, stream, ids.slice(start, start + ROWS_PER_INSERT_MAX));
    }
  }
}
