import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import type { SeenOffer } from './cart-change.rules.js';
import { CART_LINES_MAX } from './cart.rules.js';
import type { WantedLine } from './order.rules.js';

export interface CartLineRow extends WantedLine {
  readonly seen: SeenOffer;
}

@Injectable()
export class CartReader {
  constructor(private readonly database: Database) {}

  /** In the order in which they were put in. */
  async linesOf(buyerId: string): Promise<CartLineRow[]> {
    const rows = await this.database.query<WantedLine & SeenOffer>(
      `SELECT variant_id AS variantId, channel_point_id AS channelPointId, quantity, unit_price_fen AS unitPriceFen,
         best_before_on AS bestBeforeOn FROM cart_line
       WHERE buyer_id = ? ORDER BY added_at, variant_id, channel_point_id LIMIT ?`,
      [buyerId, CART_LINES_MAX],
    );
    return rows.map(cartLine);
  }
}

export function cartLine({ unitPriceFen, bestBeforeOn, ...line }: WantedLine & SeenOffer): CartLineRow {
  return { ...line, seen: { unitPriceFen, bestBeforeOn } };
}
