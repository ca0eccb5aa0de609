import Fastify from 'fastify';
import { createPool, type Pool, type RowDataPacket } from 'mysql2/promise';

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
await app.listen({ host: '127.0.0.1', port: Number(process.env['BASELINE_PORT']) });
process.once('SIGTERM', () => {
  void app
    .close()
    .then(() => pool.end())
    .then(() => process.exit(0));
});
