import { Injectable } from '@nestjs/common';
import { type FenText, type IdOf, fen, type Page, type PageRequest, pageOf, present } from '#libs/kernel';
import { isBySeller } from '#libs/promotion';
import { Database, type SqlValue, type Tx } from '#platform/database';
import type { CancelReason, Order, OrderId, OrderState, PaymentTerm } from './order.entity.js';
import type { OrderLineFunding } from './order-line-funding.entity.js';
import type { BuyerKind, OrderLineId, SaleChannelKind } from './order-line.entity.js';
import type { MerchantOrderId } from './merchant-order.entity.js';
import type { BillingTitle, Recipient } from './order.rules.js';

export interface OrderRow {
  readonly id: OrderId;
  readonly buyerId: IdOf<'usr'>;
  readonly state: OrderState;
  readonly goodsFen: FenText;
  /** What others than the buyer pay of the goods. */
  readonly subsidyFen: FenText;
  readonly freightFen: FenText;
  readonly totalFen: FenText;
  readonly recipient: Recipient;
  /** '' for a consumer. */
  readonly unitId: string;
  /** '' outside campaigns. */
  readonly campaignCode: string;
  readonly paymentTerm: PaymentTerm;
  /** From the day of signing; null unless it is bought on account. */
  readonly daysToPay: number | null;
  readonly placedAt: Date;
  readonly expiresAt: Date;
  /** Of the total, what is paid when it is ordered; 0 where all of it is. */
  readonly depositFen: FenText;
  /** Null until it has been paid, and where there is none. */
  readonly depositPaidAt: Date | null;
  /** Until when the rest is paid; null where there is none. */
  readonly balanceDueAt: Date | null;
  readonly signedAt: Date | null;
  readonly paidAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly cancelReason: CancelReason | null;
}

export interface OrderLineRow {
  readonly id: OrderLineId;
  readonly orderId: OrderId;
  readonly merchantOrderId: MerchantOrderId;
  readonly merchantId: IdOf<'mer'>;
  readonly productId: IdOf<'prd'>;
  readonly variantId: IdOf<'var'>;
  readonly batchId: IdOf<'bat'>;
  readonly productName: string;
  readonly variantName: string;
  readonly quantity: number;
  readonly unitPriceFen: FenText;
  /** What the merchant is paid for. */
  readonly goodsFen: FenText;
  /** What the merchant has taken off. */
  readonly discountFen: FenText;
  /** What somebody else pays of it. */
  readonly subsidyFen: FenText;
  /** Of the whole line. */
  readonly netWeightG: number;
  readonly isPerishable: boolean;
  readonly originCountyCode: string;
  /** '' on lines older than the column. */
  readonly sellerCountyCode: string;
  readonly channelKind: SaleChannelKind;
  /** '' for the online shop itself. */
  readonly channelPointId: string;
  readonly saleCountyCode: string;
  readonly consumptionCountyCode: string;
  readonly buyerKind: BuyerKind;
  /** '' for a consumer. */
  readonly unitId: string;
  /** '' outside campaigns. */
  readonly campaignCode: string;
  readonly linkageAgreementId: string | null;
  /** Null until paid, and when no certificate was valid then. */
  readonly certificationId: string | null;
  /** As it was promised when it was ordered; null on older lines. */
  readonly promisedOn: string | null;
}

export type LineFundingRow = Pick<OrderLineFunding, keyof OrderLineFunding>;

interface RawOrder extends Omit<OrderRow, 'recipient'> {
  readonly recipientName: string;
  readonly recipientPhone: string;
  readonly recipientCountyCode: string;
  readonly recipientAddress: string;
  readonly cursorAt: string;
  readonly dueCursorAt: string;
}

type RawLine = Omit<OrderLineRow, 'isPerishable'> & { readonly isPerishable: number };

/** Columns in a page's sort key, for `pageRequest`. */
export const ORDER_KEY_PARTS = 2;

// The cursor keeps microseconds, which a Date would lose.
const SELECT_ORDER = `SELECT id, buyer_id AS buyerId, state, goods_fen AS goodsFen, subsidy_fen AS subsidyFen, freight_fen AS freightFen,
  total_fen AS totalFen, recipient_name AS recipientName, recipient_phone AS recipientPhone,
  recipient_county_code AS recipientCountyCode, recipient_address AS recipientAddress, unit_id AS unitId,
  campaign_code AS campaignCode, payment_term AS paymentTerm, days_to_pay AS daysToPay, signed_at AS signedAt,
  placed_at AS placedAt,
  expires_at AS expiresAt, deposit_fen AS depositFen, deposit_paid_at AS depositPaidAt, balance_due_at AS balanceDueAt, paid_at AS paidAt, cancelled_at AS cancelledAt, cancel_reason AS cancelReason,
  CAST(placed_at AS CHAR) AS cursorAt, CAST(expires_at AS CHAR) AS dueCursorAt FROM customer_order`;

