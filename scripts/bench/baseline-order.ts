import { createHash } from 'node:crypto';
import type { PoolConnection } from 'mysql2';
import {
  type Rows,
  type Value,
  app,
  buyerOf,
  object,
  pool,
  run,
  text,
  today,
  ulid,
} from './baseline-server.js';

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
  const templates = await run<Rows<object>>(
    pool,
    `SELECT id, version, free_from_fen AS freeFrom FROM freight_template t WHERE merchant_id IN (?)
       AND version = (SELECT MAX(l.version) FROM freight_template l WHERE l.merchant_id = t.merchant_id)`,
    [[offer.merchantId]],
  );
  const placedAt = new Date();
  const cuts = await run<Rows<object>>(
    pool,
    `SELECT id, benefit, amount_fen AS amountFen, percent_bps AS percentBps, threshold_fen AS thresholdFen FROM promotion
     WHERE merchant_id IN (?) AND kind = 'PRICE_CUT' AND state = 'PUBLISHED' AND valid_from <= ? AND valid_until > ? ORDER BY id`,
    [[offer.merchantId], placedAt, placedAt],
  );
  if (templates.length + cuts.length > 0) throw new Error('the bench sells at the plain price');
  const connection = await connect();
  try {
    await run(connection, 'START TRANSACTION');
    const limits = await run<Rows<object>>(
      connection,
      'SELECT order_max AS orderMax, person_max AS personMax FROM purchase_limit WHERE variant_id IN (?)',
      [[line.variantId]],
    );
    if (limits.length > 0) throw new Error('the bench sells without limits');
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
      subsidy_fen: 0n,
      freight_fen: freightFen,
      total_fen: goodsFen + freightFen,
      unit_id: '',
      campaign_code: '',
      payment_term: 'PREPAID',
      days_to_pay: null,
      signed_at: null,
      signed_by: null,
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
      handover: 'PARCEL',
      goods_fen: goodsFen,
      freight_fen: freightFen,
      placed_at: placedAt,
      due_on: placedAt,
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
      discount_fen: 0n,
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
