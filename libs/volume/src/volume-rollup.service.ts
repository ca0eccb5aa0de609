import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '#platform/database';
import type { VolumeFactId } from './volume-fact.entity.js';
import { VolumeRollupRepository } from './volume-rollup.repository.js';
import { ROLLUPS } from './volume-rollup.rules.js';

/** Whether a rollup was, row by row, what its facts make. */
export interface RollupVerdict {
  readonly table: string;
  readonly isEqual: boolean;
}

class TakeBack extends Error {
  constructor(readonly verdicts: RollupVerdict[]) {
    super('taken back');
  }
}

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

  /**
   * Throws the rollups away and makes them again from the facts: the same to the fen. Rollers wait meanwhile, facts do not. Says which
   * of them were something else before.
   */
  rebuild(): Promise<RollupVerdict[]> {
    return this.database.transaction((tx) => this.makeAgain(tx));
  }

  /** The same question without an effect: makes them again, compares, and takes everything back. */
  async verify(): Promise<RollupVerdict[]> {
    try {
      return await this.database.transaction(async (tx) => {
        throw new TakeBack(await this.makeAgain(tx));
      });
    } catch (error) {
      if (error instanceof TakeBack) return error.verdicts; // Thrown to roll back; what it carries is the answer.
      throw error;
    }
  }

  private async makeAgain(tx: Tx): Promise<RollupVerdict[]> {
    await this.rollups.closeGate(tx);
    const before = new Map<string, string>();
    for (const rollup of ROLLUPS) before.set(rollup.table, await this.rollups.fingerprint(tx, rollup));
    await this.rollups.addEverythingAgain(tx);
    const verdicts: RollupVerdict[] = [];
    for (const rollup of ROLLUPS) {
      const { table } = rollup;
      verdicts.push({ table, isEqual: before.get(table) === (await this.rollups.fingerprint(tx, rollup)) });
    }
    return verdicts;
  }
}
