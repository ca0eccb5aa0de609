import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, fen } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { Coupon, CouponId } from './coupon.entity.js';

export interface CouponUse {
  readonly couponId: string;
  readonly promotionId: string;
  readonly amountFen: Fen;
}

interface RawUse {
  readonly couponId: string;
  readonly promotionId: string;
  readonly amount: FenText;
}

@Injectable()
export class CouponRepository {
  async countOf(tx: Tx, promotionId: string, holderId: string): Promise<number> {
    const [row] = await tx.query<{ count: string }>(
      'SELECT COUNT(*) AS count FROM coupon WHERE promotion_id = ? AND holder_id = ?',
      [promotionId, holderId],
    );
    return Number(row?.count ?? 0);
  }

  /** Asked within the transaction: waiting for a second connection while holding one could be for ever. */
  async hasKey(tx: Tx, holderId: string, idempotencyKey: string): Promise<boolean> {
    const rows = await tx.query('SELECT 1 FROM coupon WHERE holder_id = ? AND idempotency_key = ?', [
      holderId,
      idempotencyKey,
    ]);
    return rows.length > 0;
  }

  /** Fails on a unique key when the person has claimed this one, or used the key, a moment ago. */
  async insert(tx: Tx, coupon: Pick<Coupon, keyof Coupon>): Promise<void> {
    await tx.insert('coupon', [coupon]);
  }

  /** In the order of their ids. The first that is not the holder's or no longer to be used; null where all are used now. */
  async use(
    tx: Tx,
    { holderId, orderId, at }: { holderId: string; orderId: string; at: Date },
    uses: readonly CouponUse[],
  ): Promise<string | null> {
    for (const { couponId, amountFen } of uses.toSorted((a, b) => (a.couponId < b.couponId ? -1 : 1))) {
      const matched = await tx.write(
        `UPDATE coupon SET state = 'USED', order_id = ?, used_fen = ?, used_at = ?
         WHERE id = ? AND holder_id = ? AND state = 'CLAIMED'`,
        [orderId, amountFen, at, couponId, holderId],
      );
      if (matched !== 1) return couponId;
    }
    return null;
  }

  /** What these orders have used and not given back; locked. */
  async lockUsedBy(tx: Tx, orderIds: readonly string[]): Promise<CouponUse[]> {
    const rows = await tx.query<RawUse>(
      `SELECT id AS couponId, promotion_id AS promotionId, used_fen AS amount FROM coupon
       WHERE order_id IN (?) AND state = 'USED' ORDER BY id FOR UPDATE`,
      [orderIds],
    );
    return rows.map(({ amount, ...use }) => ({ ...use, amountFen: fen(amount) }));
  }

  /** To be used again, or expired where its time is over. */
  async free(tx: Tx, couponIds: readonly string[], now: Date): Promise<void> {
    await tx.write(
      `UPDATE coupon c JOIN promotion p ON p.id = c.promotion_id
       SET c.state = CASE WHEN p.state = 'PUBLISHED' AND p.valid_until > ? THEN 'CLAIMED' ELSE 'EXPIRED' END,
           c.order_id = NULL, c.used_fen = 0, c.used_at = NULL WHERE c.id IN (?)`,
      [now, couponIds],
    );
  }

  /** False where this refund has given it back before. */
  async insertReturn(
    tx: Tx,
    refundId: string,
    couponId: CouponId,
    amountFen: Fen,
    at: Date,
  ): Promise<boolean> {
    const matched = await tx.write(
      'INSERT IGNORE INTO coupon_return (refund_id, coupon_id, amount_fen, at) VALUES (?, ?, ?, ?)',
      [refundId, couponId, amountFen, at],
    );
    if (matched === 1)
      await tx.write('UPDATE coupon SET returned_fen = returned_fen + ? WHERE id = ?', [amountFen, couponId]);
    return matched === 1;
  }

  /** Of promotions that have ended; returns how many. */
  async expire(tx: Tx, limit: number): Promise<number> {
    const rows = await tx.query<{ id: string }>(
      `SELECT c.id FROM coupon c JOIN promotion p ON p.id = c.promotion_id
       WHERE c.state = 'CLAIMED' AND p.state = 'ENDED' ORDER BY c.id LIMIT ? FOR UPDATE SKIP LOCKED`,
      [limit],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) await tx.write("UPDATE coupon SET state = 'EXPIRED' WHERE id IN (?)", [ids]);
    return ids.length;
  }
}
