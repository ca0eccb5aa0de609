/** What a rollup is kept by, and the fact's side of it. */
const KEYS = {
  day: 'f.event_day',
  month: 'DATE_SUB(f.event_day, INTERVAL DAYOFMONTH(f.event_day) - 1 DAY)',
  origin_month: 'DATE_SUB(f.origin_day, INTERVAL DAYOFMONTH(f.origin_day) - 1 DAY)',
  origin_county_code: 'f.origin_county_code',
  seller_county_code: 'f.seller_county_code',
  sale_county_code: 'f.sale_county_code',
  consumption_county_code: 'f.consumption_county_code',
  product_id: 'f.product_id',
  merchant_id: 'f.merchant_id',
  channel_kind: 'f.channel_kind',
  channel_point_id: 'f.channel_point_id',
  buyer_kind: 'f.buyer_kind',
  unit_id: 'f.unit_id',
  campaign_code: 'f.campaign_code',
  source: 'f.source',
  is_certified: 'f.is_certified',
  is_linked: "f.linkage_agreement_id <> ''",
} as const;

export type RollupKey = keyof typeof KEYS;

/** What every rollup sums, and what a fact gives to it. */
export const ROLLUP_MEASURES = {
  ordered_fen: 'f.ordered_fen',
  paid_fen: 'f.paid_fen',
  refunded_fen: 'f.refunded_fen',
  delivered_fen: 'f.delivered_fen',
  recognised_fen: 'f.recognised_fen',
  certified_fen: 'CASE WHEN f.is_certified THEN f.recognised_fen ELSE 0 END',
  subsidy_fen: 'f.subsidy_fen',
  declared_fen: 'f.declared_fen',
  quantity: 'f.quantity',
  weight_g: 'f.weight_g',
  fact_count: '1',
} as const;

export type RollupMeasure = keyof typeof ROLLUP_MEASURES;

export interface Rollup {
  readonly table: string;
  /** The first says when. */
  readonly keys: readonly RollupKey[];
  /** A finer rollup that holds every key of this one: a rebuild adds that up instead of all facts. */
  readonly finer?: string;
}

/**
 * A rollup is worth its rows if questions that people ask every day would otherwise read much more than they answer. Finer ones
 * stand before those that are made of them.
 */
export const ROLLUPS: readonly Rollup[] = [
  {
    table: 'volume_day',
    keys: ['day', 'origin_county_code', 'product_id', 'channel_kind', 'channel_point_id', 'is_certified'],
  },
  {
    table: 'volume_month',
    keys: ['month', 'origin_county_code', 'product_id', 'channel_kind', 'is_certified'],
    finer: 'volume_day',
  },
  {
    table: 'volume_county_day',
    keys: ['day', 'origin_county_code', 'channel_kind', 'is_certified', 'campaign_code', 'source'],
  },
  {
    table: 'volume_county_month',
    keys: ['month', 'origin_county_code', 'channel_kind', 'is_certified', 'campaign_code', 'source'],
    finer: 'volume_county_day',
  },
  { table: 'volume_origin_day', keys: ['day', 'origin_county_code'], finer: 'volume_county_day' },
  { table: 'volume_point_day', keys: ['day', 'channel_kind', 'channel_point_id', 'sale_county_code'] },
  {
    table: 'volume_point_month',
    keys: ['month', 'channel_kind', 'channel_point_id', 'sale_county_code', 'origin_county_code'],
  },
  {
    table: 'volume_product_month',
    keys: ['month', 'origin_county_code', 'product_id', 'buyer_kind', 'is_linked'],
  },
  {
    table: 'volume_merchant_month',
    keys: ['month', 'merchant_id', 'seller_county_code', 'origin_county_code', 'is_linked'],
  },
  {
    table: 'volume_unit_month',
    keys: ['month', 'unit_id', 'buyer_kind', 'origin_county_code', 'consumption_county_code'],
  },
  {
    table: 'volume_matrix_month',
    keys: ['month', 'origin_county_code', 'consumption_county_code', 'buyer_kind'],
    finer: 'volume_unit_month',
  },
  {
    table: 'volume_seller_day',
    keys: ['day', 'merchant_id', 'product_id', 'channel_kind', 'buyer_kind'],
  },
  { table: 'volume_seller_month', keys: ['month', 'merchant_id', 'consumption_county_code'] },
  { table: 'volume_origin_month', keys: ['month', 'origin_month', 'origin_county_code'] },
];

const MEASURES = Object.keys(ROLLUP_MEASURES) as RollupMeasure[];

function insertInto(
  { table, keys }: Rollup,
  from: readonly string[],
  sums: readonly string[],
  source: string,
) {
  // Sorted, so that two rollers never wait for each other in a circle.
  return `INSERT INTO ${table} (${[...keys, ...MEASURES].join(', ')})
    SELECT ${[...from, ...sums].join(', ')} FROM ${source}
    GROUP BY ${from.join(', ')} ORDER BY ${from.join(', ')}`;
}

/** Adds facts to a rollup; `facts` is what follows FROM, with the facts called f. */
export function addFacts(rollup: Rollup, facts: string): string {
  const from = rollup.keys.map((key) => KEYS[key]);
  const sums = MEASURES.map((measure) => `SUM(${ROLLUP_MEASURES[measure]})`);
  const added = MEASURES.map((measure) => `${measure} = ${rollup.table}.${measure} + VALUES(${measure})`);
  return `${insertInto(rollup, from, sums, facts)} ON DUPLICATE KEY UPDATE ${added.join(', ')}`;
}

/** Makes an empty rollup from the finer one. */
export function addUp(rollup: Rollup & { readonly finer: string }): string {
  const byDay = ROLLUPS.some(({ table, keys }) => table === rollup.finer && keys[0] === 'day');
  const month = 'DATE_SUB(day, INTERVAL DAYOFMONTH(day) - 1 DAY)';
  const from = rollup.keys.map((key) => (key === 'month' && byDay ? month : key));
  return insertInto(
    rollup,
    from,
    MEASURES.map((measure) => `SUM(${measure})`),
    rollup.finer,
  );
}

/** The first and the last day of each month that the days from one to another lie in. */
export function monthsAround(from: string, to: string): [string, string][] {
  const months: [string, string][] = [];
  for (let first = `${from.slice(0, 7)}-01`; first <= to;) {
    const [year = 0, month = 0] = first.split('-').map(Number);
    const dayOf = (monthIndex: number, day: number) =>
      new Date(Date.UTC(year, monthIndex, day)).toISOString().slice(0, 10);
    months.push([first, dayOf(month, 0)]); // Day 0 is the last one of the month before.
    first = dayOf(month, 1);
  }
  return months;
}
