import { Injectable } from '@nestjs/common';
import { type FenText, type IdOf, type Page, type PageRequest, pageOf, present } from '#libs/kernel';
import { Database, type SqlValue, type Tx } from '#platform/database';
import type { Handover, MerchantOrderId, MerchantOrderState, ReceivedBy } from './merchant-order.entity.js';
import type { OrderLineCallOff } from './order-line-call-off.entity.js';
import type { OrderId, PaymentTerm } from './order.entity.js';
import type { Recipient } from './order.rules.js';

export interface MerchantOrderRow {
  readonly id: MerchantOrderId;
  readonly orderId: OrderId;
  readonly merchantId: IdOf<'mer'>;
  readonly buyerId: IdOf<'usr'>;
  readonly state: MerchantOrderState;
  readonly handover: Handover;
  /** Of the whole order, like the days that its unit has to pay from the day of signing. */
  readonly paymentTerm: PaymentTerm;
  readonly daysToPay: number | null;
  readonly goodsFen: FenText;
  readonly freightFen: FenText;
  /** Where the parcel goes, or the place where it is picked up and by whom. */
  readonly recipient: Recipient;
  readonly placedAt: Date;
  /** By when what has not left of it leaves. */
  readonly dueOn: string;
  readonly paidAt: Date | null;
  readonly shippedAt: Date | null;
  readonly receivedAt: Date | null;
  readonly receivedBy: ReceivedBy | null;
  readonly autoReceiptAt: Date | null;
  /** The end of the last after-sale window; known once all of it is received. */
  readonly releaseDueAt: Date | null;
  readonly completedAt: Date | null;
}

interface Raw extends Omit<MerchantOrderRow, 'recipient'> {
  readonly recipientName: string;
  readonly recipientPhone: string;
  readonly recipientCountyCode: string;
  readonly recipientAddress: string;
  readonly cursorAt: string;
}

/** Units of a line that will not be sent. */
export type CallOffRow = Pick<OrderLineCallOff, keyof OrderLineCallOff>;

export interface MerchantOrderFilter {
  readonly state: MerchantOrderState | null;
  readonly orderId: string | null;
}

/** A part that is paid and waits to be put into a cell. */
export interface ExpectedAtPlaceRow {
  readonly merchantOrderId: MerchantOrderId;
  readonly merchantId: IdOf<'mer'>;
  readonly pickUpPointId: IdOf<'chp'>;
  readonly paidAt: Date | null;
  /** When the last of it was promised to be ready; null where no day was. */
  readonly promisedOn: string | null;
  readonly weightG: number;
  readonly hasPerishables: boolean;
}

/** Columns in the sort key of a page of them, for `pageRequest`. */
export const EXPECTED_KEY_PARTS = 2;

/** What nobody has promised stands behind what somebody has. */
const NO_DAY = '9999-12-31';

/** Columns in a page's sort key, for `pageRequest`. */
export const MERCHANT_ORDER_KEY_PARTS = 2;

// The cursor keeps microseconds, which a Date would lose.
const SELECT = `SELECT m.id, m.order_id AS orderId, m.merchant_id AS merchantId, o.buyer_id AS buyerId, m.state,
  m.handover, o.payment_term AS paymentTerm, o.days_to_pay AS daysToPay, m.goods_fen AS goodsFen, m.freight_fen AS freightFen, m.placed_at AS placedAt, m.due_on AS dueOn, m.paid_at AS paidAt,
  m.shipped_at AS shippedAt, m.received_at AS receivedAt, m.received_by AS receivedBy,
  m.auto_receipt_at AS autoReceiptAt, m.release_due_at AS releaseDueAt, m.completed_at AS completedAt,
  o.recipient_name AS recipientName, o.recipient_phone AS recipientPhone,
  o.recipient_county_code AS recipientCountyCode, o.recipient_address AS recipientAddress,
  CAST(m.placed_at AS CHAR) AS cursorAt
  FROM merchant_order m JOIN customer_order o ON o.id = m.order_id`;

