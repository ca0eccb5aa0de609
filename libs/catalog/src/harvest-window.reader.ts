import { Injectable } from '@nestjs/common';
import { Clock, businessDay } from '#libs/kernel';
import { Database, Gathered } from '#platform/database';
import type { HarvestWindowId } from './harvest-window.entity.js';
import type { ProductId } from './product.entity.js';
import { type NextSeason, type SeasonMonths, nextSeasonOf } from './season.rules.js';

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
/** Some years of a harvest in a dozen villages; what a batch was harvested in before that is not told. */
const KNOWN_MAX = 120;

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

@Injectable()
export class HarvestWindowReader {
  private readonly known = new Gathered<HarvestWindowRow>(
    this.database,
    (productIds) => this.read(productIds),
    ({ productId }) => productId,
  );

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Those that are open or still to come, the soonest first. */
  async aheadOf(productIds: readonly string[]): Promise<HarvestWindowRow[]> {
    const windows = await this.knownOf(productIds);
    return productIds.flatMap((productId) =>
      this.ahead(windows.filter((window) => window.productId === productId)),
    );
  }

  /** All that are shown of these products, over or to come, the soonest first: what lies ahead and what was harvested when are parts of them. */
  async knownOf(productIds: readonly string[]): Promise<HarvestWindowRow[]> {
    const windows = await this.known.of(productIds);
    return windows.toSorted((a, b) => compare(a.opensOn, b.opensOn) || compare(a.id, b.id));
  }

  /** Of the windows of one product. */
  ahead(windows: readonly HarvestWindowRow[]): HarvestWindowRow[] {
    const today = businessDay(this.clock.now());
    return windows.filter(({ closesOn }) => closesOn >= today).slice(0, AHEAD_MAX);
  }

  private read(productIds: readonly string[]): Promise<HarvestWindowRow[]> {
    // Of one product, as its page asks, sorting is enough: to number rows takes a table of its own.
    if (productIds.length === 1)
      return this.database.query<HarvestWindowRow>(
        `SELECT ${COLUMNS} FROM harvest_window WHERE product_id IN (?) ORDER BY closes_on DESC, id LIMIT ?`,
        [productIds, KNOWN_MAX],
      );
    return this.database.query<HarvestWindowRow>(
      `SELECT id, productId, villageCode, opensOn, closesOn FROM (
         SELECT ${COLUMNS}, ROW_NUMBER() OVER (PARTITION BY product_id ORDER BY closes_on DESC, id) AS place
         FROM harvest_window WHERE product_id IN (?)
       ) known WHERE place <= ?`,
      [productIds, KNOWN_MAX],
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
