import { prefixOf } from '#libs/division';
import { type Fen, type InvalidField, InvalidInputError } from '#libs/kernel';
import type { SqlValue } from '#platform/database';

/** A condition on `p.id` that a room above knows how to write, by a key of its own, so that a facet can leave it out. */
export interface FilterPart {
  readonly key: string;
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** Conditions that all hold. */
export interface ProductFilter {
  readonly originCountyCode?: string | null;
  /** A province, city, county, or a township or village that one of the product's batches comes from. */
  readonly originCode?: string | null;
  readonly categoryCode?: string | null;
  readonly merchantId?: string | null;
  readonly isCertified?: boolean | null;
  /** In which catalogue it is certified. */
  readonly scheme?: string | null;
  /** 1 to 12: in season then; what is sold all year is in no season. */
  readonly seasonMonth?: number | null;
  /** Being harvested today. */
  readonly isInHarvest?: boolean | null;
  readonly priceFromFen?: Fen | null;
  readonly priceToFen?: Fen | null;
  /** Only these; an empty list finds nothing. */
  readonly productIds?: readonly string[] | null;
  /** What is not in the catalogue: what can be bought, and where it is shown. */
  readonly parts?: readonly FilterPart[];
}

/** When it is asked: certificates and harvests come and go. */
export interface Today {
  readonly at: Date;
  /** YYYY-MM-DD in Shanghai. */
  readonly day: string;
}

interface Part {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** A condition by the key of the filter that it comes from, so that a facet can leave its own out. */
export type Conditions = ReadonlyMap<string, Part>;

const IS_CERTIFIED = `EXISTS (SELECT 1 FROM certification c WHERE c.product_id = p.id AND c.valid_from <= ? AND c.valid_to > ?
  AND (c.revoked_at IS NULL OR c.revoked_at > ?)`;

/** Whether a certificate counts at that moment. */
export function certifiedPart(at: Date, scheme: string | null = null): Part {
  return scheme === null
    ? { sql: `${IS_CERTIFIED})`, values: [at, at, at] }
    : { sql: `${IS_CERTIFIED} AND c.scheme = ?)`, values: [at, at, at, scheme] };
}

const COUNTY_DIGITS = 6;

function originPart(code: string): Part {
  const prefix = `${prefixOf(code)}%`;
  if (code.length <= COUNTY_DIGITS) return { sql: 'p.origin_county_code LIKE ?', values: [prefix] };
  return {
    sql: `(p.origin_county_code = ? AND EXISTS (
      SELECT 1 FROM product_batch b WHERE b.product_id = p.id AND b.origin_village_code LIKE ?))`,
    values: [code.slice(0, COUNTY_DIGITS), prefix],
  };
}

/** From November to February is a season as well. */
const IN_SEASON = `(p.season_from <= p.season_to AND ? BETWEEN p.season_from AND p.season_to
  OR p.season_from > p.season_to AND (? >= p.season_from OR ? <= p.season_to))`;

function harvestPart(isInHarvest: boolean, day: string): Part {
  const sql = `EXISTS (SELECT 1 FROM harvest_window w WHERE w.product_id = p.id AND w.opens_on <= ? AND w.closes_on >= ?)`;
  return { sql: isInHarvest ? sql : `NOT ${sql}`, values: [day, day] };
}

export function conditionsOf(filter: ProductFilter, { at, day }: Today): Conditions {
  const parts = new Map<string, Part>([['state', { sql: "p.state = 'ON_SALE'", values: [] }]]);
  const equal = (key: string, column: string, value: SqlValue | null | undefined) => {
    if (value !== null && value !== undefined) parts.set(key, { sql: `${column} = ?`, values: [value] });
  };
  equal('county', 'p.origin_county_code', filter.originCountyCode);
  equal('category', 'p.category_code', filter.categoryCode);
  equal('merchant', 'p.merchant_id', filter.merchantId);
  if (filter.originCode) parts.set('origin', originPart(filter.originCode));
  const certified = certifiedPart(at, filter.scheme ?? null);
  if (filter.isCertified === false) parts.set('certified', { ...certified, sql: `NOT ${certified.sql}` });
  else if (filter.isCertified === true || filter.scheme) parts.set('certified', certified);
  const month = filter.seasonMonth;
  if (month !== null && month !== undefined)
    parts.set('season', { sql: IN_SEASON, values: [month, month, month] });
  if (filter.isInHarvest !== null && filter.isInHarvest !== undefined)
    parts.set('harvest', harvestPart(filter.isInHarvest, day));
  const [from, to] = [filter.priceFromFen ?? null, filter.priceToFen ?? null];
  if (from !== null && to !== null)
    parts.set('price', { sql: 'p.price_from_fen BETWEEN ? AND ?', values: [from, to] });
  else if (from !== null) parts.set('price', { sql: 'p.price_from_fen >= ?', values: [from] });
  else if (to !== null) parts.set('price', { sql: 'p.price_from_fen <= ?', values: [to] });
  for (const { key, ...part } of filter.parts ?? []) parts.set(key, part);
  if (filter.productIds) parts.set('ids', { sql: 'p.id IN (?)', values: [filter.productIds] });
  return parts;
}

/** Whether it asks for anything but certain products. */
export function isNarrowing({ productIds: _these, parts = [], ...asked }: ProductFilter): boolean {
  return parts.length > 0 || Object.values(asked).some((wish) => wish !== null && wish !== undefined);
}

/** What follows WHERE, without the condition of one key. */
export function whereOf(
  conditions: Conditions,
  without: readonly string[] = [],
): { sql: string; values: SqlValue[] } {
  const parts = [...conditions].filter(([key]) => !without.includes(key)).map(([, part]) => part);
  return { sql: parts.map(({ sql }) => sql).join(' AND '), values: parts.flatMap(({ values }) => values) };
}

/** All faults at once. */
export function refuseFilter(filter: ProductFilter): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const { originCode, seasonMonth, priceFromFen, priceToFen, isCertified, scheme } = filter;
  if (originCode && !/^\d{6}(\d{3}){0,2}$/.test(originCode))
    fields.push({
      path: 'filter.originCode',
      message: { zh: '区划代码须为 6、9 或 12 位数字', en: 'A division code has 6, 9 or 12 digits.' },
    });
  if (seasonMonth !== null && seasonMonth !== undefined && (seasonMonth < 1 || seasonMonth > 12))
    fields.push({
      path: 'filter.seasonMonth',
      message: { zh: '月份须在 1 到 12 之间', en: 'A month lies between 1 and 12.' },
    });
  const isNegative = (fen: Fen | null | undefined) => fen !== null && fen !== undefined && fen < 0n;
  const isReversed = (from: Fen | null | undefined, to: Fen | null | undefined) =>
    from !== null && from !== undefined && to !== null && to !== undefined && from > to;
  if (isNegative(priceFromFen) || isNegative(priceToFen) || isReversed(priceFromFen, priceToFen))
    fields.push({
      path: 'filter.priceFromFen',
      message: {
        zh: '价格区间有误',
        en: 'The price range goes from less to more, and from nothing at least.',
      },
    });
  if (isCertified === false && scheme)
    fields.push({
      path: 'filter.scheme',
      message: { zh: '未认定的产品不在任何目录中', en: 'What is not certified is in no catalogue.' },
    });
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}