function complete(row: Raw): MerchantOrderRow {
  const { recipientName, recipientPhone, recipientCountyCode, recipientAddress, cursorAt: _, ...rest } = row;
  const recipient = {
    name: recipientName,
    phone: recipientPhone,
    countyCode: recipientCountyCode,
    address: recipientAddress,
  };
  return { ...rest, recipient };
}

@Injectable()
export class MerchantOrderReader {
  constructor(private readonly database: Database) {}

  /** How many parts of a merchant are paid and have not all left, and how many others are not over. */
  async openCountsOf(merchantId: string): Promise<{ readonly toShip: number; readonly open: number }> {
    const rows = await this.database.query<{ state: MerchantOrderState; count: number }>(
      `SELECT state, COUNT(*) AS count FROM merchant_order
       WHERE merchant_id = ? AND state IN ('UNPAID', 'TO_SHIP', 'PARTLY_SHIPPED', 'SHIPPED', 'RECEIVED') GROUP BY state`,
      [merchantId],
    );
    const isToShip = (state: MerchantOrderState) => state === 'TO_SHIP' || state === 'PARTLY_SHIPPED';
    const sum = (ofThem: boolean) =>
      rows.reduce((all, { state, count }) => all + (isToShip(state) === ofThem ? Number(count) : 0), 0);
    return { toShip: sum(true), open: sum(false) };
  }

  async byId(id: string, on: Pick<Tx, 'query'> = this.database): Promise<MerchantOrderRow | null> {
    const [row] = await on.query<Raw>(`${SELECT} WHERE m.id = ?`, [id]);
    return row ? complete(row) : null;
  }

  /** In any order. */
  async byIds(ids: readonly string[]): Promise<MerchantOrderRow[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.query<Raw>(`${SELECT} WHERE m.id IN (?)`, [ids]);
    return rows.map(complete);
  }

  /** When the next after-sale window of a merchant's parcels ends; null while none is open. */
  async nextReleaseOf(merchantId: string): Promise<Date | null> {
    const [row] = await this.database.query<{ at: Date | null }>(
      "SELECT MIN(release_due_at) AS at FROM merchant_order WHERE merchant_id = ? AND state = 'RECEIVED'",
      [merchantId],
    );
    return row?.at ?? null;
  }

  /** The same of these parts of orders. */
  async nextReleaseAmong(ids: readonly string[]): Promise<Date | null> {
    if (ids.length === 0) return null;
    const [row] = await this.database.query<{ at: Date | null }>(
      "SELECT MIN(release_due_at) AS at FROM merchant_order WHERE id IN (?) AND state = 'RECEIVED'",
      [ids],
    );
    return row?.at ?? null;
  }

  /** Null for the orders of other merchants, as if they did not exist. */
  async byIdForMerchants(id: string, merchantIds: readonly string[]): Promise<MerchantOrderRow | null> {
    if (merchantIds.length === 0) return null;
    const [row] = await this.database.query<Raw>(`${SELECT} WHERE m.id = ? AND m.merchant_id IN (?)`, [
      id,
      merchantIds,
    ]);
    return row ? complete(row) : null;
  }

  async byIdForBuyer(id: string, buyerId: string): Promise<MerchantOrderRow | null> {
    const [row] = await this.database.query<Raw>(`${SELECT} WHERE m.id = ? AND o.buyer_id = ?`, [
      id,
      buyerId,
    ]);
    return row ? complete(row) : null;
  }

