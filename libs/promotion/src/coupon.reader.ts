import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database, Gathered } from '#platform/database';
import type { Coupon } from './coupon.entity.js';
import type { CouponInHand, CouponObstacle } from './discount.rules.js';
import { PromotionReader, type PromotionRow } from './promotion.reader.js';

export interface CouponView extends Pick<
  Coupon,
  'id' | 'promotionId' | 'state' | 'claimedAt' | 'orderId' | 'usedAt'
> {
  readonly usedFen: Fen;
  readonly promotion: PromotionRow;
}

type RawCoupon = Omit<CouponView, 'usedFen' | 'promotion'> & { readonly usedFen: FenText };

/** Columns in a page's sort key, for `pageRequest`. */
export const COUPON_KEY_PARTS = 1;
/** What one person can still use, as far as a checkout looks: the latest ones. */
export const COUPONS_HELD_MAX = 50;

/** Of one person, for a file about them. */
const OF_HOLDER_MAX = 2_000;

const SELECT_COLUMNS = `SELECT c.id, c.promotion_id AS promotionId, c.state, c.claimed_at AS claimedAt, c.order_id AS orderId,
  c.used_fen AS usedFen, c.used_at AS usedAt`;
const SELECT = `${SELECT_COLUMNS} FROM coupon c`;

@Injectable()
export class CouponReader {
  private readonly held = new Gathered<RawCoupon & { readonly holderId: string }>(
    this.database,
    (holderIds) =>
      this.database.query(
        `SELECT c.* FROM (${SELECT_COLUMNS}, c.holder_id AS holderId,
           ROW_NUMBER() OVER (PARTITION BY c.holder_id ORDER BY c.id DESC) AS place FROM coupon c
           WHERE c.holder_id IN (?) AND c.state = 'CLAIMED') c WHERE c.place <= ? ORDER BY c.id DESC`,
        [holderIds, COUPONS_HELD_MAX],
      ),
    ({ holderId }) => holderId,
  );

  constructor(
    private readonly database: Database,
    private readonly promotions: PromotionReader,
  ) {}

  /** One's own, the latest first. */
  async pageOf(holderId: string, { first, after }: PageRequest): Promise<Page<CouponView>> {
    const beyond = after?.[0] === undefined ? '' : ' AND c.id < ?';
    const values = after?.[0] === undefined ? [holderId] : [holderId, after[0]];
    const rows = await this.database.query<RawCoupon>(
      `${SELECT} WHERE c.holder_id = ?${beyond} ORDER BY c.id DESC LIMIT ?`,
      [...values, first + 1],
    );
    return pageOf(await this.complete(rows), first, ({ id }) => [id]);
  }

  /** The latest that somebody has claimed, used and expired ones included. */
  async ofHolder(holderId: string): Promise<CouponView[]> {
    const rows = await this.database.query<RawCoupon>(
      `${SELECT} WHERE c.holder_id = ? ORDER BY c.id DESC LIMIT ?`,
      [holderId, OF_HOLDER_MAX],
    );
    return this.complete(rows);
  }

  async byKey(holderId: string, idempotencyKey: string): Promise<CouponView | null> {
    const rows = await this.database.query<RawCoupon>(
      `${SELECT} WHERE c.holder_id = ? AND c.idempotency_key = ?`,
      [holderId, idempotencyKey],
    );
    return (await this.complete(rows))[0] ?? null;
  }

  /** What this person could use at a checkout now or soon. */
  async inHandOf(holderId: string, now: Date): Promise<CouponInHand[]> {
    return this.inHand(await this.complete(await this.held.of([holderId])), now);
  }

  /** Of these, one's own; those of others are missing, as if they did not exist. */
  async chosenOf(holderId: string, couponIds: readonly string[], now: Date): Promise<CouponInHand[]> {
    if (couponIds.length === 0) return [];
    const rows = await this.database.query<RawCoupon>(`${SELECT} WHERE c.id IN (?) AND c.holder_id = ?`, [
      couponIds,
      holderId,
    ]);
    return this.inHand(await this.complete(rows), now);
  }

  private async inHand(coupons: readonly CouponView[], now: Date): Promise<CouponInHand[]> {
    const suspended = await this.promotions.suspendedOf(coupons.map(({ promotion }) => promotion));
    return coupons.map(({ id, state, promotion }) => ({
      couponId: id,
      terms: promotion,
      obstacle:
        obstacleOf(state, promotion, now) ?? (suspended.has(promotion.merchantId) ? 'SUSPENDED' : null),
    }));
  }

  private async complete(rows: readonly RawCoupon[]): Promise<CouponView[]> {
    const promotions = await this.promotions.byIds([...new Set(rows.map(({ promotionId }) => promotionId))]);
    const promotionOf = new Map<string, PromotionRow>(promotions.map((each) => [each.id, each]));
    return rows.flatMap(({ usedFen, ...row }) => {
      const promotion = promotionOf.get(row.promotionId);
      return promotion ? [{ ...row, usedFen: fen(usedFen), promotion }] : [];
    });
  }
}

function obstacleOf(state: Coupon['state'], promotion: PromotionRow, now: Date): CouponObstacle | null {
  if (state === 'USED') return 'USED';
  if (now >= promotion.validUntil || state === 'EXPIRED') return 'EXPIRED';
  if (promotion.state !== 'PUBLISHED') return 'ENDED';
  return now < promotion.validFrom ? 'NOT_YET' : null;
}
