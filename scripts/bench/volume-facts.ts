import type { Database } from '#platform/database';

/** Three years, like the first ones of a city that has begun. */
const FIRST_DAY = '2024-01-01';
const DAYS = 1_096;
const PER_STATEMENT = 100_000;

/** A merchant is registered in one county, a unit eats in one. Of a city: twelve counties of origin, a hundred products, six hundred places of sale with eight products each, … */
const PRODUCTS = 100;
const POINTS = 600;
const MERCHANTS = 400;
const UNITS = 800;
const CONSUMPTION_COUNTIES = 130;

/** A number below `below`, the same for the same fact and salt, with no pattern between them. */
function draw(salt: number, below: number): string {
  return `(CRC32(CONCAT(${salt}, ':', n)) % ${below})`;
}

/**
 * Facts as the register holds them, made by the server itself: a statement per hundred thousand. Day follows day, as in life, so that
 * more facts are more sales a day and not more days; `total` says how many there will be in the end.
 */
export async function makeFacts(database: Database, from: number, until: number): Promise<void> {
  for (let start = from; start < until; start += PER_STATEMENT) {
    const count = Math.min(PER_STATEMENT, until - start);
    // Every part spreads over the whole period.
    const day = `DATE_ADD('${FIRST_DAY}', INTERVAL FLOOR((n - ${from}) * ${DAYS} / ${until - from}) DAY)`;
    const kind = draw(1, 100);
    const isPlace = `(${kind} >= 45)`;
    const point = draw(2, POINTS);
    // A place of sale carries eight products of its own.
    const product = `CASE WHEN ${isPlace} THEN (${point} * 7 + ${draw(3, 8)} * 13) % ${PRODUCTS} ELSE ${draw(3, PRODUCTS)} END`;
    const amount = `(1000 + ${draw(4, 20_000)})`;
    const refund = `CASE WHEN ${draw(5, 50)} = 0 THEN 0 - CAST(${amount} AS SIGNED) ELSE ${amount} END`;
    await database.transaction((tx) =>
      tx.write(
        `INSERT INTO volume_fact (id, fact_key, source, ordered_fen, paid_fen, delivered_fen, recognised_fen, quantity, weight_g,
           origin_county_code, product_id, merchant_id, seller_county_code, channel_kind, channel_point_id, sale_county_code,
           consumption_county_code, buyer_kind, unit_id, is_certified, linkage_agreement_id, event_at, event_day, origin_day, recorded_at)
         SELECT CONCAT('vfa_', LPAD(n, 26, '0')), CONCAT('bench:', LPAD(n, 12, '0')), 'PLATFORM', ${amount}, ${amount}, ${amount}, ${refund}, 1, 2500,
           CONCAT('4302', LPAD((${product}) % 12 + 10, 2, '0')), CONCAT('prd_', ${product}), CONCAT('mer_', (${product}) * 4 + ${draw(6, MERCHANTS / PRODUCTS)}),
           CONCAT('4302', LPAD(((${product}) * 4 + ${draw(6, MERCHANTS / PRODUCTS)}) % 9 + 10, 2, '0')),
           CASE WHEN ${kind} < 25 THEN 'ONLINE' WHEN ${kind} < 45 THEN 'PROCUREMENT' WHEN ${point} < 30 THEN 'PAVILION' WHEN ${point} < 270 THEN 'ZONE' ELSE 'COUNTER' END,
           CASE WHEN ${isPlace} THEN CONCAT('chp_', ${point}) ELSE '' END,
           CONCAT('4302', LPAD((${point}) % 9 + 10, 2, '0')), CONCAT('43', LPAD(CASE WHEN ${kind} BETWEEN 25 AND 44 THEN ${draw(8, UNITS)} % 9 ELSE ${draw(7, CONSUMPTION_COUNTIES)} END, 4, '0')),
           CASE WHEN ${kind} BETWEEN 25 AND 44 THEN 'UNIT' ELSE 'CONSUMER' END,
           CASE WHEN ${kind} BETWEEN 25 AND 44 THEN CONCAT('unt_', ${draw(8, UNITS)}) ELSE '' END,
           (${product}) % 5 < 3, CASE WHEN (${product}) % 4 = 0 THEN '' ELSE 'lnk_1' END,
           TIMESTAMP(${day}, '04:00:00'), ${day}, ${day}, TIMESTAMP(${day}, '04:00:01')
         FROM (SELECT a.n + b.n * 1000 + ? AS n FROM bench_number a JOIN bench_number b WHERE a.n + b.n * 1000 < ?) numbers ORDER BY n`,
        [start, count],
      ),
    );
  }
}

/** Numbers to multiply by each other: below a thousand. */
export async function makeNumbers(database: Database): Promise<void> {
  await database.dataSource.query('CREATE TABLE bench_number (n INT NOT NULL PRIMARY KEY)');
  const numbers = Array.from({ length: 1_000 }, (_, n) => ({ n }));
  await database.transaction((tx) => tx.insert('bench_number', numbers));
}

/** What all rollups hold, as one number per table: the same only if every byte is. */
export async function digestOf(
  database: Database,
  tables: readonly string[],
): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const table of tables) {
    const columns = await database.query<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position`,
      [table],
    );
    const row = `CONCAT_WS('|', ${columns.map(({ name }) => name).join(', ')})`;
    const [sum] = await database.query<{ count: string; digest: string }>(
      `SELECT COUNT(*) AS count, CAST(COALESCE(SUM(CRC32(${row})), 0) AS CHAR) AS digest FROM ${table}`,
    );
    digests[table] = `${sum?.count} rows, ${sum?.digest}`;
  }
  return digests;
}
