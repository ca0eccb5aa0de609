import { createHash } from 'node:crypto';
import { createVerifier } from 'fast-jwt';
import fastify, { type FastifyRequest } from 'fastify';
import { type Pool, type PoolConnection, createPool } from 'mysql2';
import { monotonicFactory } from 'ulid';

/**
 * What the services are measured against: the same work by hand, without any of ours. The same statements on as many
 * connections, the same JSON, the same token check and the same refusal of what is malformed; no GraphQL, no layers.
 */

type Value = string | number | bigint | Date | Buffer | null | readonly unknown[];
type Rows<Row> = Row[];

const env = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
};

const pool: Pool = createPool({
  uri: env('DATABASE_URL'),
  connectionLimit: Number(env('DATABASE_POOL_SIZE')),
  supportBigNumbers: true,
  bigNumberStrings: true,
  timezone: 'Z',
  dateStrings: ['DATE'],
  charset: 'utf8mb4_unicode_ci',
  enableKeepAlive: true,
  trace: false,
});
pool.on('connection', (connection) => {
  connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
});

function run<Result>(on: Pool | PoolConnection, sql: string, values: readonly Value[] = []): Promise<Result> {
  return new Promise((resolve, reject) => {
    on.query(sql, [...values], (error, result) => (error ? reject(error) : resolve(result as Result)));
  });
}

const ulid = monotonicFactory();
const verify = createVerifier({ key: env('AUTH_SECRET'), algorithms: ['HS256'], cache: 5_000 });
const app = fastify({ bodyLimit: 200_000 });
const counties = new Map<string, { code: string; name: string }>();

interface ListBody {
  readonly variables: { readonly first: number; readonly after: string | null };
}

interface ProductRow {
  readonly id: string;
  readonly name: string;
  readonly isPerishable: number;
  readonly priceFromFen: string;
  readonly cursorAt: string;
  readonly merchantId: string;
  readonly originCountyCode: string;
}

interface VariantRow {
  readonly id: string;
  readonly productId: string;
  readonly name: string;
  readonly netWeightG: number;
  readonly priceFen: string;
}

const text = { type: 'string' } as const;
const whole = { type: 'integer' } as const;
const flag = { type: 'boolean' } as const;
const object = (properties: object) => ({ type: 'object', properties }) as const;
const list = (items: object) => ({ type: 'array', items }) as const;

const variantSchema = object({
  id: text,
  name: text,
  netWeightG: whole,
  priceFen: text,
  pricePer500gFen: text,
  available: whole,
});
const productSchema = object({
  id: text,
  name: text,
  priceFromFen: text,
  isCertified: flag,
  isPerishable: flag,
  merchant: object({ id: text, name: text }),
  originCounty: object({ code: text, name: text }),
  variants: list(variantSchema),
});
const pageInfoSchema = object({ hasNextPage: flag, endCursor: { type: ['string', 'null'] } });
const listSchema = object({
  data: object({ products: object({ nodes: list(productSchema), pageInfo: pageInfoSchema }) }),
});

function pricePer500g(priceFen: string, netWeightG: number): string {
  const weight = BigInt(netWeightG);
  return String((BigInt(priceFen) * 1000n + weight) / (weight * 2n));
}

function today(): string {
  return new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
}

async function learnCounties(rows: readonly ProductRow[]): Promise<void> {
  const unknown = [...new Set(rows.map((row) => row.originCountyCode))].filter((code) => !counties.has(code));
  if (unknown.length === 0) return;
  const found = await run<Rows<{ code: string; name: string }>>(
    pool,
    'SELECT code, name FROM division WHERE code IN (?)',
    [unknown],
  );
  for (const county of found) counties.set(county.code, county);
}

