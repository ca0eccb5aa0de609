import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { HarvestCapacity } from './harvest-capacity.entity.js';

/** The village, kind and day that a batch begins with. */
export interface HarvestPlace {
  readonly villageCode: string;
  readonly kindCode: string | null;
  readonly harvestedFrom: string;
}

@Injectable()
export class HarvestCapacityRepository {
  /** Of the season that the day lies in, by which batches of one village take turns; null where none is registered. */
  async lockOf(
    tx: Tx,
    { villageCode, kindCode, harvestedFrom }: HarvestPlace,
  ): Promise<Pick<HarvestCapacity, 'seasonFrom' | 'seasonTo' | 'capacityG'> | null> {
    if (kindCode === null) return null;
    const [row] = await tx.query<{ seasonFrom: string; seasonTo: string; capacityG: string }>(
      `SELECT season_from AS seasonFrom, season_to AS seasonTo, capacity_g AS capacityG FROM harvest_capacity
       WHERE village_code = ? AND kind_code = ? AND season_from <= ? AND season_to >= ? FOR UPDATE`,
      [villageCode, kindCode, harvestedFrom, harvestedFrom],
    );
    return row ? { ...row, capacityG: BigInt(row.capacityG) } : null;
  }

  /**
   * What the batches of a season have been granted together, one left out. Behind the season's lock, which whoever is granted anything takes first; what a county
   * releases meanwhile is released whatever there is. So the rows themselves are not locked: each batch of a village would take all of them.
   */
  async grantedG(
    tx: Tx,
    { villageCode, kindCode }: HarvestPlace,
    { seasonFrom, seasonTo }: Pick<HarvestCapacity, 'seasonFrom' | 'seasonTo'>,
    butBatchId: string,
  ): Promise<bigint> {
    const [row] = await tx.query<{ granted: string }>(
      `SELECT COALESCE(SUM(granted_g), 0) AS granted FROM harvest_batch
       WHERE village_code = ? AND kind_code = ? AND harvested_from BETWEEN ? AND ? AND batch_id <> ?`,
      [villageCode, kindCode, seasonFrom, seasonTo, butBatchId],
    );
    return BigInt(row?.granted ?? 0);
  }

  /** Seasons that begin on other days; locked, so that two who set at once take turns. */
  othersOf(
    tx: Tx,
    { villageCode, kindCode, seasonFrom }: Pick<HarvestCapacity, 'villageCode' | 'kindCode' | 'seasonFrom'>,
  ): Promise<Pick<HarvestCapacity, 'seasonFrom' | 'seasonTo'>[]> {
    return tx.query(
      `SELECT season_from AS seasonFrom, season_to AS seasonTo FROM harvest_capacity
       WHERE village_code = ? AND kind_code = ? AND season_from <> ? FOR UPDATE`,
      [villageCode, kindCode, seasonFrom],
    );
  }

  async set(tx: Tx, capacity: HarvestCapacity): Promise<void> {
    const { villageCode, kindCode, seasonFrom, seasonTo, capacityG, setBy, setAt } = capacity;
    await tx.write(
      `INSERT INTO harvest_capacity (village_code, kind_code, season_from, season_to, capacity_g, set_by, set_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE season_to = VALUES(season_to), capacity_g = VALUES(capacity_g), set_by = VALUES(set_by), set_at = VALUES(set_at)`,
      [villageCode, kindCode, seasonFrom, seasonTo, capacityG, setBy, setAt],
    );
  }
}
