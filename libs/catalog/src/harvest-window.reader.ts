import { Injectable } from '@nestjs/common';
import { Clock, businessDay } from '#libs/kernel';
import { Database } from '#platform/database';
import type { HarvestWindowId } from './harvest-window.entity.js';
import type { ProductId } from './product.entity.js';

export interface HarvestWindowRow {
  readonly id: HarvestWindowId;
  readonly productId: ProductId;
  readonly villageCode: string | null;
  readonly opensOn: string;
  readonly closesOn: string;
}

/** This harvest and the next, in a few villages. */
const AHEAD_MAX = 10;

@Injectable()
export class HarvestWindowReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Those that are open or still to come, the soonest first. */
  async aheadOf(productIds: readonly string[]): Promise<HarvestWindowRow[]> {
    if (productIds.length === 0) return [];
    return this.database.query<HarvestWindowRow>(
      `SELECT id, productId, villageCode, opensOn, closesOn FROM (
         SELECT id, product_id AS productId, village_code AS villageCode, opens_on AS opensOn, closes_on AS closesOn,
           ROW_NUMBER() OVER (PARTITION BY product_id ORDER BY opens_on, id) AS place
         FROM harvest_window WHERE product_id IN (?) AND closes_on >= ?
       ) ahead WHERE place <= ? ORDER BY opensOn, id`,
      [productIds, businessDay(this.clock.now()), AHEAD_MAX],
    );
  }
}
