import { type IdOf, newId } from '#libs/kernel';
import type { Database } from '#platform/database';
import { makeNumbers } from './volume-facts.js';

/** Of the merchant that is asked about; as many again belong to others. */
const ORDERS = Number(process.env['BENCH_ORDERS'] ?? 100_000);
const OTHERS = 40;
const PER_STATEMENT = 50_000;
/** Statements of the year: the last one has a line for each order, the others a thousandth. */
const MONTHS = 12;
const FIRST_DAY = '2025-12-01';

export interface MerchantGround {
  readonly merchantId: IdOf<'mer'>;
  readonly orders: number;
  /** Of the year with a line for each order. */
  readonly statementId: string;
  readonly productId: string;
}

/** Ids as long as ours; `o` for the merchant that is asked about. */
const id = (prefix: string, n = 'n') => `CONCAT('${prefix}_', LPAD(${n}, 26, '0'))`;
const instant = (ms: string) => `TIMESTAMPADD(SECOND, ${ms}, '${FIRST_DAY} 01:00:00')`;
const NUMBERS =
  '(SELECT a.n + b.n * 1000 + ? AS n FROM bench_number a JOIN bench_number b WHERE a.n + b.n * 1000 < ?) numbers ORDER BY n';

/** Of a thousand orders in the order in which they came: the last ones wait, a few are under way, the others are long over. */
const STATE = `CASE WHEN n DIV 2 >= ${ORDERS} * 0.98 THEN ELT(1 + n DIV 2 % 20, 'UNPAID', 'PARTLY_SHIPPED', 'CANCELLED', 'TO_SHIP', 'TO_SHIP', 'TO_SHIP',
  'TO_SHIP', 'TO_SHIP', 'TO_SHIP', 'TO_SHIP', 'TO_SHIP', 'TO_SHIP', 'TO_SHIP', 'TO_SHIP', 'TO_SHIP', 'TO_SHIP', 'TO_SHIP', 'TO_SHIP', 'TO_SHIP', 'TO_SHIP')
  WHEN n DIV 2 >= ${ORDERS} * 0.94 THEN ELT(1 + n DIV 2 % 3, 'SHIPPED', 'RECEIVED', 'CANCELLED')
  ELSE IF(n DIV 2 % 30 = 0, 'CANCELLED', 'COMPLETED') END`;

async function many(database: Database, total: number, sql: string): Promise<void> {
  for (let start = 0; start < total; start += PER_STATEMENT) {
    const count = Math.min(PER_STATEMENT, total - start);
    await database.transaction((tx) => tx.write(sql, [start, count]));
  }
}

async function orders(database: Database, merchantId: string): Promise<void> {
  const total = ORDERS * 2;
  const placedAt = instant(`FLOOR(n * 31000000 / ${total})`);
  const seller = `IF(n % 2 = 0, '${merchantId}', CONCAT('mer_', LPAD(n % ${OTHERS}, 26, '0')))`;
  const county = `ELT(1 + n DIV 2 % 4, '430225', '430224', '440305', '110101')`;
  await many(
    database,
    total,
    `INSERT INTO customer_order (id, buyer_id, idempotency_key, request_hash, state, goods_fen, freight_fen, total_fen, recipient_name,
       recipient_phone, recipient_county_code, recipient_address, placed_at, expires_at, paid_at)
     SELECT ${id('ord')}, ${id('usr', 'n % 5000')}, n, UNHEX(SHA2(n, 256)), 'PAID', 8800, 800, 9600, '李女士',
       '19900000300', ${county}, '霞阳镇神农大道1号', ${placedAt}, ${placedAt}, ${placedAt} FROM ${NUMBERS}`,
  );
  await many(
    database,
    total,
    `INSERT INTO merchant_order (id, order_id, merchant_id, state, goods_fen, freight_fen, placed_at, paid_at, due_on)
     SELECT ${id('mor')}, ${id('ord')}, ${seller}, ${STATE}, 8800, 800, ${placedAt}, ${placedAt}, DATE(TIMESTAMPADD(DAY, 2, ${placedAt})) FROM ${NUMBERS}`,
  );
  // Every fifth has a second line.
  for (const second of [false, true])
    await many(
      database,
      total,
      `INSERT INTO order_line (id, order_id, merchant_order_id, merchant_id, product_id, variant_id, batch_id, product_name, variant_name, quantity,
         unit_price_fen, goods_fen, net_weight_g, is_perishable, origin_county_code, channel_kind, channel_point_id, sale_county_code, buyer_kind)
       SELECT ${id('oln', second ? 'n + 1000000000' : 'n')}, ${id('ord')}, ${id('mor')}, ${seller}, ${id('prd', 'n DIV 2 % 20')}, ${id('var', 'n DIV 2 % 40')},
         ${id('bat', 'n DIV 2 % 20')}, '炎陵黄桃', '5斤装', 1, 8800, 8800, 2500, 0, '430225', 'ONLINE', '', ${county}, 'CONSUMER'
       FROM (SELECT * FROM ${NUMBERS}) numbered ${second ? 'WHERE n % 5 = 0' : ''}`,
    );
}

