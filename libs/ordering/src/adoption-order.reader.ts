import { Injectable } from '@nestjs/common';
import { type IdOf, type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue, type Tx } from '#platform/database';
import type { Adoption, AdoptionInstalment } from './adoption-order.entity.js';
import type { MerchantOrderId, MerchantOrderState } from './merchant-order.entity.js';
import type { OrderState } from './order.entity.js';

/** With what becomes of it: an adoption lasts as long as its order does. */
export interface AdoptionRow extends Pick<Adoption, keyof Adoption> {
  readonly buyerId: IdOf<'usr'>;
  readonly orderState: OrderState;
  readonly merchantOrderId: MerchantOrderId;
  readonly partState: MerchantOrderState;
}

export interface AdoptionInstalmentRow extends Pick<AdoptionInstalment, keyof AdoptionInstalment> {
  readonly merchantOrderId: MerchantOrderId;
  /** Portions, as they were ordered. */
  readonly quantity: number;
  /** As it was promised first. */
  readonly firstPromisedOn: string | null;
}

// An order of adoptions has one part, because an offer has one merchant.
const SELECT = `SELECT a.id, a.order_id AS orderId, a.offer_id AS offerId, a.object_id AS objectId, a.adopted_at AS adoptedAt,
  o.buyer_id AS buyerId, o.state AS orderState, m.id AS merchantOrderId, m.state AS partState
  FROM adoption a JOIN customer_order o ON o.id = a.order_id JOIN merchant_order m ON m.order_id = a.order_id`;
const INSTALMENT = `SELECT i.order_line_id AS orderLineId, i.adoption_id AS adoptionId, i.order_id AS orderId, i.offer_id AS offerId,
  i.number, i.season, i.promised_on AS promisedOn, i.delay_reason AS delayReason, i.watch_on AS watchOn,
  l.merchant_order_id AS merchantOrderId, l.quantity, l.promised_on AS firstPromisedOn
  FROM adoption_instalment i JOIN order_line l ON l.id = i.order_line_id`;

/** Columns in a page's sort key, for `pageRequest`. */
export const ADOPTION_KEY_PARTS = 1;

/** What orders have adopted. */
@Injectable()
export class AdoptionOrderReader {
  constructor(private readonly database: Database) {}

  /** The latest first. */
  pageForBuyer(buyerId: string, request: PageRequest): Promise<Page<AdoptionRow>> {
    return this.page('o.buyer_id = ?', [buyerId], request);
  }

  /** Null for adoptions of others. */
  async byIdForBuyer(id: string, buyerId: string): Promise<AdoptionRow | null> {
    const [row] = await this.database.query<AdoptionRow>(`${SELECT} WHERE a.id = ? AND o.buyer_id = ?`, [
      id,
      buyerId,
    ]);
    return row ?? null;
  }

  /** Of an offer of one of these merchants what is paid for, the latest first. */
  pageForMerchants(
    merchantIds: readonly string[],
    offerId: string,
    request: PageRequest,
  ): Promise<Page<AdoptionRow>> {
    if (merchantIds.length === 0) return Promise.resolve(pageOf<AdoptionRow>([], request.first, () => []));
    const where = "a.offer_id = ? AND m.merchant_id IN (?) AND o.state = 'PAID'";
    return this.page(where, [offerId, merchantIds], request);
  }

  byIds(ids: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<AdoptionRow[]> {
    return ids.length === 0
      ? Promise.resolve([])
      : on.query<AdoptionRow>(`${SELECT} WHERE a.id IN (?)`, [ids]);
  }

  ofOrders(orderIds: readonly string[]): Promise<AdoptionRow[]> {
    return orderIds.length === 0
      ? Promise.resolve([])
      : this.database.query<AdoptionRow>(`${SELECT} WHERE a.order_id IN (?) ORDER BY a.id`, [orderIds]);
  }

  /** Of objects, by whom they are adopted now; some may still have to pay. In the order of their orders' ids. */
  standingOf(objectIds: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<AdoptionRow[]> {
    return objectIds.length === 0
      ? Promise.resolve([])
      : on.query<AdoptionRow>(
          `${SELECT} WHERE a.object_id IN (?) AND o.state IN ('PLACED', 'PAID') ORDER BY a.order_id, a.id`,
          [objectIds],
        );
  }

  /** All that somebody has ever adopted, and the lines of it. */
  async everOf(tx: Tx, buyerId: string): Promise<{ readonly id: string; readonly orderLineId: string }[]> {
    return tx.query(
      `SELECT i.adoption_id AS id, i.order_line_id AS orderLineId FROM adoption_instalment i
       JOIN customer_order o ON o.id = i.order_id WHERE o.buyer_id = ?`,
      [buyerId],
    );
  }

  /** In the order of their days. The caller has checked whose they are. */
  instalmentsOf(
    adoptionIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<AdoptionInstalmentRow[]> {
    return adoptionIds.length === 0
      ? Promise.resolve([])
      : on.query<AdoptionInstalmentRow>(
          `${INSTALMENT} WHERE i.adoption_id IN (?) ORDER BY i.adoption_id, i.number`,
          [adoptionIds],
        );
  }

  /** The instalments that these lines are; other lines are left out. */
  instalmentsByLine(
    orderLineIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<AdoptionInstalmentRow[]> {
    return orderLineIds.length === 0
      ? Promise.resolve([])
      : on.query<AdoptionInstalmentRow>(
          `${INSTALMENT} WHERE i.order_line_id IN (?) ORDER BY i.order_line_id`,
          [orderLineIds],
        );
  }

  private async page(
    where: string,
    values: readonly SqlValue[],
    { first, after }: PageRequest,
  ): Promise<Page<AdoptionRow>> {
    const beyond = after?.[0] === undefined ? '' : ' AND a.id < ?';
    const rows = await this.database.query<AdoptionRow>(
      `${SELECT} WHERE ${where}${beyond} ORDER BY a.id DESC LIMIT ?`,
      [...values, ...(after?.[0] === undefined ? [] : [after[0]]), first + 1],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }
}
