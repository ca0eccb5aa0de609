import { Injectable } from '@nestjs/common';
import { Clock, type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue, type Tx } from '#platform/database';
import type { AdoptionObject, AdoptionOffer, AdoptionOfferInstalment } from './adoption-offer.entity.js';

export type AdoptionOfferRow = Omit<Pick<AdoptionOffer, keyof AdoptionOffer>, 'openVariantId'>;
export type AdoptionScheduleRow = Pick<AdoptionOfferInstalment, keyof AdoptionOfferInstalment>;
export type AdoptionObjectRow = Pick<AdoptionObject, keyof AdoptionObject>;

const SELECT = `SELECT o.id, o.merchant_id AS merchantId, o.product_id AS productId, o.variant_id AS variantId,
  o.batch_id AS batchId, o.object_kind AS objectKind, o.story, o.portions, o.portion_g AS portionG, o.first_on AS firstOn,
  o.last_on AS lastOn, o.orders_open_at AS ordersOpenAt, o.orders_close_at AS ordersCloseAt, o.state,
  o.opened_by AS openedBy, o.created_at AS createdAt, o.closed_at AS closedAt FROM adoption_offer o`;
const OBJECT = `SELECT b.id, b.offer_id AS offerId, b.tag, b.place, b.photo_id AS photoId, b.state, b.portions, b.reserved,
  b.shipped FROM adoption_object b`;
const TAKES_ORDERS = "o.state = 'OPEN' AND o.orders_open_at <= ? AND o.orders_close_at > ?";
/** Its variant is on sale: what a seller has taken off is shown to nobody, though its adoption is open still. */
const IS_PACKED_SO =
  "EXISTS (SELECT 1 FROM product_variant v WHERE v.id = o.variant_id AND v.state = 'ON_SALE')";

/** Columns in a page's sort key, for `pageRequest`. */
export const ADOPTION_OFFER_KEY_PARTS = 1;
export const ADOPTION_OBJECT_KEY_PARTS = 1;

@Injectable()
export class AdoptionOfferReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  byIds(ids: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<AdoptionOfferRow[]> {
    return ids.length === 0
      ? Promise.resolve([])
      : on.query<AdoptionOfferRow>(`${SELECT} WHERE o.id IN (?)`, [ids]);
  }

  /** Null for offers of other merchants, as if they did not exist. */
  async byIdForMerchants(id: string, merchantIds: readonly string[]): Promise<AdoptionOfferRow | null> {
    if (merchantIds.length === 0) return null;
    const [row] = await this.database.query<AdoptionOfferRow>(
      `${SELECT} WHERE o.id = ? AND o.merchant_id IN (?)`,
      [id, merchantIds],
    );
    return row ?? null;
  }

  /** Newest first: ids sort by time. */
  pageForMerchant(merchantId: string, request: PageRequest): Promise<Page<AdoptionOfferRow>> {
    return this.page('o.merchant_id = ?', [merchantId], request);
  }

  /** What takes orders now, the newest first. */
  pageOpen(request: PageRequest): Promise<Page<AdoptionOfferRow>> {
    const now = this.clock.now();
    // Nothing of a seller who may not sell, nor packed as it is sold no more.
    const isOnSale = "EXISTS (SELECT 1 FROM product p WHERE p.id = o.product_id AND p.state = 'ON_SALE')";
    return this.page(`${TAKES_ORDERS} AND ${isOnSale} AND ${IS_PACKED_SO}`, [now, now], request);
  }

  /** Of these products, what takes orders now or will. */
  async aheadOf(productIds: readonly string[]): Promise<AdoptionOfferRow[]> {
    if (productIds.length === 0) return [];
    return this.database.query<AdoptionOfferRow>(
      `${SELECT} WHERE o.product_id IN (?) AND o.state = 'OPEN' AND o.orders_close_at > ? AND ${IS_PACKED_SO} ORDER BY o.first_on, o.id`,
      [productIds, this.clock.now()],
    );
  }

  /** In order; at most as many as an offer may have. */
  scheduleOf(
    offerIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<AdoptionScheduleRow[]> {
    return offerIds.length === 0
      ? Promise.resolve([])
      : on.query<AdoptionScheduleRow>(
          `SELECT offer_id AS offerId, number, portions, first_on AS firstOn, last_on AS lastOn
           FROM adoption_offer_instalment WHERE offer_id IN (?) ORDER BY offer_id, number`,
          [offerIds],
        );
  }

  /** By offer, how many objects nobody has adopted, and how many there are; withdrawn ones left out. */
  async countsOf(
    offerIds: readonly string[],
  ): Promise<{ readonly offerId: string; readonly free: number; readonly all: number }[]> {
    if (offerIds.length === 0) return [];
    const rows = await this.database.query<{ offerId: string; free: string; all: string }>(
      `SELECT offer_id AS offerId, SUM(state = 'STANDING' AND reserved = 0 AND shipped = 0) AS free, COUNT(*) AS \`all\`
       FROM adoption_object WHERE offer_id IN (?) AND state <> 'WITHDRAWN' GROUP BY offer_id`,
      [offerIds],
    );
    return rows.map(({ offerId, free, all }) => ({ offerId, free: Number(free), all: Number(all) }));
  }

  /** Whether nobody has adopted any of these objects of an offer, at this moment. */
  async areFree(offerId: string, objectIds: readonly string[]): Promise<boolean> {
    const [row] = await this.database.query<{ count: string }>(
      `SELECT COUNT(*) AS count FROM adoption_object
       WHERE offer_id = ? AND id IN (?) AND state = 'STANDING' AND reserved = 0 AND shipped = 0`,
      [offerId, objectIds],
    );
    return Number(row?.count) === objectIds.length;
  }

  objectsByIds(ids: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<AdoptionObjectRow[]> {
    return ids.length === 0
      ? Promise.resolve([])
      : on.query<AdoptionObjectRow>(`${OBJECT} WHERE b.id IN (?)`, [ids]);
  }

  /** In the order in which they were named; what was withdrawn is its merchant's to see. The caller has checked whose offer it is. */
  async objectsOf(
    offerId: string,
    { first, after }: PageRequest,
    { isFree = false, isShop = true } = {},
  ): Promise<Page<AdoptionObjectRow>> {
    const free = isFree ? " AND b.state = 'STANDING' AND b.reserved = 0 AND b.shipped = 0" : '';
    const shown = isShop ? " AND b.state <> 'WITHDRAWN'" : '';
    const rows = await this.database.query<AdoptionObjectRow>(
      `${OBJECT} WHERE b.offer_id = ? AND b.id > ?${free}${shown} ORDER BY b.id LIMIT ?`,
      [offerId, after?.[0] ?? '', first + 1],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Whether an object of an offer shows this photo: then it is anybody's. */
  async showsPhoto(offerId: string, photoId: string): Promise<boolean> {
    const rows = await this.database.query(
      "SELECT 1 FROM adoption_object WHERE offer_id = ? AND photo_id = ? AND state <> 'WITHDRAWN' LIMIT 1",
      [offerId, photoId],
    );
    return rows.length > 0;
  }

  private async page(
    where: string,
    values: readonly SqlValue[],
    { first, after }: PageRequest,
  ): Promise<Page<AdoptionOfferRow>> {
    const beyond = after?.[0] === undefined ? '' : ' AND o.id < ?';
    const rows = await this.database.query<AdoptionOfferRow>(
      `${SELECT} WHERE ${where}${beyond} ORDER BY o.id DESC LIMIT ?`,
      [...values, ...(after?.[0] === undefined ? [] : [after[0]]), first + 1],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }
}
