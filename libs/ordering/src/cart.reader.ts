import { Injectable } from '@nestjs/common';
import { Database, Gathered } from '#platform/database';
import type { SeenOffer } from './cart-change.rules.js';
import { CART_LINES_MAX } from './cart.rules.js';
import type { WantedLine } from './order.rules.js';

export interface CartLineRow extends WantedLine {
  readonly seen: SeenOffer;
}

@Injectable()
export class CartReader {
  private readonly gathered = new Gathered<OwnedLine>(
    this.database,
    (buyerIds) =>
      this.database.query(
        `SELECT buyer_id AS buyerId, variant_id AS variantId, channel_point_id AS channelPointId, quantity,
           unit_price_fen AS unitPriceFen, best_before_on AS bestBeforeOn FROM cart_line
         WHERE buyer_id IN (?) ORDER BY buyer_id, added_at, variant_id, channel_point_id LIMIT ?`,
        [buyerIds, buyerIds.length * CART_LINES_MAX],
      ),
    ({ buyerId }) => buyerId,
  );

  constructor(private readonly database: Database) {}

  /** In the order in which they were put in. */
  async linesOf(buyerId: string): Promise<CartLineRow[]> {
    const rows = await this.gathered.of([buyerId]);
    return rows.slice(0, CART_LINES_MAX).map(cartLine);
  }
}

/** A line, and whose it is. */
export type OwnedLine = WantedLine & SeenOffer & { readonly buyerId: string };

export function cartLine({ buyerId: _buyerId, unitPriceFen, bestBeforeOn, ...line }: OwnedLine): CartLineRow {
  return { ...line, seen: { unitPriceFen, bestBeforeOn } };
}
