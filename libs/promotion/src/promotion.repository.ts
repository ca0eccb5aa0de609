import { Injectable } from '@nestjs/common';
import type { Fen } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { Condition } from './discount.rules.js';
import type { Promotion, PromotionId, PromotionState } from './promotion.entity.js';
import { type PromotionRow, type RawPromotion, SELECT_PROMOTION, promotionOf } from './promotion.reader.js';

interface Spending {
  readonly promotionId: string;
  readonly amountFen: Fen;
}

@Injectable()
export class PromotionRepository {
  /** Fails on the unique key when the key has made another one. */
  async insert(
    tx: Tx,
    promotion: Pick<Promotion, keyof Promotion>,
    conditions: readonly Condition[],
  ): Promise<void> {
    await tx.insert('promotion', [promotion]);
    const { id: promotionId } = promotion;
    if (conditions.length > 0)
      await tx.insert(
        'promotion_condition',
        conditions.map((condition) => ({ promotionId, ...condition })),
      );
  }

  async lock(tx: Tx, id: string): Promise<PromotionRow | null> {
    const [row] = await tx.query<RawPromotion>(`${SELECT_PROMOTION} WHERE p.id = ? FOR UPDATE`, [id]);
    if (!row) return null;
    const conditions = await tx.query<Condition>(
      'SELECT axis, value FROM promotion_condition WHERE promotion_id = ? ORDER BY axis, value',
      [id],
    );
    return promotionOf(row, conditions);
  }

  /** Published and not over. */
  async countOpen(tx: Tx, merchantId: string, now: Date): Promise<number> {
    const [row] = await tx.query<{ count: string }>(
      "SELECT COUNT(*) AS count FROM promotion WHERE merchant_id = ? AND state = 'PUBLISHED' AND valid_until > ?",
      [merchantId, now],
    );
    return Number(row?.count ?? 0);
  }

  async move(tx: Tx, id: PromotionId, state: PromotionState, at: Date): Promise<void> {
    await tx.write('UPDATE promotion SET state = ?, decided_at = ? WHERE id = ?', [state, at, id]);
  }

  /** What is claimed is what was spent from now on: nothing can be used any more. */
  async end(tx: Tx, id: PromotionId, at: Date): Promise<void> {
    await tx.write(
      "UPDATE promotion SET state = 'ENDED', claimed_fen = spent_fen, decided_at = ? WHERE id = ?",
      [at, id],
    );
  }

  /** False where nothing is left of the budget, or it is not the time: the guard and not a look beforehand decides. */
  async takeForClaim(tx: Tx, id: string, now: Date): Promise<boolean> {
    const matched = await tx.write(
      `UPDATE promotion SET claimed_fen = claimed_fen + amount_fen WHERE id = ? AND state = 'PUBLISHED' AND kind <> 'PRICE_CUT'
         AND claim_from <= ? AND claim_until > ? AND claimed_fen + amount_fen <= budget_fen`,
      [id, now, now],
    );
    return matched === 1;
  }

  /** In the order of their ids. The first that has ended meanwhile, or would cost more than was claimed of it; null where none. */
  async spend(tx: Tx, spendings: readonly Spending[], now: Date): Promise<string | null> {
    for (const { promotionId, amountFen } of inOrder(spendings)) {
      const matched = await tx.write(
        `UPDATE promotion SET spent_fen = spent_fen + ? WHERE id = ? AND state = 'PUBLISHED'
           AND valid_from <= ? AND valid_until > ? AND spent_fen + ? <= claimed_fen AND spent_fen + ? <= budget_fen`,
        [amountFen, promotionId, now, now, amountFen, amountFen],
      );
      if (matched !== 1) return promotionId;
    }
    return null;
  }

  /** Nobody has paid with it: it may be used again, and after the end is nobody's. */
  async unspend(tx: Tx, spendings: readonly Spending[]): Promise<void> {
    for (const { promotionId, amountFen } of inOrder(spendings))
      await tx.write(
        `UPDATE promotion SET spent_fen = spent_fen - ?, claimed_fen = claimed_fen - CASE WHEN state = 'ENDED' THEN ? ELSE 0 END
         WHERE id = ?`,
        [amountFen, amountFen, promotionId],
      );
  }

  /** What a refund gives back is free for others to claim. */
  async returnMoney(tx: Tx, spendings: readonly Spending[]): Promise<void> {
    for (const { promotionId, amountFen } of inOrder(spendings))
      await tx.write(
        'UPDATE promotion SET spent_fen = spent_fen - ?, claimed_fen = claimed_fen - ? WHERE id = ?',
        [amountFen, amountFen, promotionId],
      );
  }

  /** Published and over, longest first; those that somebody is using right now are left to the next round. */
  async lockOver(tx: Tx, now: Date, limit: number): Promise<PromotionId[]> {
    const rows = await tx.query<{ id: PromotionId }>(
      "SELECT id FROM promotion WHERE state = 'PUBLISHED' AND valid_until <= ? ORDER BY valid_until LIMIT ? FOR UPDATE SKIP LOCKED",
      [now, limit],
    );
    return rows.map(({ id }) => id);
  }
}

/** Promotions are locked in the order of their ids. */
function inOrder(spendings: readonly Spending[]): Spending[] {
  const sums = new Map<string, Fen>();
  for (const { promotionId, amountFen } of spendings)
    sums.set(promotionId, (sums.get(promotionId) ?? 0n) + amountFen);
  return [...sums]
    .map(([promotionId, amountFen]) => ({ promotionId, amountFen }))
    .toSorted((a, b) => (a.promotionId < b.promotionId ? -1 : 1));
}
