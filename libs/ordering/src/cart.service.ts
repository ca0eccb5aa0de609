import { Injectable } from '@nestjs/common';
import { Clock, DAY_MS, type InvalidInputError, plus, present, refused } from '#libs/kernel';
import { Database, Together, type Tx } from '#platform/database';
import { type CartView, CartViewReader } from './cart-view.reader.js';
import type { CartFullError } from './cart.errors.js';
import type { CartLineRow } from './cart.reader.js';
import { type CartKey, CartRepository } from './cart.repository.js';
import { refuseLine, refuseQuantity } from './cart.rules.js';
import { GuestMergeService } from './guest-merge.service.js';
import { OfferReader } from './offer.reader.js';
import { NotOnSaleError } from './order.errors.js';
import type { WantedLine } from './order.rules.js';

export type CartChange = CartView | InvalidInputError | NotOnSaleError | CartFullError;

/** A guest's token renews itself while they come; whoever has not touched a line for longer than it lives cannot reach it. */
const GUEST_CART_MS = 60 * DAY_MS;

/** A line as it shall stand in somebody's cart. */
interface LineWish {
  readonly key: CartKey;
  readonly set: CartLineRow;
}

@Injectable()
export class CartService {
  /** Of one buyer one after the other: two windows cannot overfill the cart together. */
  private readonly sets = new Together<LineWish, CartLineRow[] | CartFullError>(
    this.database,
    ({ key }) => key.buyerId,
    (wish) =>
      this.database.transaction(async (tx) => present((await this.setAll(tx, [wish]))[0], 'an outcome')),
    (wishes) => this.database.transaction((tx) => this.setAll(tx, wishes)),
  );

  constructor(
    private readonly database: Database,
    private readonly carts: CartRepository,
    private readonly offers: OfferReader,
    private readonly views: CartViewReader,
    private readonly merges: GuestMergeService,
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
    const lines = await this.sets.of({ key, set });
    if (refused(lines)) return lines;
    const isTheirs = await this.merges.claimLateLines(buyerId);
    return isTheirs ? this.views.ofBuyer(buyerId) : this.views.ofLines(lines, offers);
  }

  /** Of each buyer one: the cart as it is then. */
  private async setAll(tx: Tx, wishes: readonly LineWish[]): Promise<(CartLineRow[] | CartFullError)[]> {
    const carts = await this.carts.lockOwn(
      tx,
      wishes.map(({ key }) => key.buyerId),
    );
    const outcomes = wishes.map(({ key, set }) => {
      const own = carts.get(key.buyerId) ?? [];
      const isSame = ({ variantId, channelPointId }: WantedLine) =>
        variantId === key.variantId && channelPointId === key.channelPointId;
      const isInCart = own.some(isSame);
      // A line that was there keeps its place.
      const lines = isInCart ? own.map((one) => (isSame(one) ? set : one)) : [...own, set];
      return refuseLine(own.length, isInCart) ?? lines;
    });
    const set = wishes.flatMap(({ key: { buyerId }, set: { seen, ...line } }, index) =>
      refused(outcomes[index]) ? [] : [{ buyerId, ...line, ...seen }],
    );
    await this.carts.setSeen(tx, set, this.clock.now());
    return outcomes;
  }
}