const SELECT_LINE = `SELECT id, order_id AS orderId, merchant_order_id AS merchantOrderId, merchant_id AS merchantId,
  product_id AS productId, variant_id AS variantId, batch_id AS batchId, product_name AS productName,
  variant_name AS variantName, quantity, unit_price_fen AS unitPriceFen, goods_fen AS goodsFen,
  discount_fen AS discountFen, subsidy_fen AS subsidyFen, seller_county_code AS sellerCountyCode,
  consumption_county_code AS consumptionCountyCode, unit_id AS unitId, campaign_code AS campaignCode,
  net_weight_g AS netWeightG, is_perishable AS isPerishable, origin_county_code AS originCountyCode,
  channel_kind AS channelKind, channel_point_id AS channelPointId, sale_county_code AS saleCountyCode,
  buyer_kind AS buyerKind, linkage_agreement_id AS linkageAgreementId, certification_id AS certificationId, promised_on AS promisedOn
  FROM order_line`;

type RecipientColumns = 'recipientName' | 'recipientPhone' | 'recipientCountyCode' | 'recipientAddress';

function recipientOf(row: Pick<RawOrder, RecipientColumns>): Recipient {
  return {
    name: row.recipientName,
    phone: row.recipientPhone,
    countyCode: row.recipientCountyCode,
    address: row.recipientAddress,
  };
}

/** What would be found of an order that has just been written: nobody has to look. */
export function justPlaced(order: Pick<Order, keyof Order>): OrderRow {
  const { goodsFen, subsidyFen, freightFen, totalFen, depositFen } = order;
  return complete({
    ...order,
    goodsFen: String(goodsFen),
    subsidyFen: String(subsidyFen),
    freightFen: String(freightFen),
    totalFen: String(totalFen),
    depositFen: String(depositFen),
  });
}

function complete(row: Omit<RawOrder, 'cursorAt' | 'dueCursorAt'>): OrderRow {
  const { id, buyerId, state, goodsFen, subsidyFen, freightFen, totalFen, unitId, campaignCode } = row;
  const { paymentTerm, daysToPay, placedAt, expiresAt, signedAt, paidAt, cancelledAt, cancelReason } = row;
  const { depositFen, depositPaidAt, balanceDueAt } = row;
  return {
    id,
    buyerId,
    state,
    goodsFen,
    subsidyFen,
    freightFen,
    totalFen,
    recipient: recipientOf(row),
    unitId,
    campaignCode,
    paymentTerm,
    daysToPay,
    placedAt,
    expiresAt,
    depositFen,
    depositPaidAt,
    balanceDueAt,
    signedAt,
    paidAt,
    cancelledAt,
    cancelReason,
  };
}

/** Methods that consumers use take their transaction as `on`: a second connection from the same pool could be waited for for ever. */
@Injectable()
export class OrderReader {
  constructor(private readonly database: Database) {}

  async byId(orderId: string, on: Pick<Tx, 'query'> = this.database): Promise<OrderRow | null> {
    const [row] = await on.query<RawOrder>(`${SELECT_ORDER} WHERE id = ?`, [orderId]);
    return row ? complete(row) : null;
  }

  /** What somebody has placed under a key; null where it has placed nothing. */
  async idByKey(buyerId: string, idempotencyKey: string): Promise<OrderId | null> {
    const [row] = await this.database.query<{ id: OrderId }>(
      'SELECT id FROM customer_order WHERE buyer_id = ? AND idempotency_key = ?',
      [buyerId, idempotencyKey],
    );
    return row?.id ?? null;
  }

