import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { type IdOf, newId, present } from '#libs/kernel';
import { orderPaid } from '#libs/ordering';
import { type Database, type SqlValue } from '#platform/database';
import { emit, newEvent } from '#platform/outbox';
import { freshDatabase } from './fresh-database.js';
import { openMarket } from './market.js';
import { launch } from './servers.js';

/** A province's peak: ten times what the city sells in its best minute. */
const PER_SECOND = 150;
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 30);
/** Sales of one burst; a burst every tick keeps the pace even without a timer per sale. */
const TICK_MS = 50;
const GOODS_FEN = 8_800n;
const ROWS_PER_INSERT = 500;
const AIM_MS = 2_000;
/** Longer than anything that still counts as working. */
const PATIENCE_MS = 60_000;

type OrderId = IdOf<'ord'>;
type Row = Readonly<Record<string, SqlValue>>;

interface Sale {
  readonly orderId: OrderId;
  readonly lineId: IdOf<'oln'>;
}

/** Orders that stand as they do once payment has told them, so that only the way from the fact on is measured. */
async function paidOrders(database: Database, variantIds: readonly string[], count: number): Promise<Sale[]> {
  const variants = await database.query<Record<'variantId' | 'productId' | 'merchantId' | 'batchId', string>>(
    `SELECT v.id AS variantId, p.id AS productId, p.merchant_id AS merchantId, b.id AS batchId
     FROM product_variant v JOIN product p ON p.id = v.product_id JOIN product_batch b ON b.product_id = p.id WHERE v.id IN (?)`,
    [variantIds],
  );
  const now = new Date();
  const rows: { orders: Row[]; parts: Row[]; lines: Row[] } = { orders: [], parts: [], lines: [] };
  const sales = Array.from({ length: count }, (_, index): Sale => {
    const [orderId, partId, lineId] = [newId('ord'), newId('mor'), newId('oln')];
    const variant = present(variants[index % variants.length], 'a variant');
    const { merchantId, productId, variantId, batchId } = variant;
    rows.orders.push({
      id: orderId,
      buyerId: newId('usr'),
      idempotencyKey: newId('req'),
      requestHash: Buffer.alloc(32),
      state: 'PAID',
      goodsFen: GOODS_FEN,
      freightFen: 0n,
      totalFen: GOODS_FEN,
      recipientName: '李女士',
      recipientPhone: '19900000300',
      recipientCountyCode: '430225',
      recipientAddress: '霞阳镇神农大道1号',
      placedAt: now,
      expiresAt: now,
      paidAt: now,
    });
    rows.parts.push({
      id: partId,
      orderId,
      merchantId,
      state: 'TO_SHIP',
      goodsFen: GOODS_FEN,
      freightFen: 0n,
      placedAt: now,
      paidAt: now,
    });
    rows.lines.push({
      id: lineId,
      orderId,
      merchantOrderId: partId,
      merchantId,
      productId,
      variantId,
      batchId,
      productName: '炎陵黄桃',
      variantName: '5斤装',
      quantity: 1,
      unitPriceFen: GOODS_FEN,
      goodsFen: GOODS_FEN,
      netWeightG: 2_500,
      isPerishable: true,
      originCountyCode: '430225',
      channelKind: 'ONLINE',
      channelPointId: '',
      saleCountyCode: '430225',
      buyerKind: 'CONSUMER',
      linkageAgreementId: null,
      certificationId: null,
      sellerCountyCode: '430225',
      consumptionCountyCode: '430225',
    });
    return { orderId, lineId };
  });
  const insert = async (table: string, all: readonly Row[]) => {
    for (let start = 0; start < all.length; start += ROWS_PER_INSERT)
      await database.transaction((tx) => tx.insert(table, all.slice(start, start + ROWS_PER_INSERT)));
  };
  await insert('customer_order', rows.orders);
  await insert('merchant_order', rows.parts);
  await insert('order_line', rows.lines);
  return sales;
}

/** Both facts of a payment, as the storefront's and Stripe's side commit them. */
async function tell(database: Database, { orderId }: Sale): Promise<void> {
  const [now, paymentId] = [new Date(), newId('pay')];
  const captured = newEvent(
    'payment.captured',
    {
      paymentId,
      orderId,
      intentRef: `pi_${paymentId}`,
      amountFen: GOODS_FEN.toString(),
      disposition: 'KEPT',
      capturedAt: now.toISOString(),
    },
    now,
  );
  await database.transaction((tx) => emit(tx, captured, orderPaid({ orderId, paymentId }, now)));
}

interface Books {
  readonly counted: string;
  readonly paidFen: string;
  readonly splits: string;
  readonly differenceFen: string;
}

