import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { HoldReason } from './share-hold.entity.js';

export interface HoldRow {
  readonly caseRef: string;
  readonly orderId: string;
  readonly lineId: string;
}

/** Every method needs the lock of the order's shares, where the order has been split. */
@Injectable()
export class ShareHoldRepository {
  /** Placed again it stays as it was, also when it has been lifted meanwhile. */
  async place(tx: Tx, holds: readonly HoldRow[], reason: HoldReason, at: Date): Promise<void> {
    const rows = holds.map(({ caseRef, orderId, lineId }) => [caseRef, orderId, lineId, reason, at]);
    await tx.write(
      `INSERT INTO share_hold (case_ref, order_id, line_id, reason, placed_at) VALUES ?
       ON DUPLICATE KEY UPDATE reason = VALUES(reason)`,
      [rows],
    );
  }

  openOf(tx: Tx, orderId: string): Promise<HoldRow[]> {
    return tx.query(
      `SELECT case_ref AS caseRef, order_id AS orderId, line_id AS lineId FROM share_hold
       WHERE order_id = ? AND lifted_at IS NULL`,
      [orderId],
    );
  }

  async lift(tx: Tx, caseRef: string, orderId: string, at: Date): Promise<void> {
    await tx.write(
      'UPDATE share_hold SET lifted_at = ? WHERE case_ref = ? AND order_id = ? AND lifted_at IS NULL',
      [at, caseRef, orderId],
    );
  }
}
