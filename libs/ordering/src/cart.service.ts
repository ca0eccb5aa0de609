import { Injectable } from '@nestjs/common';
import { Clock, DAY_MS, type InvalidInputError, plus, refused } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { type CartView, CartViewReader } from './cart-view.reader.js';
import type { CartFullError } from './cart.errors.js';
import { CartRepository } from './cart.repository.js';
import { refuseLine, refuseQuantity } from './cart.rules.js';
import { OfferReader } from './offer.reader.js';
import { NotOnSaleError } from './order.errors.js';
import type { WantedLine } from './order.rules.js';

export type CartChange = CartView | InvalidInputError | NotOnSaleError | CartFullError;

/** A guest's token renews itself while they come; whoever has not touched a line for longer than it lives cannot reach it. */
const GUEST_CART_MS = 60 * DAY_MS;

@Injectable()
export class CartService {
  constructor(
    private readonly database: Database,
    private readonly carts: CartRepository,
    private readonly offers: OfferReader,
    private readonly views: CartViewReader,
    private readonly clock: Clock,
  ) {}

  /** Joins: whoever is no longer there buys nothing. */
  async forget(tx: Tx, buyerId: string): Promise<void> {
    await this.carts.clear(tx, buyerId);
  }

  /** Takes out what guests have left behind; returns how many lines. Call again while it returns `limit`. */
  sweepGuests(limit: number): Promise<number> {
    const before = plus(this.clock.now(), -GUEST_CART_MS);
    return this.database.transaction((tx) => this.carts.sweepGuests(tx, before, limit));
  }

  /** The quantity replaces what the line had; 0 takes it out, also when it is no longer sold. Answers with the cart as it is then. */
  async setLine(buyerId: string, line: WantedLine): Promise<CartChange> {
    const refusal = refuseQuantity(line.quantity);
    if (refusal) return refusal;

    const key = { buyerId, variantId: line.variantId, channelPointId: line.channelPointId };
    if (line.quantity === 0) {
      await this.database.transaction((tx) => this.carts.remove(tx, key));
      return this.views.ofBuyer(buyerId);
    }
    const closed = await this.offers.refusePlace(line.channelPointId);
    if (closed) return closed;
    const offers = await this.views.offersOf(buyerId, line);
    const variant = offers.variants.get(line.variantId);
    if (variant?.isOnSale !== true) return new NotOnSaleError([line.variantId]);

    const bestBeforeOn = offers.standing.get(line.variantId)?.bestBeforeOn ?? null;
    const set = { ...line, seen: { unitPriceFen: variant.priceFen, bestBeforeOn } };
    const lines = await this.database.transaction(async (tx) => {
      const own = await this.carts.lockOwn(tx, buyerId);
      const isSame = ({ variantId, channelPointId }: WantedLine) =>
        variantId === key.variantId && channelPointId === key.channelPointId;
      const isInCart = own.some(isSame);
      const full = refuseLine(own.length, isInCart);
      if (full) return full;

      await this.carts.set(tx, key, { quantity: line.quantity, ...set.seen }, this.clock.now());
      // A line that was there keeps its place.
      return isInCart ? own.map((one) => (isSame(one) ? set : one)) : [...own, set];
    });
    return refused(lines) ? lines : this.views.ofLines(lines, offers);
  }
}
