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

  /** In the order of their ids, by buyer and then by variant. Made where there is none yet: a row that is not there cannot be locked. */
  async lockGates(
    tx: Tx,
    gates: readonly { readonly buyerId: string; readonly variantId: string }[],
  ): Promise<void> {
    if (gates.length === 0) return;
    const byKey = new Map(
      gates.map(({ buyerId, variantId }) => [`${buyerId} ${variantId}`, [buyerId, variantId]]),
    );
    const rows = [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    await tx.write(
      'INSERT INTO purchase_gate (buyer_id, variant_id) VALUES ? ON DUPLICATE KEY UPDATE variant_id = VALUES(variant_id)',
      [rows],
    );
  }
}
