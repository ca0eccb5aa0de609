import { Injectable } from '@nestjs/common';
import { Clock, type IdOf, type Page, type PageRequest, businessDay, pageOf } from '#libs/kernel';
import { Database, Gathered, type Tx } from '#platform/database';
import type { AdoptionOfferId } from './adoption-offer.entity.js';
import { AdoptionOfferReader, type AdoptionScheduleRow } from './adoption-offer.reader.js';
import type { Presale, PresaleDay, PresaleId } from './presale.entity.js';

export type PresaleRow = Pick<Presale, keyof Presale>;
export type PresaleDayRow = Pick<PresaleDay, keyof PresaleDay>;

/** What a buyer is told of a presale that takes orders for a variant. */
export interface PresaleTerms extends Pick<
  Presale,
  | 'id'
  | 'merchantId'
  | 'productId'
  | 'batchId'
  | 'firstOn'
  | 'lastOn'
  | 'ordersOpenAt'
  | 'ordersCloseAt'
  | 'payment'
  | 'depositBps'
  | 'balanceDueOn'
> {
  /** Days after today that have room, the soonest first. */
  readonly days: readonly { readonly day: string; readonly freeG: number }[];
}

/** What a buyer is told of objects that can be adopted now. */
export interface AdoptionTerms {
  readonly id: AdoptionOfferId;
  readonly merchantId: IdOf<'mer'>;
  readonly batchId: IdOf<'bat'>;
  readonly instalments: readonly AdoptionScheduleRow[];
}

/** By variant, what is sold before it is harvested. A variant that can be adopted is sold by that alone. */
export interface SoldAhead {
  readonly presales: ReadonlyMap<string, PresaleTerms>;
  readonly adoptions: ReadonlyMap<string, AdoptionTerms>;
}

interface Ahead extends Omit<PresaleTerms, 'days'> {
  readonly variantId: string;
  /** Null of a presale. */
  readonly offerId: AdoptionOfferId | null;
}

interface FreeRow {
  readonly presaleId: PresaleId;
  readonly day: string;
  readonly freeG: number;
}

const TERMS = `p.id, p.merchant_id AS merchantId, p.product_id AS productId, p.batch_id AS batchId, p.first_on AS firstOn,
  p.last_on AS lastOn, p.orders_open_at AS ordersOpenAt, p.orders_close_at AS ordersCloseAt, p.payment,
  p.deposit_bps AS depositBps, p.balance_due_on AS balanceDueOn`;
const SELECT = `SELECT ${TERMS}, p.state, p.opened_by AS openedBy, p.created_at AS createdAt, p.closed_at AS closedAt FROM presale p`;

/** A moment at which a presale begins or ceases to take orders. */
export interface PresaleTurn {
  readonly presaleId: PresaleId;
  readonly at: Date;
  readonly variants: readonly string[];
}

/** More than begin and end within a minute. */
const TURNED_MAX = 500;
/** More than all the harvests of a city. */
const PRODUCTS_MAX = 2_000;

/** Columns in a page's sort key, for `pageRequest`. */
export const PRESALE_KEY_PARTS = 1;

@Injectable()
export class PresaleReader {
  /** Asked of whatever is sold, and true of little. */
  private readonly ahead = new Gathered(
    this.database,
    (variantIds) => this.takingOrders(variantIds, this.database),
    ({ variantId }) => variantId,
  );

  /** The same of products; of most there is none. */
  private readonly open = new Gathered(
    this.database,
    (productIds) =>
      this.database.query<Omit<PresaleTerms, 'days'>>(
        `SELECT ${TERMS} FROM presale p WHERE p.product_id IN (?) AND p.state = 'OPEN' AND p.orders_close_at > ?
         ORDER BY p.first_on, p.id`,
        [productIds, this.clock.now()],
      ),
    ({ productId }) => productId,
  );

  constructor(
    private readonly database: Database,
    private readonly adoptions: AdoptionOfferReader,
    private readonly clock: Clock,
  ) {}