async function products({ first, after }: ListBody['variables']) {
  const key =
    after === null
      ? null
      : (JSON.parse(Buffer.from(after, 'base64url').toString()) as [string, string, string]);
  const beyond = key ? ' AND (listed_at < ? OR (listed_at = ? AND id < ?))' : '';
  const rows = await run<Rows<ProductRow>>(
    pool,
    `SELECT id, name, description, category_code AS categoryCode, is_perishable AS isPerishable, season_from AS seasonFrom,
       season_to AS seasonTo, price_from_fen AS priceFromFen, listed_at AS listedAt, CAST(listed_at AS CHAR) AS cursorAt,
       merchant_id AS merchantId, origin_county_code AS originCountyCode
     FROM product WHERE state = 'ON_SALE'${beyond} ORDER BY listed_at DESC, id DESC LIMIT ?`,
    [...(key ? [key[1], key[1], key[2]] : []), first + 1],
  );
  const page = rows.slice(0, first);
  const ids = page.map((row) => row.id);
  const [variants, merchants] = await Promise.all([
    run<Rows<VariantRow>>(
      pool,
      `SELECT id, product_id AS productId, name, net_weight_g AS netWeightG, price_fen AS priceFen
       FROM product_variant WHERE product_id IN (?) AND state = 'ON_SALE' ORDER BY product_id, position`,
      [ids],
    ),
    run<Rows<{ id: string; name: string }>>(
      pool,
      'SELECT id, name, kind, county_code AS countyCode, township_code AS townshipCode, state FROM merchant WHERE id IN (?)',
      [[...new Set(page.map((row) => row.merchantId))]],
    ),
    learnCounties(page),
  ]);
  const now = new Date();
  const [stock, certificates] = await Promise.all([
    run<Rows<{ variantId: string; available: string }>>(
      pool,
      `SELECT l.variant_id AS variantId, SUM(l.on_hand - l.reserved) AS available
       FROM stock_level l JOIN stock_location p ON p.id = l.location_id
       WHERE l.variant_id IN (?) AND p.kind = 'WAREHOUSE' AND l.best_before_on >= ? GROUP BY l.variant_id`,
      [variants.map((variant) => variant.id), today()],
    ),
    run<Rows<{ productId: string }>>(
      pool,
      `SELECT id, product_id AS productId, scheme, catalogue_no AS catalogueNo, batch_no AS batchNo,
         linked_person_count AS linkedPersonCount, commodity_value_fen AS commodityValueFen,
         valid_from AS validFrom, valid_to AS validTo
       FROM certification
       WHERE product_id IN (?) AND valid_from <= ? AND valid_to > ? AND (revoked_at IS NULL OR revoked_at > ?)
       ORDER BY valid_from, id`,
      [ids, now, now, now],
    ),
  ]);
  const merchantById = new Map(merchants.map((merchant) => [merchant.id, merchant]));
  const available = new Map(stock.map((row) => [row.variantId, Number(row.available)]));
  const certified = new Set(certificates.map((row) => row.productId));
  const variantsOf = new Map<string, object[]>(ids.map((id) => [id, []]));
  for (const variant of variants) {
    const { id, name, netWeightG, priceFen } = variant;
    const pricePer500gFen = pricePer500g(priceFen, netWeightG);
    variantsOf
      .get(variant.productId)
      ?.push({ id, name, netWeightG, priceFen, pricePer500gFen, available: available.get(id) ?? 0 });
  }
  const nodes = page.map((row) => ({
    id: row.id,
    name: row.name,
    priceFromFen: row.priceFromFen,
    isCertified: certified.has(row.id),
    isPerishable: row.isPerishable === 1,
    merchant: merchantById.get(row.merchantId),
    originCounty: counties.get(row.originCountyCode),
    variants: variantsOf.get(row.id),
  }));
  const last = page.at(-1);
  const endCursor = last ? Buffer.from(JSON.stringify([last.cursorAt, last.id])).toString('base64url') : null;
  return { nodes, pageInfo: { hasNextPage: rows.length > first, endCursor } };
}

app.post<{ Body: ListBody }>(
  '/products',
  {
    schema: {
      body: object({
        variables: object({
          first: { type: 'integer', minimum: 1, maximum: 100 },
          after: { type: ['string', 'null'] },
        }),
      }),
      response: { 200: listSchema },
    },
  },
  async (request) => ({ data: { products: await products(request.body.variables) } }),
);

interface OrderBody {
  readonly variables: {
    readonly input: {
      readonly idempotencyKey: string;
      readonly lines: readonly { readonly variantId: string; readonly quantity: number }[];
      readonly recipient: {
        readonly name: string;
        readonly phone: string;
        readonly countyCode: string;
        readonly address: string;
      };
    };
  };
}

interface OfferRow {
  readonly id: string;
  readonly name: string;
  readonly netWeightG: number;
  readonly priceFen: string;
  readonly productId: string;
  readonly productName: string;
  readonly merchantId: string;
  readonly isPerishable: number;
  readonly isOnSale: number;
}

interface LevelRow {
  readonly id: string;
  readonly variantId: string;
  readonly batchId: string;
  readonly bestBeforeOn: string;
  readonly free: number;
}

interface BatchRow {
  readonly id: string;
  readonly originCountyCode: string;
  readonly linkageAgreementId: string | null;
}

function buyerOf(request: FastifyRequest): string {
  const { authorization } = request.headers;
  if (!authorization?.startsWith('Bearer ')) throw new Error('Sign in first.');
  return (verify(authorization.slice('Bearer '.length)) as { sub: string }).sub;
}

