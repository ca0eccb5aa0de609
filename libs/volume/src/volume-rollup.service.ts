import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import type { VolumeFactId } from './volume-fact.entity.js';
import { VolumeRollupRepository } from './volume-rollup.repository.js';

/** Keeps the sums of facts by day and by month. */
@Injectable()
export class VolumeRollupService {
  constructor(
    private readonly database: Database,
    private readonly rollups: VolumeRollupRepository,
  ) {}

  /**
   * Adds waiting facts, at most `limit`, to the rollups in one transaction; returns how many. Any number may run at once.
   * `tell` hears which, once they are counted for good.
   */
  async rollUp(
    limit: number,
    tell: (ids: readonly VolumeFactId[]) => void = () => undefined,
  ): Promise<number> {
    const counted = await this.database.transaction(async (tx) => {
      await this.rollups.passGate(tx);
      const ids = await this.rollups.takeWaiting(tx, limit);
      if (ids.length > 0) await this.rollups.add(tx, ids);
      return ids;
    });
    tell(counted);
    return counted.length;
  }

  /** Throws the rollups away and makes them again from the facts: the same to the fen. Rollers wait meanwhile, facts do not. */
  rebuild(): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.rollups.closeGate(tx);
      await this.rollups.addEverythingAgain(tx);
    });
  }
}
