import { createHash } from 'node:crypto';
import { createVerifier } from 'fast-jwt';
import Fastify from 'fastify';
import {
  createPool,
  type Pool,
  type PoolConnection,
  type ResultSetHeader,
  type RowDataPacket,
} from 'mysql2/promise';
import { monotonicFactory } from 'ulid';

/**
 * What a good engineer would write by hand for one question: Fastify with response schemas (fast-json-stringify) and mysql2, the same
 * statements, the same answer. No GraphQL, no framework, no ORM.
 */

const page = {
  type: 'object',
  properties: {
    data: {
      type: 'object',
      properties: {
        products: {
          type: 'object',
          properties: {
            nodes: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  id: { type: 'string' },
                  name: { type: 'string' },
                  priceFromFen: { type: 'string' },
                  isPerishable: { type: 'boolean' },
                  merchant: {
                    type: 'object',
                    properties: { id: { type: 'string' }, name: { type: 'string' } },
                  },
                  originCounty: {
                    type: 'object',
                    properties: { code: { type: 'string' }, name: { type: 'string' } },
                  },
                  variants: {
                    type: 'array',
                    items: {
                      type: 'object',
                      properties: {
                        id: { type: 'string' },
                        name: { type: 'string' },
                        netWeightG: { type: 'integer' },
                        priceFen: { type: 'string' },
                        pricePer500gFen: { type: 'string' },
                      },
                    },
                  },
                },
              },
            },
            pageInfo: {
              type: 'object',
              properties: { hasNextPage: { type: 'boolean' }, endCursor: { type: ['string', 'null'] } },
            },
          },
        },
      },
    },
  },
} as const;

interface ProductRow extends RowDataPacket {
  id: string;
  name: string;
  priceFromFen: string;
  isPerishable: number;
  merchantId: string;
  originCountyCode: string;
  cursorAt: string;
}

interface VariantRow extends RowDataPacket {
  id: string;
  productId: string;
  name: string;
  netWeightG: number;
  priceFen: string;
}

interface NamedRow extends RowDataPacket {
  id: string;
  name: string;
}

const counties = new Map<string, { code: string; name: string }>();

async function learnCounty(pool: Pool, code: string): Promise<void> {
  if (counties.has(code)) return;
  const [rows] = await pool.query<NamedRow[]>('SELECT code AS id, name FROM division WHERE code = ?', [code]);
  const [row] = rows;
  if (row) counties.set(code, { code, name: row.name });
}

async function products(pool: Pool, first: number): Promise<object> {
  const [rows] = await pool.query<ProductRow[]>(
    `SELECT id, name, description, category_code AS categoryCode, is_perishable AS isPerishable, season_from AS seasonFrom,
       season_to AS seasonTo, price_from_fen AS priceFromFen, listed_at AS listedAt, CAST(listed_at AS CHAR) AS cursorAt,
       merchant_id AS merchantId, origin_county_code AS originCountyCode
     FROM product WHERE state = 'ON_SALE' ORDER BY listed_at DESC, id DESC LIMIT ?`,
    [first + 1],
  );
  const nodes = rows.slice(0, first);
  const [[variants], [merchants]] = await Promise.all([
    pool.query<VariantRow[]>(
      `SELECT id, product_id AS productId, name, net_weight_g AS netWeightG, price_fen AS priceFen FROM product_variant
       WHERE product_id IN (?) AND state = 'ON_SALE' ORDER BY product_id, position`,
      [nodes.map((row) => row.id)],
    ),
    pool.query<NamedRow[]>(
      `SELECT id, name, kind, county_code AS countyCode, township_code AS townshipCode, state FROM merchant WHERE id IN (?)`,
      [[...new Set(nodes.map((row) => row.merchantId))]],
    ),
    ...[...new Set(nodes.map((row) => row.originCountyCode))].map((code) => learnCounty(pool, code)),
  ]);
  const merchantById = new Map(merchants.map((row) => [row.id, row]));
  const variantsOf = new Map<string, object[]>();
  for (const row of variants) {
    const weight = BigInt(row.netWeightG);
    const perHalfKilo = (BigInt(row.priceFen) * 1_000n + weight) / (2n * weight);
    const list = variantsOf.get(row.productId) ?? [];
    list.push({ ...row, pricePer500gFen: String(perHalfKilo) });
    variantsOf.set(row.productId, list);
  }
  const last = nodes.at(-1);
  const endCursor = last ? Buffer.from(JSON.stringify([last.cursorAt, last.id])).toString('base64url') : null;
  return {
    data: {
      products: {
        nodes: nodes.map((row) => ({
          id: row.id,
          name: row.name,
          priceFromFen: row.priceFromFen,
          isPerishable: row.isPerishable === 1,
          merchant: merchantById.get(row.merchantId),
          originCounty: counties.get(row.originCountyCode),
          variants: variantsOf.get(row.id) ?? [],
        })),
        pageInfo: { hasNextPage: rows.length > first, endCursor },
      },
    },
  };
}