async function booksOf(database: Database): Promise<Books> {
  const [books] = await database.query<Books>(
    `SELECT (SELECT COALESCE(SUM(fact_count), 0) FROM volume_county_day) AS counted,
            (SELECT COALESCE(SUM(paid_fen), 0) FROM volume_county_day) AS paidFen,
            (SELECT COUNT(*) FROM ledger_journal WHERE kind = 'order_split') AS splits,
            (SELECT COALESCE(SUM(CASE WHEN a.code = 'liability:escrow' THEN
               CASE WHEN t.debit_account_id = a.id THEN t.amount_fen ELSE -t.amount_fen END END), 0)
             FROM ledger_transfer t JOIN ledger_account a ON a.id IN (t.debit_account_id, t.credit_account_id)) AS differenceFen`,
  );
  return present(books, 'the books');
}

function quantile(sorted: readonly number[], of: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))] ?? Number.NaN;
}

/**
 * How long after the facts of a payment are committed an official's screen shows the sale, at 150 sales a second, with the ledger
 * posting and splitting every one of them; and that none is lost. One settlement process, its relay, queues, workers and rollups.
 */
export async function saleLatency(): Promise<void> {
  const { url, database } = await freshDatabase(8);
  const { variantIds } = await openMarket(database);
  const sales = await paidOrders(database, variantIds.slice(0, 400), PER_SECOND * SECONDS);
  const redisUrl = present(process.env['REDIS_URL'], 'REDIS_URL');
  const [redis, ear] = [new Redis(redisUrl), new Redis(redisUrl)];
  const settlement = await launch('dist/apps/settlement/src/main.js', 'SETTLEMENT_PORT', '/health/ready', {
    NODE_ENV: 'development',
    DATABASE_URL: url,
    STRIPE_API_URL: 'http://127.0.0.1:9',
    STRIPE_SECRET_KEY: 'sk_test_never_called',
    STRIPE_WEBHOOK_SECRET: 'whsec_never_called',
    LOG_LEVEL: 'warn',
  });

  const toldAt = new Map<string, number>();
  const delays = new Map<string, number>();
  await ear.subscribe('volume-live');
  ear.on('message', () => {
    void redis.lrange('{taoyuan}:live-sales', 0, -1).then((entries) => {
      const now = performance.now();
      for (const entry of entries) {
        const { lineId } = JSON.parse(entry) as { lineId: string };
        const told = toldAt.get(lineId);
        if (told !== undefined && !delays.has(lineId)) delays.set(lineId, now - told);
      }
    });
  });

  const perTick = (PER_SECOND * TICK_MS) / 1_000;
  const startedAt = performance.now();
  const telling: Promise<void>[] = [];
  for (let told = 0, tick = 1; told < sales.length; tick += 1) {
    for (; told < Math.min(sales.length, tick * perTick); told += 1) {
      const sale = present(sales[told], 'a sale');
      telling.push(tell(database, sale).then(() => void toldAt.set(sale.lineId, performance.now())));
    }
    await sleep(Math.max(0, startedAt + tick * TICK_MS - performance.now()));
  }
  await Promise.all(telling);
  const pacedSeconds = (performance.now() - startedAt) / 1_000;
  const until = performance.now() + PATIENCE_MS;
  const isDone = (books: Books) =>
    Number(books.counted) === sales.length && Number(books.splits) === sales.length;
  let books = await booksOf(database);
  while (!(isDone(books) && delays.size === sales.length) && performance.now() < until) {
    await sleep(100);
    books = await booksOf(database);
  }

  const cpuMs = settlement.cpuMs();
  await settlement.stop();
  for (const connection of [redis, ear]) connection.disconnect();
  await database.close();
  const sorted = [...delays.values()].toSorted((a, b) => a - b);
  const p99 = quantile(sorted, 0.99);
  console.log(
    `\nFrom payment to the official's screen: ${sales.length} sales, ${(sales.length / pacedSeconds).toFixed(0)} a second`,
  );
  console.log(
    `  p50 ${quantile(sorted, 0.5).toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, slowest ${(sorted.at(-1) ?? Number.NaN).toFixed(0)} ms, aim p99 < ${AIM_MS} ms: ${p99 < AIM_MS ? 'met' : 'missed'}`,
  );
  console.log(
    `  counted ${books.counted}, split ${books.splits}, shown ${delays.size} of ${sales.length}; ${books.paidFen} fen paid; escrow ${books.differenceFen}; ${(cpuMs / sales.length).toFixed(1)} ms of processor time a sale`,
  );
  if (
    !isDone(books) ||
    BigInt(books.paidFen) !== GOODS_FEN * BigInt(sales.length) ||
    books.differenceFen !== '0'
  )
    throw new Error('Sales are missing: fast and wrong does not count.');
}
