import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import { CART_LINES_MAX } from './cart.rules.js';
import type { WantedLine } from './order.rules.js';

@Injectable()
export class CartReader {
  constructor(private readonly database: Database) {}

  /** In the order in which they were put in. */
  linesOf(buyerId: string): Promise<WantedLine[]> {
    return this.database.query<WantedLine>(
      `SELECT variant_id AS variantId, channel_point_id AS channelPointId, quantity FROM cart_line
       WHERE buyer_id = ? ORDER BY added_at, variant_id, channel_point_id LIMIT ?`,
      [buyerId, CART_LINES_MAX],
    );
  }
}