function insert(on: PoolConnection, table: string, row: Readonly<Record<string, Value>>): Promise<unknown> {
  const columns = Object.keys(row).join(', ');
  return run(on, `INSERT INTO ${table} (${columns}) VALUES ?`, [[Object.values(row)]]);
}

function connect(): Promise<PoolConnection> {
  return new Promise((resolve, reject) => {
    pool.getConnection((error, connection) => (error ? reject(error) : resolve(connection)));
  });
}

/** One line, as the bench orders; what cannot be had fails, because the bench never asks for it. */
async function place(
  buyerId: string,
  { idempotencyKey, lines, recipient }: OrderBody['variables']['input'],
): Promise<string> {
  const content = [lines, recipient.name, recipient.phone, recipient.countyCode, recipient.address, null];
  const requestHash = createHash('sha256').update(JSON.stringify(content)).digest();
  const [earlier] = await run<Rows<{ id: string; requestHash: Buffer }>>(
    pool,
    'SELECT id, request_hash AS requestHash FROM customer_order WHERE buyer_id = ? AND idempotency_key = ?',
    [buyerId, idempotencyKey],
  );
  if (earlier) return earlier.id;
  const [line] = lines;
  const [offer] = await run<Rows<OfferRow>>(
    pool,
    `SELECT v.id, v.name, v.net_weight_g AS netWeightG, v.price_fen AS priceFen, p.id AS productId,
       p.name AS productName, p.merchant_id AS merchantId, p.is_perishable AS isPerishable,
       (v.state = 'ON_SALE' AND p.state = 'ON_SALE') AS isOnSale
     FROM product_variant v JOIN product p ON p.id = v.product_id WHERE v.id IN (?)`,
    [[line?.variantId]],
  );
  if (!line || offer?.isOnSale !== 1) throw new Error('not on sale');
  const [merchant] = await run<Rows<{ state: string; countyCode: string }>>(
    pool,
    'SELECT id, name, kind, county_code AS countyCode, township_code AS townshipCode, state FROM merchant WHERE id IN (?)',
    [[offer.merchantId]],
  );
  if (merchant?.state !== 'ACTIVE') throw new Error('not on sale');
  const goodsFen = BigInt(offer.priceFen) * BigInt(line.quantity);
  const freightFen = goodsFen >= 9_900n ? 0n : 800n;
  const placedAt = new Date();
  const connection = await connect();
  try {
    await run(connection, 'START TRANSACTION');
    const levels = await run<Rows<LevelRow>>(
      connection,
      `SELECT l.id, l.variant_id AS variantId, l.batch_id AS batchId, l.best_before_on AS bestBeforeOn,
         l.on_hand - l.reserved AS free FROM stock_level l JOIN stock_location p ON p.id = l.location_id
       WHERE l.variant_id IN (?) AND p.kind = 'WAREHOUSE' AND l.best_before_on >= ? AND l.on_hand > l.reserved`,
      [[line.variantId], today()],
    );
    const level = levels
      .toSorted((a, b) => (a.bestBeforeOn < b.bestBeforeOn ? -1 : 1))
      .find((row) => row.free >= line.quantity);
    if (!level) throw new Error('sold out');
    const [batch] = await run<Rows<BatchRow>>(
      connection,
      `SELECT id, product_id AS productId, trace_code AS traceCode, origin_county_code AS originCountyCode,
         origin_village_code AS originVillageCode, linkage_agreement_id AS linkageAgreementId,
         harvested_on AS harvestedOn, best_before_on AS bestBeforeOn FROM product_batch WHERE id IN (?)`,
      [[level.batchId]],
    );
    if (!batch) throw new Error('no batch');
    const [orderId, partId, lineId] = [`ord_${ulid()}`, `mor_${ulid()}`, `oln_${ulid()}`];
    await insert(connection, 'customer_order', {
      id: orderId,
      buyer_id: buyerId,
      idempotency_key: idempotencyKey,
      request_hash: requestHash,
      state: 'PLACED',
      goods_fen: goodsFen,
      freight_fen: freightFen,
      total_fen: goodsFen + freightFen,
      recipient_name: recipient.name,
      recipient_phone: recipient.phone,
      recipient_county_code: recipient.countyCode,
      recipient_address: recipient.address,
      placed_at: placedAt,
      expires_at: new Date(placedAt.getTime() + 900_000),
      paid_at: null,
      cancelled_at: null,
      cancel_reason: null,
    });
    await insert(connection, 'merchant_order', {
      id: partId,
      order_id: orderId,
      merchant_id: offer.merchantId,
      state: 'UNPAID',
      goods_fen: goodsFen,
      freight_fen: freightFen,
      placed_at: placedAt,
      paid_at: null,
      shipped_at: null,
      received_at: null,
      received_by: null,
      auto_receipt_at: null,
      release_due_at: null,
      completed_at: null,
    });
    await insert(connection, 'order_line', {
      id: lineId,
      order_id: orderId,
      merchant_order_id: partId,
      merchant_id: offer.merchantId,
      product_id: offer.productId,
      variant_id: offer.id,
      batch_id: batch.id,
      product_name: offer.productName,
      variant_name: offer.name,
      quantity: line.quantity,
      unit_price_fen: BigInt(offer.priceFen),
      goods_fen: goodsFen,
      subsidy_fen: 0n,
      net_weight_g: offer.netWeightG * line.quantity,
      is_perishable: offer.isPerishable,
      origin_county_code: batch.originCountyCode,
      seller_county_code: merchant.countyCode,
      channel_kind: 'ONLINE',
      channel_point_id: '',
      sale_county_code: recipient.countyCode,
      consumption_county_code: recipient.countyCode,
      buyer_kind: 'CONSUMER',
      unit_id: '',
      campaign_code: '',
      linkage_agreement_id: batch.linkageAgreementId,
      certification_id: null,
    });
    const payload = JSON.stringify({ orderId, buyerId });
    await insert(connection, 'outbox', {
      id: `evt_${ulid()}`,
      name: 'order.placed',
      payload,
      trace_id: `req_${ulid()}`,
      occurred_at: placedAt,
    });
    await insert(connection, 'stock_reservation', {
      id: `rsv_${ulid()}`,
      order_id: orderId,
      order_line_id: lineId,
      stock_level_id: level.id,
      quantity: line.quantity,
      state: 'HELD',
      created_at: placedAt,
    });
    const taken = await run<{ affectedRows: number }>(
      connection,
      'UPDATE stock_level SET reserved = reserved + ? WHERE id = ? AND on_hand - reserved >= ?',
      [line.quantity, level.id, line.quantity],
    );
    if (taken.affectedRows !== 1) throw new Error('sold out');
    await run(connection, 'COMMIT');
    return orderId;
  } catch (error) {
    await run(connection, 'ROLLBACK');
    throw error;
  } finally {
    connection.release();
  }
}