  /** In any order; what is not there is left out. */
  async byIds(orderIds: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<OrderRow[]> {
    if (orderIds.length === 0) return [];
    const rows = await on.query<RawOrder>(`${SELECT_ORDER} WHERE id IN (?)`, [orderIds]);
    return rows.map((row) => complete(row));
  }

  /** In the order of their ids, which is that of time; from `after` on, exclusive. */
  async after(orderId: string, limit: number): Promise<OrderRow[]> {
    const rows = await this.database.query<RawOrder>(`${SELECT_ORDER} WHERE id > ? ORDER BY id LIMIT ?`, [
      orderId,
      limit,
    ]);
    return rows.map((row) => complete(row));
  }

  /** Null for orders of others, as if they did not exist. */
  async byIdForBuyer(orderId: string, buyerId: string): Promise<OrderRow | null> {
    const [row] = await this.database.query<RawOrder>(`${SELECT_ORDER} WHERE id = ? AND buyer_id = ?`, [
      orderId,
      buyerId,
    ]);
    return row ? complete(row) : null;
  }

  /** Of these, those that are the buyer's. */
  async ownOf(orderIds: readonly string[], buyerId: string): Promise<OrderId[]> {
    if (orderIds.length === 0) return [];
    const rows = await this.database.query<{ id: OrderId }>(
      'SELECT id FROM customer_order WHERE id IN (?) AND buyer_id = ?',
      [orderIds, buyerId],
    );
    return rows.map(({ id }) => id);
  }

  /** Newest first. */
  async pageForBuyer(buyerId: string, { first, after }: PageRequest): Promise<Page<OrderRow>> {
    const values: SqlValue[] = [buyerId];
    let beyond = '';
    if (after) {
      const [placedAt, id] = [present(after[0], 'an instant'), present(after[1], 'an id')];
      beyond = ' AND (placed_at < ? OR (placed_at = ? AND id < ?))';
      values.push(placedAt, placedAt, id);
    }
    const rows = await this.database.query<RawOrder>(
      `${SELECT_ORDER} WHERE buyer_id = ?${beyond} ORDER BY placed_at DESC, id DESC LIMIT ?`,
      [...values, first + 1],
    );
    const { nodes, pageInfo } = pageOf(rows, first, (row) => [row.cursorAt, row.id]);
    return { nodes: nodes.map((row) => complete(row)), pageInfo };
  }

  /** Of the given units, placed by others and not overdue yet: what has to be signed soonest first. */
  async pageToSign(
    { unitIds, signerId, now }: { unitIds: readonly string[]; signerId: string; now: Date },
    { first, after }: PageRequest,
  ): Promise<Page<OrderRow>> {
    if (unitIds.length === 0) return pageOf<OrderRow>([], first, () => []);
    const values: SqlValue[] = [unitIds, signerId, now];
    let beyond = '';
    if (after) {
      const [expiresAt, id] = [present(after[0], 'an instant'), present(after[1], 'an id')];
      beyond = ' AND (expires_at > ? OR (expires_at = ? AND id > ?))';
      values.push(expiresAt, expiresAt, id);
    }
    const rows = await this.database.query<RawOrder>(
      `${SELECT_ORDER} WHERE unit_id IN (?) AND state = 'PLACED' AND payment_term = 'ON_ACCOUNT' AND buyer_id <> ?
         AND expires_at > ?${beyond} ORDER BY expires_at, id LIMIT ?`,
      [...values, first + 1],
    );
    const { nodes, pageInfo } = pageOf(rows, first, (row) => [row.dueCursorAt, row.id]);
    return { nodes: nodes.map((row) => complete(row)), pageInfo };
  }

  /** The title of the unit's book that the order was placed with; null where it was placed with none. */
  async billingTitleOf(orderId: string): Promise<BillingTitle | null> {
    const [row] = await this.database.query<BillingTitle>(
      'SELECT title, tax_no AS taxNumber FROM order_invoice_title WHERE order_id = ?',
      [orderId],
    );
    return row ?? null;
  }

  linesOfOrder(orderId: string, on: Pick<Tx, 'query'> = this.database): Promise<OrderLineRow[]> {
    return this.lines('order_id', [orderId], on);
  }

  linesOfOrders(orderIds: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<OrderLineRow[]> {
    return this.lines('order_id', orderIds, on);
  }

  linesOfMerchantOrder(
    merchantOrderId: string,
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<OrderLineRow[]> {
    return this.lines('merchant_order_id', [merchantOrderId], on);
  }

  /** For lists: the lines of many merchant orders in one statement. */
  linesOfMerchantOrders(merchantOrderIds: readonly string[]): Promise<OrderLineRow[]> {
    return this.lines('merchant_order_id', merchantOrderIds, this.database);
  }

  /** What is not there is left out; the caller checks whose orders they are of. */
  linesByIds(ids: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<OrderLineRow[]> {
    return this.lines('id', ids, on);
  }

  /** Who pays what of these orders' lines besides the buyer, what the sellers take off included. */
  async fundingsOfOrders(
    orderIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<LineFundingRow[]> {
    if (orderIds.length === 0) return [];
    const rows = await on.query<Omit<LineFundingRow, 'amountFen'> & { readonly amount: FenText }>(
      `SELECT order_id AS orderId, order_line_id AS orderLineId, promotion_id AS promotionId, coupon_id AS couponId, kind, name,
         funder, amount_fen AS amount FROM order_line_funding WHERE order_id IN (?)
       ORDER BY order_line_id, promotion_id, coupon_id`,
      [orderIds],
    );
    return rows.map(({ amount, ...row }) => ({ ...row, amountFen: fen(amount) }));
  }

  /** Of these, what the sellers do not take off themselves. */
  async subsidiesOfOrder(orderId: string, on: Pick<Tx, 'query'> = this.database): Promise<LineFundingRow[]> {
    return (await this.fundingsOfOrders([orderId], on)).filter(({ kind }) => !isBySeller(kind));
  }

  /** In the order in which they were drafted. */
  private async lines(
    column: 'id' | 'order_id' | 'merchant_order_id',
    ids: readonly string[],
    on: Pick<Tx, 'query'>,
  ): Promise<OrderLineRow[]> {
    if (ids.length === 0) return [];
    const rows = await on.query<RawLine>(`${SELECT_LINE} WHERE ${column} IN (?) ORDER BY id`, [ids]);
    return rows.map((row) => ({ ...row, isPerishable: row.isPerishable === 1 }));
  }
}
