import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { Fulfillment, FulfillmentLine } from './fulfillment.entity.js';

@Injectable()
export class FulfillmentRepository {
  async insert(tx: Tx, fulfillment: Fulfillment, lines: readonly FulfillmentLine[]): Promise<void> {
    await tx.manager.insert(Fulfillment, fulfillment);
    await tx.manager.insert(FulfillmentLine, [...lines]);
  }

  /** Whoever calls holds the merchant order's lock. */
  async markReceived(tx: Tx, merchantOrderId: string, at: Date): Promise<void> {
    await tx.write(
      'UPDATE fulfillment SET received_at = ? WHERE merchant_order_id = ? AND received_at IS NULL',
      [at, merchantOrderId],
    );
  }

  /** Whoever calls holds the case's lock. */
  async markReplacementReceived(tx: Tx, ref: string, at: Date): Promise<void> {
    await tx.write('UPDATE fulfillment SET received_at = ? WHERE replaces_ref = ? AND received_at IS NULL', [
      at,
      ref,
    ]);
  }
}
