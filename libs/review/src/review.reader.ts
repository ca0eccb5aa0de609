import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { type IdOf, type Page, type PageRequest, pageOf, present } from '#libs/kernel';
import { Database, type SqlValue, type Tx } from '#platform/database';
import type { Review, ReviewId, ReviewState } from './review.entity.js';
import { REVIEW_WORDS_MAX, type Stars } from './review.rules.js';

export type ReviewRow = Omit<Review, 'moderatedBy' | 'repliedBy'>;

export interface ReviewPhotoRow {
  readonly reviewId: ReviewId;
  readonly id: IdOf<'fil'>;
  /** Under which each door shows it to whoever may see the review. */
  readonly path: string;
}

export interface ReviewSummaryRow {
  readonly productId: string;
  readonly stars: Stars;
}

/** Columns in a page's sort key, for `pageRequest`. */
export const REVIEW_KEY_PARTS = 1;

/** Of one person: a review of every order that a file about them holds. */
const OF_BUYER_MAX = 2_000;

/** Whose reviews: those a buyer has written, those about merchants' goods, or those of a division's sellers. */
export type ReviewScope =
  | { readonly buyerId: string }
  | { readonly merchantIds: readonly string[] }
  | { readonly divisions: readonly string[] | 'ALL' };

const COLUMNS = `id, order_line_id AS orderLineId, buyer_id AS buyerId, product_id AS productId, merchant_id AS merchantId,
  county_code AS countyCode, variant_name AS variantName, rating, text, shown_name AS shownName, state,
  state_reason AS stateReason, reply, replied_at AS repliedAt, posted_at AS postedAt`;

function within(scope: ReviewScope): { sql: string; values: SqlValue[] } {
  if ('buyerId' in scope) return { sql: 'buyer_id = ?', values: [scope.buyerId] };
  if ('divisions' in scope) return withinScope('county_code', scope.divisions);
  if (scope.merchantIds.length === 0) return { sql: 'FALSE', values: [] };
  // What waits for a person, or was hidden, is between its writer and the platform.
  return { sql: "(merchant_id IN (?) AND state = 'SHOWN')", values: [scope.merchantIds] };
}

@Injectable()
export class ReviewReader {
  constructor(private readonly database: Database) {}

  async byId(id: string, scope: ReviewScope): Promise<ReviewRow | null> {
    const { sql, values } = within(scope);
    const [row] = await this.database.query<ReviewRow>(
      `SELECT ${COLUMNS} FROM review WHERE id = ? AND ${sql}`,
      [id, ...values],
    );
    return row ?? null;
  }

  /** Newest first; what waits for a person, the longest waiting first. */
  async page(
    scope: ReviewScope,
    states: readonly ReviewState[] | null,
    { first, after }: PageRequest,
    order: 'NEWEST' | 'OLDEST' = 'NEWEST',
  ): Promise<Page<ReviewRow>> {
    const { sql, values } = within(scope);
    const where = [sql];
    if (states) {
      where.push(states.length > 0 ? 'state IN (?)' : 'FALSE');
      if (states.length > 0) values.push(states);
    }
    if (after) {
      where.push(order === 'NEWEST' ? 'id < ?' : 'id > ?');
      values.push(present(after[0], 'an id'));
    }
    const rows = await this.database.query<ReviewRow>(
      `SELECT ${COLUMNS} FROM review WHERE ${where.join(' AND ')}
       ORDER BY id ${order === 'NEWEST' ? 'DESC' : 'ASC'} LIMIT ?`,
      [...values, first + 1],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Of many products at once, the newest of each that are shown, and one more than the page. */
  async shownOf(
    productIds: readonly string[],
    rating: number | null,
    { first, after }: PageRequest,
  ): Promise<ReviewRow[]> {
    if (productIds.length === 0) return [];
    const stars = rating === null ? '' : ' AND rating = ?';
    const beyond = after ? ' AND id < ?' : '';
    const values: SqlValue[] = [productIds];
    if (rating !== null) values.push(rating);
    if (after) values.push(present(after[0], 'an id'));
    return this.database.query<ReviewRow>(
      `SELECT ${COLUMNS} FROM (
         SELECT r.*, ROW_NUMBER() OVER (PARTITION BY product_id ORDER BY id DESC) AS place FROM review r
         WHERE product_id IN (?) AND state = 'SHOWN'${stars}${beyond}
       ) ranked WHERE place <= ? ORDER BY product_id, id DESC`,
      [...values, first + 1],
    );
  }

  async ofLines(orderLineIds: readonly string[]): Promise<ReviewRow[]> {
    if (orderLineIds.length === 0) return [];
    return this.database.query<ReviewRow>(`SELECT ${COLUMNS} FROM review WHERE order_line_id IN (?)`, [
      orderLineIds,
    ]);
  }

  /** The latest that somebody has written, whatever has become of them. */
  ofBuyer(buyerId: string): Promise<ReviewRow[]> {
    return this.database.query<ReviewRow>(
      `SELECT ${COLUMNS} FROM review WHERE buyer_id = ? ORDER BY id DESC LIMIT ?`,
      [buyerId, OF_BUYER_MAX],
    );
  }

  async photosOf(reviewIds: readonly string[]): Promise<ReviewPhotoRow[]> {
    if (reviewIds.length === 0) return [];
    return this.database.query<ReviewPhotoRow>(
      `SELECT review_id AS reviewId, photo_id AS id, CONCAT('/reviews/', review_id, '/photos/', photo_id) AS path
       FROM review_photo WHERE review_id IN (?) ORDER BY review_id, position`,
      [reviewIds],
    );
  }

  /** A photo of a review that everybody may see, or that somebody has written; null for others. */
  async shownPhoto(
    reviewId: string,
    photoId: string,
    viewerId: string | null,
  ): Promise<{ isPublic: boolean } | null> {
    const [row] = await this.database.query<{ state: ReviewState }>(
      `SELECT r.state FROM review r JOIN review_photo p ON p.review_id = r.id
       WHERE r.id = ? AND p.photo_id = ? AND (r.state = 'SHOWN' OR r.buyer_id = ?)`,
      [reviewId, photoId, viewerId ?? ''],
    );
    return row ? { isPublic: row.state === 'SHOWN' } : null;
  }

  /** Products without any are left out. */
  async summariesOf(productIds: readonly string[]): Promise<ReviewSummaryRow[]> {
    if (productIds.length === 0) return [];
    const rows = await this.database.query<
      Record<'s1' | 's2' | 's3' | 's4' | 's5', number> & { productId: string }
    >(
      `SELECT product_id AS productId, stars_1 AS s1, stars_2 AS s2, stars_3 AS s3, stars_4 AS s4, stars_5 AS s5
       FROM review_summary WHERE product_id IN (?)`,
      [productIds],
    );
    return rows.map(({ productId, s1, s2, s3, s4, s5 }) => ({ productId, stars: [s1, s2, s3, s4, s5] }));
  }

  async words(on: Pick<Tx, 'query'> = this.database): Promise<string[]> {
    const rows = await on.query<{ word: string }>('SELECT word FROM review_word ORDER BY word LIMIT ?', [
      REVIEW_WORDS_MAX,
    ]);
    return rows.map(({ word }) => word);
  }
}