const recipientSchema = {
  type: 'object',
  required: ['name', 'phone', 'countyCode', 'address'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 60 },
    phone: { type: 'string', pattern: '^\\+?\\d[\\d-]{6,18}$' },
    countyCode: { type: 'string', pattern: '^\\d{6}$' },
    address: { type: 'string', minLength: 1, maxLength: 200 },
  },
};
const lineSchema = {
  type: 'object',
  required: ['variantId', 'quantity'],
  properties: { variantId: text, quantity: { type: 'integer', minimum: 1, maximum: 999 } },
};
const inputSchema = {
  type: 'object',
  required: ['idempotencyKey', 'lines', 'recipient'],
  properties: {
    idempotencyKey: { type: 'string', pattern: '^[\\w:.-]{8,80}$' },
    lines: { type: 'array', minItems: 1, maxItems: 50, items: lineSchema },
    recipient: recipientSchema,
  },
};
const placedSchema = object({
  data: object({
    orderPlace: object({
      __typename: text,
      order: object({ id: text, state: text, totalFen: text, expiresAt: text }),
    }),
  }),
});

app.post<{ Body: OrderBody }>(
  '/orders',
  {
    schema: { body: object({ variables: object({ input: inputSchema }) }), response: { 200: placedSchema } },
  },
  async (request) => {
    const buyerId = buyerOf(request);
    const orderId = await place(buyerId, request.body.variables.input);
    const [order] = await run<Rows<{ id: string; state: string; totalFen: string; expiresAt: Date }>>(
      pool,
      `SELECT id, buyer_id AS buyerId, state, goods_fen AS goodsFen, freight_fen AS freightFen, total_fen AS totalFen,
         recipient_name AS recipientName, recipient_phone AS recipientPhone,
         recipient_county_code AS recipientCountyCode, recipient_address AS recipientAddress, placed_at AS placedAt,
         expires_at AS expiresAt, paid_at AS paidAt, cancelled_at AS cancelledAt, cancel_reason AS cancelReason,
         CAST(placed_at AS CHAR) AS cursorAt FROM customer_order WHERE id = ? AND buyer_id = ?`,
      [orderId, buyerId],
    );
    if (!order) throw new Error('the order is gone');
    return {
      data: {
        orderPlace: {
          __typename: 'OrderPlacePayload',
          order: { ...order, expiresAt: order.expiresAt.toISOString() },
        },
      },
    };
  },
);

app.get('/health/ready', async () => ({ status: 'up' }));

await app.listen({ host: '127.0.0.1', port: Number(env('BASELINE_PORT')) });
process.once('SIGTERM', () => {
  app.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
