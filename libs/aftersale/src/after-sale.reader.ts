import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { type FenText, type IdOf, type Page, type PageRequest, pageOf, present } from '#libs/kernel';
import { Database, type SqlValue, type Tx } from '#platform/database';
import { SAME_PHOTO_BITS_MAX, isFeatureless } from '#platform/files';
import type {
  AfterSale,
  AfterSaleAct,
  AfterSaleId,
  AfterSaleKind,
  AfterSaleSide,
  AfterSaleState,
  PhotoSubject,
} from './after-sale.entity.js';
import { heldLines } from './after-sale.rules.js';

export interface AfterSaleRow extends Omit<
  AfterSale,
  'idempotencyKey' | 'requestHash' | 'openLineId' | 'askedFen' | 'grantedFen' | 'isWhole' | 'isFinal'
> {
  readonly askedFen: FenText;
  readonly grantedFen: FenText | null;
}

export interface AfterSaleStepRow {
  readonly afterSaleId: AfterSaleId;
  readonly act: AfterSaleAct;
  readonly side: AfterSaleSide;
  readonly state: AfterSaleState;
  readonly note: string;
  readonly at: Date;
}

export interface AfterSalePhotoRow {
  readonly afterSaleId: AfterSaleId;
  readonly id: IdOf<'fil'>;
  /** Under which each door shows it to whoever may see the case. */
  readonly path: string;
  readonly side: AfterSaleSide;
  readonly subject: PhotoSubject;
  readonly addedAt: Date;
}

/** A photo of one case that stands in another one as well, where it cannot be true of both. */
export interface ReusedPhoto {
  readonly afterSaleId: AfterSaleId;
  readonly photoId: string;
  readonly otherAfterSaleId: AfterSaleId;
}

/** Whose cases: those of a buyer, of merchants, or of a division. */
export type AfterSaleScope =
  | { readonly buyerId: string }
  | { readonly merchantIds: readonly string[] }
  | { readonly divisions: readonly string[] | 'ALL' };

export interface AfterSaleFilter {
  readonly states: readonly AfterSaleState[] | null;
  readonly kinds: readonly AfterSaleKind[] | null;
}

/** Columns in a page's sort key, for `pageRequest`. */
export const AFTER_SALE_KEY_PARTS = 1;

/** Of one person; whoever has more of them is no buyer. */
const OF_BUYER_MAX = 500;
/** More than the acts of any case: a photo at a time, and decisions that a provider undoes. */
const STEPS_MAX = 200;
/** Of all cases of a page; who looks at one photo that often has seen enough. */
const REUSED_MAX = 500;

const SELECT = `SELECT id, buyer_id AS buyerId, order_id AS orderId, merchant_order_id AS merchantOrderId,
  order_line_id AS orderLineId, merchant_id AS merchantId, product_id AS productId, variant_id AS variantId,
  product_name AS productName, variant_name AS variantName, county_code AS countyCode, kind, reason, state, quantity,
  bad_weight_g AS badWeightG, bad_share_bps AS badShareBps, asked_fen AS askedFen, granted_fen AS grantedFen,
  refund_id AS refundId, return_address AS returnAddress, return_carrier AS returnCarrier,
  return_tracking_no AS returnTrackingNo, due_at AS dueAt, opened_at AS openedAt, closed_at AS closedAt
  FROM after_sale`;

function within(scope: AfterSaleScope): { sql: string; values: SqlValue[] } {
  if ('buyerId' in scope) return { sql: 'buyer_id = ?', values: [scope.buyerId] };
  if ('divisions' in scope) return withinScope('county_code', scope.divisions);
  if (scope.merchantIds.length === 0) return { sql: 'FALSE', values: [] };
  return { sql: 'merchant_id IN (?)', values: [scope.merchantIds] };
}

@Injectable()
export class AfterSaleReader {
  constructor(private readonly database: Database) {}

