import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { PurchaseLimitRow } from './purchase-limit.entity.js';

@Injectable()
export class PurchaseLimitRepository {
  async set(tx: Tx, limit: Pick<PurchaseLimitRow, keyof PurchaseLimitRow>): Promise<void> {
    const { variantId, orderMax, personMax, periodDays, setBy, setAt } = limit;
    await tx.write(
      `INSERT INTO purchase_limit (variant_id, order_max, person_max, period_days, set_by, set_at) VALUES (?, ?, ?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE order_max = ?, person_max = ?, period_days = ?, set_by = ?, set_at = ?`,
      [
        variantId,
        orderMax,
        personMax,
        periodDays,
        setBy,
        setAt,
        orderMax,
        personMax,
        periodDays,
        setBy,
        setAt,
      ],
    );
  }

  /** In the order of their ids. Made where there is none yet: a row that is not there cannot be locked. */
  async lockGates(tx: Tx, buyerId: string, variantIds: readonly string[]): Promise<void> {
    for (const variantId of variantIds.toSorted())
      await tx.write(
        'INSERT INTO purchase_gate (buyer_id, variant_id) VALUES (?, ?) ON DUPLICATE KEY UPDATE variant_id = variant_id',
        [buyerId, variantId],
      );
  }

  /** The gates of many buyers to one variant, in the order of their ids, like those of one buyer. */
  async lockGatesOf(tx: Tx, buyerIds: readonly string[], variantId: string): Promise<void> {
    if (buyerIds.length === 0) return;
    const rows = [...new Set(buyerIds)].toSorted().map((buyerId) => [buyerId, variantId]);
    await tx.write(
      'INSERT INTO purchase_gate (buyer_id, variant_id) VALUES ? ON DUPLICATE KEY UPDATE variant_id = VALUES(variant_id)',
      [rows],
    );
  }
}