const placed = {
  type: 'object',
  properties: {
    data: {
      type: 'object',
      properties: {
        orderPlace: {
          type: 'object',
          properties: {
            order: { type: 'object', properties: { id: { type: 'string' }, totalFen: { type: 'string' } } },
          },
        },
      },
    },
  },
} as const;

interface OrderBody {
  variables: {
    input: {
      idempotencyKey: string;
      lines: [{ variantId: string; quantity: number }];
      recipient: { name: string; phone: string; countyCode: string; address: string };
    };
  };
}

interface OfferRow extends RowDataPacket {
  id: string;
  name: string;
  netWeightG: number;
  priceFen: string;
  productId: string;
  productName: string;
  merchantId: string;
  isPerishable: number;
  isOnSale: number;
}

interface LevelRow extends RowDataPacket {
  id: string;
  batchId: string;
  free: number;
}

interface BatchRow extends RowDataPacket {
  id: string;
  originCountyCode: string;
  linkageAgreementId: string | null;
}

const ulid = monotonicFactory();
const verify = createVerifier({ key: process.env['AUTH_SECRET'] ?? '', algorithms: ['HS256'], cache: 5_000 });

/** One variant, one batch: the statements of an order placement, one after the other, durable at COMMIT. */
async function place(pool: Pool, buyerId: string, { input }: OrderBody['variables']): Promise<object> {
  const [wanted] = input.lines;
  const requestHash = createHash('sha256').update(JSON.stringify(input)).digest();
  const [earlier] = await pool.query<RowDataPacket[]>(
    'SELECT id, request_hash AS requestHash FROM customer_order WHERE buyer_id = ? AND idempotency_key = ?',
    [buyerId, input.idempotencyKey],
  );
  if (earlier.length > 0) throw new Error('the load sends every key once');
  const [[variant]] = await pool.query<OfferRow[]>(
    `SELECT v.id, v.name, v.net_weight_g AS netWeightG, v.price_fen AS priceFen, p.id AS productId,
       p.name AS productName, p.merchant_id AS merchantId, p.is_perishable AS isPerishable,
       (v.state = 'ON_SALE' AND p.state = 'ON_SALE') AS isOnSale
     FROM product_variant v JOIN product p ON p.id = v.product_id WHERE v.id IN (?)`,
    [[wanted.variantId]],
  );
  const [[merchant]] = await pool.query<NamedRow[]>(
    'SELECT id, name, kind, county_code AS countyCode, township_code AS townshipCode, state FROM merchant WHERE id IN (?)',
    [[variant?.merchantId]],
  );
  if (!variant || variant.isOnSale !== 1 || merchant?.['state'] !== 'ACTIVE') throw new Error('not on sale');
  const goodsFen = BigInt(variant.priceFen) * BigInt(wanted.quantity);
  const freightFen = goodsFen >= 9_900n ? 0n : 800n;
  const totalFen = goodsFen + freightFen;
  const now = new Date();
  const [orderId, partId, lineId] = [`ord_${ulid()}`, `mor_${ulid()}`, `oln_${ulid()}`];

  const connection = await pool.getConnection();
  try {
    await connection.query('START TRANSACTION');
    const [[level]] = await connection.query<LevelRow[]>(
      `SELECT l.id, l.variant_id AS variantId, l.batch_id AS batchId, l.best_before_on AS bestBeforeOn,
         l.on_hand - l.reserved AS free FROM stock_level l JOIN stock_location p ON p.id = l.location_id
       WHERE l.variant_id IN (?) AND p.kind = 'WAREHOUSE' AND l.best_before_on >= ? AND l.on_hand > l.reserved`,
      [[variant.id], now.toISOString().slice(0, 10)],
    );
    if (!level || level.free < wanted.quantity) throw new Error('sold out');
    const [[batch]] = await connection.query<BatchRow[]>(
      `SELECT id, product_id AS productId, trace_code AS traceCode, origin_county_code AS originCountyCode,
         origin_village_code AS originVillageCode, linkage_agreement_id AS linkageAgreementId,
         harvested_on AS harvestedOn, best_before_on AS bestBeforeOn FROM product_batch WHERE id IN (?)`,
      [[level.batchId]],
    );
    const { recipient } = input;
    await insert(connection, 'customer_order', {
      id: orderId,
      buyer_id: buyerId,
      idempotency_key: input.idempotencyKey,
      request_hash: requestHash,
      state: 'PLACED',
      goods_fen: goodsFen,
      freight_fen: freightFen,
      total_fen: totalFen,
      recipient_name: recipient.name,
      recipient_phone: recipient.phone,
      recipient_county_code: recipient.countyCode,
      recipient_address: recipient.address,
      placed_at: now,
      expires_at: new Date(now.getTime() + 900_000),
      paid_at: null,
      cancelled_at: null,
      cancel_reason: null,
    });
    await insert(connection, 'merchant_order', {
      id: partId,
      order_id: orderId,
      merchant_id: variant.merchantId,
      state: 'UNPAID',
      goods_fen: goodsFen,
      freight_fen: freightFen,
      placed_at: now,
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
      merchant_id: variant.merchantId,
      product_id: variant.productId,
      variant_id: variant.id,
      batch_id: level.batchId,
      product_name: variant.productName,
      variant_name: variant.name,
      quantity: wanted.quantity,
      unit_price_fen: BigInt(variant.priceFen),
      goods_fen: goodsFen,
      net_weight_g: variant.netWeightG * wanted.quantity,
      is_perishable: variant.isPerishable,
      origin_county_code: batch?.originCountyCode,
      channel_kind: 'ONLINE',
      channel_point_id: '',
      sale_county_code: recipient.countyCode,
      buyer_kind: 'CONSUMER',
      linkage_agreement_id: batch?.linkageAgreementId,
      certification_id: null,
    });
    await insert(connection, 'outbox', {
      id: `evt_${ulid()}`,
      name: 'order.placed',
      payload: JSON.stringify({ orderId, buyerId }),
      trace_id: null,
      occurred_at: now,
    });
    await insert(connection, 'stock_reservation', {
      id: `rsv_${ulid()}`,
      order_id: orderId,
      order_line_id: lineId,
      stock_level_id: level.id,
      quantity: wanted.quantity,
      state: 'HELD',
      created_at: now,
    });
    const [taken] = await connection.query<ResultSetHeader>(
      'UPDATE stock_level SET reserved = reserved + ? WHERE id = ? AND on_hand - reserved >= ?',
      [wanted.quantity, level.id, wanted.quantity],
    );
    if (taken.affectedRows !== 1) throw new Error('sold out');
    await connection.query('COMMIT');
  } catch (error) {
    await connection.query('ROLLBACK');
    throw error;
  } finally {
    connection.release();
  }
  return { data: { orderPlace: { order: { id: orderId, totalFen: String(totalFen) } } } };
}

async function insert(
  connection: PoolConnection,
  table: string,
  row: Record<string, unknown>,
): Promise<void> {
  await connection.query(`INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (?)`, [
    Object.values(row),
  ]);
}

const pool = createPool({
  uri: process.env['DATABASE_URL'] ?? '',
  connectionLimit: Number(process.env['DATABASE_POOL_SIZE']),
  supportBigNumbers: true,
  bigNumberStrings: true,
  timezone: 'Z',
  dateStrings: ['DATE'],
  trace: false,
});

const app = Fastify();
app.get('/health/ready', async () => ({ status: 'up' }));
app.post<{ Body: { variables: { first: number } } }>(
  '/products',
  { schema: { response: { 200: page } } },
  (request) => products(pool, request.body.variables.first),
);
app.post<{ Body: OrderBody }>('/orders', { schema: { response: { 200: placed } } }, (request) => {
  const claims = verify((request.headers.authorization ?? '').slice('Bearer '.length)) as { sub: string };
  return place(pool, claims.sub, request.body.variables);
});
await app.listen({ host: '127.0.0.1', port: Number(process.env['BASELINE_PORT']) });
process.once('SIGTERM', () => {
  void app
    .close()
    .then(() => pool.end())
    .then(() => process.exit(0));
});