async function batches(database: Database): Promise<void> {
  await many(
    database,
    20,
    `INSERT INTO product_batch (id, product_id, trace_code, origin_county_code, harvested_on, created_at)
     SELECT ${id('bat')}, ${id('prd')}, CONCAT('BENCH-', n), '430225', '2026-10-20', NOW(6) FROM ${NUMBERS}`,
  );
}

/** As the clockwork issues them: a chain of months, and one of the whole year with a line for each order. */
async function statements(database: Database, merchantId: string): Promise<string> {
  const lines = async (statementId: string, count: number) => {
    await many(
      database,
      count,
      `INSERT INTO statement_line (statement_id, journal_id, part_no, kind, journal_kind, subject, order_id, wording, gross_fen, held_fen,
         available_fen, owed_fen, effective_at, is_late)
       SELECT '${statementId}', ${id('jrn')}, 0, ELT(1 + n % 4, 'SALE', 'SALE', 'RELEASE', 'REFUND'), 'sale', ${id('ord', 'n * 2')}, ${id('ord', 'n * 2')},
         '炎陵黄桃 5斤装', 8800, 6424, 0, 0, ${instant(`FLOOR(n * 31000000 / ${count})`)}, 0 FROM ${NUMBERS}`,
    );
  };
  const made = Array.from({ length: MONTHS + 1 }, (_, month) => ({
    id: newId('stm'),
    month: month < MONTHS ? `2026-${String(month + 1).padStart(2, '0')}` : null,
    count: month < MONTHS ? Math.ceil(ORDERS / 1_000) : ORDERS,
  }));
  for (const { id: statementId, month, count } of made) {
    const days = month === null ? ['2025-12-01', '2026-11-30'] : [`${month}-01`, `${month}-28`];
    await database.transaction(async (tx) => {
      await tx.write(
        `INSERT INTO statement (id, payee_kind, payee_id, kind, from_on, to_on, month, requested_at) VALUES (?, 'MERCHANT', ?, ?, ?, ?, ?, NOW(6))`,
        [statementId, merchantId, month === null ? 'ON_DEMAND' : 'MONTHLY', ...days, month],
      );
      await tx.write(
        `INSERT INTO statement_revision (statement_id, rev, number, state, requested_at, issued_at) VALUES (?, 1, ?, 'ISSUED', NOW(6), NOW(6))`,
        [statementId, statementId],
      );
      await tx.write(
        `INSERT INTO statement_file (statement_id, rev, format, name, sha256, size_bytes, made_at)
         SELECT ?, 1, f.format, CONCAT(?, '.', LOWER(f.format)), SHA2(?, 256), 1000, NOW(6) FROM (SELECT 'CSV' AS format UNION SELECT 'PDF') f`,
        [statementId, statementId, statementId],
      );
    });
    await lines(statementId, count);
    await database.transaction(async (tx) => {
      await tx.write(
        `INSERT INTO statement_balance SELECT ?, 0, 0, 0, SUM(held_fen), SUM(available_fen), SUM(owed_fen), COUNT(*), '', NOW(6)
         FROM statement_line WHERE statement_id = ?`,
        [statementId, statementId],
      );
      await tx.write(
        `INSERT INTO statement_total (statement_id, kind, line_count, gross_fen, held_fen, available_fen, owed_fen)
         SELECT statement_id, kind, COUNT(*), COALESCE(SUM(gross_fen), 0), SUM(held_fen), SUM(available_fen), SUM(owed_fen)
         FROM statement_line WHERE statement_id = ? GROUP BY statement_id, kind`,
        [statementId],
      );
    });
  }
  return made.at(-1)?.id ?? '';
}

/** One cooperative that has sold for a year, among forty that together have sold as much, made by the server itself. */
export async function openMerchant(database: Database): Promise<MerchantGround> {
  const merchantId = newId('mer');
  await makeNumbers(database);
  await database.transaction(async (tx) => {
    await tx.insert('division', [
      { code: '430000', parentCode: null, level: 'PROVINCE', name: '湖南省', isDesignated: false },
      { code: '430200', parentCode: '430000', level: 'CITY', name: '株洲市', isDesignated: false },
      { code: '430225', parentCode: '430200', level: 'COUNTY', name: '炎陵县', isDesignated: true },
      { code: '430224', parentCode: '430200', level: 'COUNTY', name: '茶陵县', isDesignated: true },
    ]);
    await tx.insert('merchant', [
      {
        id: merchantId,
        name: '平乐桃源里黄桃专业合作社',
        kind: 'COOPERATIVE',
        creditCode: '934302250000000000',
        countyCode: '430225',
        townshipCode: null,
        contactName: '张*',
        contactPhone: '19900000000',
        state: 'ACTIVE',
        createdAt: new Date('2025-01-01T00:00:00Z'),
      },
    ]);
  });
  await batches(database);
  await orders(database, merchantId);
  const statementId = await statements(database, merchantId);
  await database.query(
    'ANALYZE TABLE customer_order, merchant_order, order_line, statement, statement_line, statement_total',
  );
  return { merchantId, orders: ORDERS, statementId, productId: `prd_${'0'.padStart(26, '0')}` };
}
