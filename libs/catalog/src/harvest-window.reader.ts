import { Injectable } from '@nestjs/common';
import { Clock, businessDay } from '#libs/kernel';
import { Database } from '#platform/database';
import type { HarvestWindowId } from './harvest-window.entity.js';
import type { ProductId } from './product.entity.js';
import {
  type Harvested,
  type NextSeason,
  type SeasonMonths,
  nextSeasonOf,
  windowOf,
} from './season.rules.js';

export interface HarvestWindowRow {
  readonly id: HarvestWindowId;
  readonly productId: ProductId;
  readonly villageCode: string | null;
  readonly opensOn: string;
  readonly closesOn: string;
}

const COLUMNS =
  'id, product_id AS productId, village_code AS villageCode, opens_on AS opensOn, closes_on AS closesOn';

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
    const today = businessDay(this.clock.now());
    // Of one product, as its page asks, sorting is enough: to number rows takes a table of its own.
    if (productIds.length === 1)
      return this.database.query<HarvestWindowRow>(
        `SELECT ${COLUMNS} FROM harvest_window WHERE product_id IN (?) AND closes_on >= ? ORDER BY opens_on, id LIMIT ?`,
        [productIds, today, AHEAD_MAX],
      );
    return this.database.query<HarvestWindowRow>(
      `SELECT id, productId, villageCode, opensOn, closesOn FROM (
         SELECT ${COLUMNS},
           ROW_NUMBER() OVER (PARTITION BY product_id ORDER BY opens_on, id) AS place
         FROM harvest_window WHERE product_id IN (?) AND closes_on >= ?
       ) ahead WHERE place <= ? ORDER BY opensOn, id`,
      [productIds, today, AHEAD_MAX],
    );
  }

  /** The window that each batch was harvested in, by the batch's id; what nobody had planned is missing. */
  async ofBatches(
    batches: readonly (Harvested & { readonly id: string })[],
  ): Promise<ReadonlyMap<string, HarvestWindowRow>> {
    if (batches.length === 0) return new Map();
    const days = batches.map(({ harvestedOn }) => harvestedOn).toSorted();
    const windows = await this.database.query<HarvestWindowRow>(
      `SELECT ${COLUMNS} FROM harvest_window WHERE product_id IN (?) AND closes_on >= ? AND opens_on <= ? ORDER BY opens_on, id`,
      [[...new Set(batches.map(({ productId }) => productId))], days[0] ?? '', days.at(-1) ?? ''],
    );
    return new Map(
      batches.flatMap((batch): [string, HarvestWindowRow][] => {
        const window = windowOf(batch, windows);
        return window ? [[batch.id, window]] : [];
      }),
    );
  }

  /** When each product can be had fresh again, by its id, on sale or not; what nobody knows is missing. Two statements. */
  async nextSeasonsOf(productIds: readonly string[]): Promise<ReadonlyMap<string, NextSeason>> {
    if (productIds.length === 0) return new Map();
    const day = businessDay(this.clock.now());
    const [windows, months] = await Promise.all([
      this.aheadOf(productIds),
      this.database.query<SeasonMonths & { readonly id: string }>(
        'SELECT id, season_from AS seasonFrom, season_to AS seasonTo FROM product WHERE id IN (?)',
        [productIds],
      ),
    ]);
    return new Map(
      months.flatMap(({ id, ...season }): [string, NextSeason][] => {
        const own = windows.filter(({ productId }) => productId === id);
        const next = nextSeasonOf(own, season, day);
        return next ? [[id, next]] : [];
      }),
    );
  }
}