  /** In the order in which they were drafted. */
  async ofOrders(
    orderIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<MerchantOrderRow[]> {
    if (orderIds.length === 0) return [];
    const rows = await on.query<Raw>(`${SELECT} WHERE m.order_id IN (?) ORDER BY m.id`, [orderIds]);
    return rows.map(complete);
  }

  /** Of each merchant order what was called off, at most a row for each of its lines; the caller has checked whose they are. */
  async callOffsOf(
    merchantOrderIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<CallOffRow[]> {
    if (merchantOrderIds.length === 0) return [];
    return on.query<CallOffRow>(
      `SELECT order_line_id AS orderLineId, order_id AS orderId, merchant_order_id AS merchantOrderId, quantity,
         called_off_by AS calledOffBy, called_off_at AS calledOffAt FROM order_line_call_off
       WHERE merchant_order_id IN (?) ORDER BY order_line_id`,
      [merchantOrderIds],
    );
  }

  /** What waits to be brought to these places, in the order of its promised days. Looks at what waits there, and at no other orders. */
  async expectedAt(
    channelPointIds: readonly string[],
    { first, after }: PageRequest,
  ): Promise<Page<ExpectedAtPlaceRow>> {
    if (channelPointIds.length === 0) return pageOf<ExpectedAtPlaceRow>([], first, () => []);
    const [dueOn, id] = after ? [present(after[0], 'a day'), present(after[1], 'an id')] : ['', ''];
    const rows = await this.database.query<
      Omit<ExpectedAtPlaceRow, 'promisedOn' | 'weightG' | 'hasPerishables'> & {
        readonly dueOn: string;
        readonly weightG: string;
        readonly perishables: string | number;
      }
    >(
      `SELECT * FROM (
         SELECT m.id AS merchantOrderId, m.merchant_id AS merchantId, m.pick_up_point_id AS pickUpPointId, m.paid_at AS paidAt,
           COALESCE(MAX(l.promised_on), DATE '${NO_DAY}') AS dueOn, SUM(l.net_weight_g) AS weightG, MAX(l.is_perishable) AS perishables
         FROM merchant_order m JOIN order_line l ON l.merchant_order_id = m.id
         WHERE m.pick_up_point_id IN (?) AND m.state = 'TO_SHIP'
         GROUP BY m.id, m.merchant_id, m.pick_up_point_id, m.paid_at) e
       ${after ? 'WHERE e.dueOn > ? OR (e.dueOn = ? AND e.merchantOrderId > ?)' : ''} ORDER BY e.dueOn, e.merchantOrderId LIMIT ?`,
      [channelPointIds, ...(after ? [dueOn, dueOn, id] : []), first + 1],
    );
    const page = pageOf(rows, first, (row) => [row.dueOn, row.merchantOrderId]);
    return {
      pageInfo: page.pageInfo,
      nodes: page.nodes.map(({ dueOn: day, weightG, perishables, ...row }) => ({
        ...row,
        promisedOn: day === NO_DAY ? null : day,
        weightG: Number(weightG),
        hasPerishables: Boolean(Number(perishables)),
      })),
    };
  }

  /** Newest first. */
  async pageForMerchants(
    merchantIds: readonly string[],
    { state, orderId }: MerchantOrderFilter,
    { first, after }: PageRequest,
  ): Promise<Page<MerchantOrderRow>> {
    if (merchantIds.length === 0) return pageOf<MerchantOrderRow>([], first, () => []);
    const where = ['m.merchant_id IN (?)'];
    const values: SqlValue[] = [merchantIds];
    if (state) {
      where.push('m.state = ?');
      values.push(state);
    }
    if (orderId) {
      where.push('m.order_id = ?');
      values.push(orderId);
    }
    if (after) {
      const [placedAt, id] = [present(after[0], 'an instant'), present(after[1], 'an id')];
      where.push('(m.placed_at < ? OR (m.placed_at = ? AND m.id < ?))');
      values.push(placedAt, placedAt, id);
    }
    // Keys first, from an index that has all of them: read together with the rest, MariaDB begins at the top and passes over every row before the page.
    const rows = await this.database.query<Raw>(
      `${SELECT} JOIN (SELECT m.id FROM merchant_order m WHERE ${where.join(' AND ')} ORDER BY m.placed_at DESC, m.id DESC LIMIT ?) page
       ON page.id = m.id ORDER BY m.placed_at DESC, m.id DESC`,
      [...values, first + 1],
    );
    const { nodes, pageInfo } = pageOf(rows, first, (row) => [row.cursorAt, row.id]);
    return { nodes: nodes.map(complete), pageInfo };
  }
}
