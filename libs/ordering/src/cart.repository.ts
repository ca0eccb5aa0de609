import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';

export interface CartKey {
  readonly buyerId: string;
  readonly variantId: string;
  readonly channelPointId: string;
}

@Injectable()
export class CartRepository {
  /** Locked, so that two windows of one buyer cannot overfill the cart together. */
  async lockKeys(tx: Tx, buyerId: string): Promise<CartKey[]> {
    return tx.query<CartKey>(
      `SELECT buyer_id AS buyerId, variant_id AS variantId, channel_point_id AS channelPointId FROM cart_line
       WHERE buyer_id = ? FOR UPDATE`,
      [buyerId],
    );
  }

  async set(tx: Tx, key: CartKey, quantity: number, at: Date): Promise<void> {
    await tx.write(
      `INSERT INTO cart_line (buyer_id, variant_id, channel_point_id, quantity, added_at) VALUES (?, ?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE quantity = ?`,
      [key.buyerId, key.variantId, key.channelPointId, quantity, at, quantity],
    );
  }

  async remove(tx: Tx, { buyerId, variantId, channelPointId }: CartKey): Promise<void> {
    await tx.write('DELETE FROM cart_line WHERE buyer_id = ? AND variant_id = ? AND channel_point_id = ?', [
      buyerId,
      variantId,
      channelPointId,
    ]);
  }
}