  /**
   * Presales and adoptions that take orders for these variants now: what every order asks. One statement where there is none of them, and one more for
   * either that there is.
   */
  async soldAhead(variantIds: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<SoldAhead> {
    if (variantIds.length === 0) return { presales: new Map(), adoptions: new Map() };
    const rows = await (on === this.database ? this.ahead.of(variantIds) : this.takingOrders(variantIds, on));
    const presold = rows.filter(({ offerId }) => offerId === null);
    const free = await this.freeOf([...new Set(presold.map(({ id }) => id))], on);
    const adopted = rows.flatMap((row) => (row.offerId === null ? [] : [{ ...row, id: row.offerId }]));
    const schedule = await this.adoptions.scheduleOf(
      adopted.map(({ id }) => id),
      on,
    );
    return {
      presales: new Map(
        presold.map(({ variantId, offerId: _none, ...terms }) => [
          variantId,
          { ...terms, days: free.filter(({ presaleId }) => presaleId === terms.id) },
        ]),
      ),
      adoptions: new Map(
        adopted.map(({ variantId, id, merchantId, batchId }) => [
          variantId,
          { id, merchantId, batchId, instalments: schedule.filter(({ offerId }) => offerId === id) },
        ]),
      ),
    };
  }

  /** By variant, the presale that takes orders for it now. One statement where there is none, two where there are. */
  async openOf(
    variantIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<ReadonlyMap<string, PresaleTerms>> {
    if (variantIds.length === 0) return new Map();
    const now = this.clock.now();
    const rows = await on.query<Omit<PresaleTerms, 'days'> & { readonly variantId: string }>(
      `SELECT v.variant_id AS variantId, ${TERMS} FROM presale_variant v JOIN presale p ON p.id = v.presale_id
       WHERE v.open_variant_id IN (?) AND p.orders_open_at <= ? AND p.orders_close_at > ?`,
      [variantIds, now, now],
    );
    const free = await this.freeOf([...new Set(rows.map(({ id }) => id))], on);
    return new Map(
      rows.map(({ variantId, ...terms }) => [
        variantId,
        { ...terms, days: free.filter(({ presaleId }) => presaleId === terms.id) },
      ]),
    );
  }

  private takingOrders(variantIds: readonly string[], on: Pick<Tx, 'query'>): Promise<Ahead[]> {
    const now = this.clock.now();
    return on.query<Ahead>(
      `SELECT v.variant_id AS variantId, NULL AS offerId, ${TERMS} FROM presale_variant v JOIN presale p ON p.id = v.presale_id
       WHERE v.open_variant_id IN (?) AND p.orders_open_at <= ? AND p.orders_close_at > ?
       UNION ALL SELECT o.variant_id, o.id, o.id, o.merchant_id, o.product_id, o.batch_id, o.first_on, o.last_on, o.orders_open_at,
         o.orders_close_at, 'FULL', 0, NULL
       FROM adoption_offer o WHERE o.open_variant_id IN (?) AND o.orders_open_at <= ? AND o.orders_close_at > ?`,
      [variantIds, now, now, variantIds, now, now],
    );
  }

  /** Of these products, what takes orders now or will, the soonest harvest first; of each as many as it has variants. */
  async aheadOf(productIds: readonly string[]): Promise<PresaleTerms[]> {
    const rows = await this.open.of(productIds);
    const free = await this.freeOf(rows.map(({ id }) => id));
    return rows.map((terms) => ({ ...terms, days: free.filter(({ presaleId }) => presaleId === terms.id) }));
  }

  /** Products that one can order before they are harvested, now. */
  async openProductIds(): Promise<string[]> {
    const now = this.clock.now();
    const rows = await this.database.query<{ productId: string }>(
      `SELECT DISTINCT product_id AS productId FROM presale
       WHERE state = 'OPEN' AND orders_open_at <= ? AND orders_close_at > ? ORDER BY product_id LIMIT ?`,
      [now, now, PRODUCTS_MAX],
    );
    return rows.map(({ productId }) => productId);
  }

  /** Open presales that began or ceased to take orders after `from` and by `to`, with their variants; at most some, the rest in the next round. */
  async turnedBetween(from: Date, to: Date): Promise<PresaleTurn[]> {
    const rows = await this.database.query<{ presaleId: PresaleId; at: Date }>(
      `SELECT id AS presaleId, orders_open_at AS at FROM presale WHERE state = 'OPEN' AND orders_open_at > ? AND orders_open_at <= ?
       UNION ALL
       SELECT id, orders_close_at FROM presale WHERE state = 'OPEN' AND orders_close_at > ? AND orders_close_at <= ? LIMIT ?`,
      [from, to, from, to, TURNED_MAX],
    );
    if (rows.length === 0) return [];
    const variants = await this.variantsOf([...new Set(rows.map(({ presaleId }) => presaleId))]);
    return rows.map((row) => ({ ...row, variants: variants.get(row.presaleId) ?? [] }));
  }

  /** Variants by presale, in the order of their ids. */
  async variantsOf(presaleIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    if (presaleIds.length === 0) return new Map();
    const rows = await this.database.query<{ presaleId: string; variantId: string }>(
      `SELECT presale_id AS presaleId, variant_id AS variantId FROM presale_variant WHERE presale_id IN (?)
       ORDER BY presale_id, variant_id`,
      [presaleIds],
    );
    return new Map(
      presaleIds.map((id) => [
        id,
        rows.filter(({ presaleId }) => presaleId === id).map(({ variantId }) => variantId),
      ]),
    );
  }

  byIds(ids: readonly string[]): Promise<PresaleRow[]> {
    return ids.length === 0
      ? Promise.resolve([])
      : this.database.query<PresaleRow>(`${SELECT} WHERE p.id IN (?)`, [ids]);
  }

  /** Null for presales of other merchants, as if they did not exist. */
  async byIdForMerchants(id: string, merchantIds: readonly string[]): Promise<PresaleRow | null> {
    if (merchantIds.length === 0) return null;
    const [row] = await this.database.query<PresaleRow>(`${SELECT} WHERE p.id = ? AND p.merchant_id IN (?)`, [
      id,
      merchantIds,
    ]);
    return row ?? null;
  }

  /** Newest first: ids sort by time. Of every state where none is said. */
  async pageForMerchants(
    merchantIds: readonly string[],
    { first, after }: PageRequest,
    state: Presale['state'] | null,
  ): Promise<Page<PresaleRow>> {
    if (merchantIds.length === 0) return pageOf<PresaleRow>([], first, () => []);
    const beyond = after?.[0] === undefined ? '' : ' AND p.id < ?';
    const rows = await this.database.query<PresaleRow>(
      `${SELECT} WHERE p.merchant_id IN (?)${state === null ? '' : ' AND p.state = ?'}${beyond} ORDER BY p.id DESC LIMIT ?`,
      [
        merchantIds,
        ...(state === null ? [] : [state]),
        ...(after?.[0] === undefined ? [] : [after[0]]),
        first + 1,
      ],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Every day of these presales, in order; at most as many as a presale may have. */
  daysOf(presaleIds: readonly string[]): Promise<PresaleDayRow[]> {
    return presaleIds.length === 0
      ? Promise.resolve([])
      : this.database.query<PresaleDayRow>(
          `SELECT id, presale_id AS presaleId, day, announced_g AS announcedG, capacity_g AS capacityG, reserved_g AS reservedG, shipped_g AS shippedG
           FROM presale_day WHERE presale_id IN (?) ORDER BY day, id`,
          [presaleIds],
        );
  }

  private async freeOf(
    presaleIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<FreeRow[]> {
    if (presaleIds.length === 0) return [];
    const rows = await on.query<Omit<FreeRow, 'freeG'> & { readonly free: string }>(
      `SELECT presale_id AS presaleId, day, capacity_g - reserved_g - shipped_g AS free FROM presale_day
       WHERE presale_id IN (?) AND day > ? AND capacity_g > reserved_g + shipped_g ORDER BY day`,
      [presaleIds, businessDay(this.clock.now())],
    );
    return rows.map(({ free: room, ...row }) => ({ ...row, freeG: Number(room) }));
  }
}
