import { Injectable } from '@nestjs/common';
import { Clock, businessDay } from '#libs/kernel';
import { Database } from '#platform/database';
import { PRICE_BANDS, PRICE_BAND_SQL, type PriceBand, monthsOf } from './product-facet.rules.js';
import {
  type Conditions,
  type FilterPart,
  type ProductFilter,
  certifiedPart,
  conditionsOf,
  whereOf,
} from './product-filter.rules.js';

interface Counted<Value> {
  readonly value: Value;
  readonly productCount: number;
}

/** What one could narrow by next, and how many would be left: each counted under all conditions but its own. */
export interface ProductFacets {
  /** Under all conditions. */
  readonly productCount: number;
  readonly certifiedCount: number;
  /** Most first, like the next. */
  readonly categories: readonly { readonly categoryCode: string; readonly productCount: number }[];
  readonly counties: readonly { readonly countyCode: string; readonly productCount: number }[];
  /** Those in which something is in season. */
  readonly months: readonly { readonly month: number; readonly productCount: number }[];
  readonly prices: readonly (PriceBand & { readonly productCount: number })[];
}

export interface SchemeCount {
  readonly scheme: string;
  readonly productCount: number;
}

/** Shelf labels are a dozen, counties of one market some hundreds. */
const VALUES_MAX = 300;

const NOTHING: ProductFacets = {
  productCount: 0,
  certifiedCount: 0,
  categories: [],
  counties: [],
  months: [],
  prices: [],
};

@Injectable()
export class ProductFacetReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Six statements, whatever the filter. */
  async of(filter: ProductFilter): Promise<ProductFacets> {
    if (filter.productIds?.length === 0) return NOTHING;
    const at = this.clock.now();
    const conditions = conditionsOf(filter, { at, day: businessDay(at) });
    // Counted as a condition: asking of every product whether it is certified takes three times as long.
    const certified = new Map([...conditions, ['certified', certifiedPart(at)] as const]);
    const [total, certifiedOnes, categories, counties, seasons, bands] = await Promise.all([
      this.count('1', conditions, []),
      this.count('1', certified, []),
      this.count('p.category_code', conditions, ['category']),
      this.count('p.origin_county_code', conditions, ['county', 'origin']),
      this.count("CONCAT(p.season_from, '-', p.season_to)", conditions, ['season']),
      this.count(PRICE_BAND_SQL, conditions, ['price']),
    ]);
    return {
      productCount: total[0]?.productCount ?? 0,
      certifiedCount: certifiedOnes[0]?.productCount ?? 0,
      categories: categories.map(({ value, productCount }) => ({
        categoryCode: String(value),
        productCount,
      })),
      counties: counties.map(({ value, productCount }) => ({ countyCode: String(value), productCount })),
      months: monthsOf(
        seasons.flatMap(({ value, productCount }) => {
          if (value === null) return []; // Sold all year.
          const [seasonFrom = 0, seasonTo = 0] = String(value).split('-').map(Number);
          return [{ seasonFrom, seasonTo, productCount }];
        }),
      ),
      prices: bands
        .toSorted((a, b) => Number(a.value) - Number(b.value))
        .flatMap(({ value, productCount }) => {
          const band = PRICE_BANDS[Number(value)];
          return band ? [{ ...band, productCount }] : [];
        }),
    };
  }

  /** In which catalogues what the filter lets through is certified now, most first; its own condition on certificates left out. One statement. */
  async schemes(filter: ProductFilter): Promise<SchemeCount[]> {
    if (filter.productIds?.length === 0) return [];
    const at = this.clock.now();
    const where = whereOf(conditionsOf(filter, { at, day: businessDay(at) }), ['certified']);
    const rows = await this.database.query<{ scheme: string; productCount: string }>(
      `SELECT c.scheme, COUNT(DISTINCT c.product_id) AS productCount FROM certification c JOIN product p ON p.id = c.product_id
       WHERE c.valid_from <= ? AND c.valid_to > ? AND (c.revoked_at IS NULL OR c.revoked_at > ?) AND ${where.sql}
       GROUP BY c.scheme ORDER BY productCount DESC, c.scheme LIMIT ?`,
      [at, at, at, ...where.values, VALUES_MAX],
    );
    return rows.map(({ scheme, productCount }) => ({ scheme, productCount: Number(productCount) }));
  }

  /** How many of what the filter lets through fulfil each of these, its own conditions of some keys left out. One statement. */
  async countEach(
    filter: ProductFilter,
    parts: readonly FilterPart[],
    without: readonly string[],
  ): Promise<number[]> {
    if (filter.productIds?.length === 0) return parts.map(() => 0);
    const at = this.clock.now();
    const where = whereOf(conditionsOf(filter, { at, day: businessDay(at) }), without);
    const sums = parts.map(({ sql }, index) => `SUM(${sql}) AS count${index}`);
    const [row] = await this.database.query<Readonly<Record<string, string | null>>>(
      `SELECT ${sums.join(', ')} FROM product p WHERE ${where.sql}`,
      [...parts.flatMap(({ values }) => values), ...where.values],
    );
    return parts.map((_, index) => Number(row?.[`count${index}`] ?? 0));
  }

  private async count(
    value: string,
    conditions: Conditions,
    without: readonly string[],
  ): Promise<Counted<string | number | null>[]> {
    const where = whereOf(conditions, without);
    const rows = await this.database.query<{ value: string | number | null; productCount: string }>(
      `SELECT ${value} AS value, COUNT(*) AS productCount FROM product p WHERE ${where.sql}
       GROUP BY value ORDER BY productCount DESC, value LIMIT ?`,
      [...where.values, VALUES_MAX],
    );
    return rows.map((row) => ({ value: row.value, productCount: Number(row.productCount) }));
  }
}