  /** Null outside the scope, as if it did not exist. */
  async byId(id: string, scope: AfterSaleScope): Promise<AfterSaleRow | null> {
    const { sql, values } = within(scope);
    const [row] = await this.database.query<AfterSaleRow>(`${SELECT} WHERE id = ? AND ${sql}`, [
      id,
      ...values,
    ]);
    return row ?? null;
  }

  /** Newest first; the console's queue is read the other way round. */
  async page(
    scope: AfterSaleScope,
    { states, kinds }: AfterSaleFilter,
    { first, after }: PageRequest,
    order: 'NEWEST' | 'OLDEST' = 'NEWEST',
  ): Promise<Page<AfterSaleRow>> {
    const { sql, values } = within(scope);
    const where = [sql];
    for (const [column, words] of [
      ['state', states],
      ['kind', kinds],
    ] as const) {
      if (words === null) continue;
      where.push(words.length > 0 ? `${column} IN (?)` : 'FALSE');
      if (words.length > 0) values.push(words);
    }
    if (after) {
      where.push(order === 'NEWEST' ? 'id < ?' : 'id > ?');
      values.push(present(after[0], 'an id'));
    }
    const rows = await this.database.query<AfterSaleRow>(
      `${SELECT} WHERE ${where.join(' AND ')} ORDER BY id ${order === 'NEWEST' ? 'DESC' : 'ASC'} LIMIT ?`,
      [...values, first + 1],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** The first one first: at most a few of each line; the caller has checked whose lines they are. */
  async ofLines(orderLineIds: readonly string[]): Promise<AfterSaleRow[]> {
    if (orderLineIds.length === 0) return [];
    return this.database.query<AfterSaleRow>(`${SELECT} WHERE order_line_id IN (?) ORDER BY id`, [
      orderLineIds,
    ]);
  }

  /** What holds money of a parcel at this moment: for whoever is about to release it. */
  async openOf(
    merchantOrderId: string,
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<{ caseRef: AfterSaleId; orderId: string; lineIds: string[] }[]> {
    const rows = await on.query<AfterSaleRow>(
      `${SELECT} WHERE merchant_order_id = ? AND closed_at IS NULL ORDER BY id`,
      [merchantOrderId],
    );
    return rows.map((row) => ({ caseRef: row.id, orderId: row.orderId, lineIds: heldLines(row) }));
  }

  /** Not closed, the first one first. */
  async openOfBuyer(buyerId: string, limit: number): Promise<AfterSaleId[]> {
    const rows = await this.database.query<{ id: AfterSaleId }>(
      'SELECT id FROM after_sale WHERE buyer_id = ? AND closed_at IS NULL ORDER BY id LIMIT ?',
      [buyerId, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** How many cases about a merchant's goods are not closed. */
  async openCountOf(merchantId: string): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      'SELECT COUNT(*) AS count FROM after_sale WHERE merchant_id = ? AND closed_at IS NULL',
      [merchantId],
    );
    return Number(row?.count ?? 0);
  }

  /** The latest that somebody has opened, closed ones included. */
  ofBuyer(buyerId: string): Promise<AfterSaleRow[]> {
    return this.database.query<AfterSaleRow>(`${SELECT} WHERE buyer_id = ? ORDER BY id DESC LIMIT ?`, [
      buyerId,
      OF_BUYER_MAX,
    ]);
  }

  /** What happened to cases, in order. */
  async stepsOf(ids: readonly string[]): Promise<AfterSaleStepRow[]> {
    if (ids.length === 0) return [];
    return this.database.query<AfterSaleStepRow>(
      `SELECT after_sale_id AS afterSaleId, act, side, state, note, at FROM after_sale_step
       WHERE after_sale_id IN (?) ORDER BY id LIMIT ?`,
      [ids, ids.length * STEPS_MAX],
    );
  }

  /** The buyer's first, each side's in the order in which they were brought. */
  async photosOf(ids: readonly string[]): Promise<AfterSalePhotoRow[]> {
    if (ids.length === 0) return [];
    return this.database.query<AfterSalePhotoRow>(
      `SELECT after_sale_id AS afterSaleId, photo_id AS id, CONCAT('/after-sales/', after_sale_id, '/photos/', photo_id) AS path,
         side, subject, added_at AS addedAt FROM after_sale_photo
       WHERE after_sale_id IN (?) ORDER BY after_sale_id, side, photo_id`,
      [ids],
    );
  }

  /** Whether the photo belongs to a case in the scope: its division, for whoever notes that it was seen. */
  async photoWithin(
    id: string,
    photoId: string,
    scope: AfterSaleScope,
  ): Promise<{ readonly photoId: string; readonly countyCode: string } | null> {
    const { sql, values } = within(scope);
    const [row] = await this.database.query<{ photoId: string; countyCode: string }>(
      `SELECT p.photo_id AS photoId, a.county_code AS countyCode FROM after_sale_photo p
       JOIN (SELECT id, county_code FROM after_sale WHERE id = ? AND ${sql}) a ON a.id = p.after_sale_id
       WHERE p.photo_id = ?`,
      [id, ...values, photoId],
    );
    return row ?? null;
  }

  /**
   * Photos of these cases that stand in cases about other orders too, word for word or nearly so; and those of a scale that stand in one about another
   * line of the same order, because the same fruit is weighed once. Whatever differs in at most three bits has one of four pieces in common, by which an
   * index finds it.
   */
  async reusedPhotosOf(
    ids: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<ReusedPhoto[]> {
    if (ids.length === 0) return [];
    const bits = (side: string) => `CAST(CONV(${side}.fingerprint, 16, 10) AS UNSIGNED)`;
    const line = (side: string) => `(SELECT order_line_id FROM after_sale WHERE id = ${side}.after_sale_id)`;
    const by = (band: string) =>
      `SELECT mine.after_sale_id AS afterSaleId, mine.photo_id AS photoId, mine.fingerprint,
         other.after_sale_id AS otherAfterSaleId
       FROM after_sale_photo mine JOIN after_sale_photo other ON other.${band} = mine.${band}
       WHERE mine.after_sale_id IN (?)
         AND (other.order_id <> mine.order_id OR (mine.subject = 'SCALE' AND other.subject = 'SCALE' AND ${line('other')} <> ${line('mine')}))
         AND BIT_COUNT(${bits('mine')} ^ ${bits('other')}) <= ${SAME_PHOTO_BITS_MAX}`;
    const bands = ['band_a', 'band_b', 'band_c', 'band_d'];
    const rows = await on.query<ReusedPhoto & { readonly fingerprint: string }>(
      `${bands.map(by).join(' UNION ')} LIMIT ?`,
      [...bands.map(() => ids), REUSED_MAX],
    );
    return rows.filter(({ fingerprint }) => !isFeatureless(fingerprint));
  }

  /** How many fresh claims of a buyer have been paid since. */
  async freshClaimsGranted(buyerId: string, since: Date, on: Pick<Tx, 'query'>): Promise<number> {
    const [row] = await on.query<{ count: string }>(
      "SELECT COUNT(*) AS count FROM after_sale WHERE buyer_id = ? AND kind = 'FRESH_CLAIM' AND state = 'REFUNDED' AND closed_at > ?",
      [buyerId, since],
    );
    return Number(row?.count);
  }

  /** Where a merchant last wanted something sent back to; null while it has never said. */
  async lastReturnAddress(merchantId: string, on: Pick<Tx, 'query'>): Promise<string | null> {
    const [row] = await on.query<{ address: string }>(
      'SELECT return_address AS address FROM after_sale WHERE merchant_id = ? AND return_address IS NOT NULL ORDER BY id DESC LIMIT 1',
      [merchantId],
    );
    return row?.address ?? null;
  }

  async byKey(
    buyerId: string,
    idempotencyKey: string,
  ): Promise<Pick<AfterSale, 'id' | 'requestHash'> | null> {
    const [row] = await this.database.query<Pick<AfterSale, 'id' | 'requestHash'>>(
      'SELECT id, request_hash AS requestHash FROM after_sale WHERE buyer_id = ? AND idempotency_key = ?',
      [buyerId, idempotencyKey],
    );
    return row ?? null;
  }
}
