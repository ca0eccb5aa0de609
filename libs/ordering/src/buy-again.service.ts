import { Injectable } from '@nestjs/common';
import { StockReader } from '#libs/inventory';
import { Clock, NotFound } from '#libs/kernel';
import { Database } from '#platform/database';
import { type BuyAgainLine, type BuyAgainToday, type OrderedLine, buyAgain } from './buy-again.rules.js';
import { CartRepository } from './cart.repository.js';
import { GuestMergeService } from './guest-merge.service.js';
import { OfferReader } from './offer.reader.js';
import { OrderReader, type OrderRow } from './order.reader.js';
import { PurchaseLimitReader } from './purchase-limit.reader.js';

/** What was bought once goes into the cart again, at what it costs today. */
@Injectable()
export class BuyAgainService {
  constructor(
    private readonly database: Database,
    private readonly carts: CartRepository,
    private readonly orders: OrderReader,
    private readonly offers: OfferReader,
    private readonly stock: StockReader,
    private readonly limits: PurchaseLimitReader,
    private readonly merges: GuestMergeService,
    private readonly clock: Clock,
  ) {}

  /** What became of each line. Throws NotFound for orders of others. Like any cart it promises neither stock nor limits: the order asks again. */
  async fill(buyerId: string, orderId: string): Promise<BuyAgainLine[]> {
    const order = await this.orders.byIdForBuyer(orderId, buyerId);
    if (!order) throw new NotFound('Order', orderId);
    const ordered = await this.orders.linesOfOrder(order.id);
    const today = await this.today(order, ordered);
    const filled = await this.database.transaction(async (tx) => {
      const cart = await this.carts.lockLines(tx, [buyerId]);
      const lines = buyAgain(ordered, cart, today);
      const changed = lines.filter(({ ownQuantity, cartQuantity }) => cartQuantity > ownQuantity);
      await this.carts.setSeen(
        tx,
        changed.map(({ unitPriceNowFen: unitPriceFen, cartQuantity: quantity, ...line }) => ({
          ...line,
          buyerId,
          unitPriceFen,
          quantity,
        })),
        this.clock.now(),
      );
      return lines;
    });
    await this.merges.claimLateLines(buyerId);
    return filled;
  }

  private async today(order: OrderRow, lines: readonly OrderedLine[]): Promise<BuyAgainToday> {
    const ids = [...new Set(lines.map(({ variantId }) => variantId))];
    const [variants, standing, places, limits] = await Promise.all([
      this.offers.variants(ids),
      this.stock.standingOf(ids),
      this.offers.openPlaces(
        lines.map(({ channelPointId }) => channelPointId),
        '',
      ),
      order.unitId === '' ? this.limits.ofVariants(ids) : [],
    ]);
    const byPerson = limits.filter(({ personMax }) => personMax !== null).map(({ variantId }) => variantId);
    const buyer = { buyerId: order.buyerId, now: this.clock.now() };
    const boughtOf = await this.limits.boughtOf(buyer, byPerson);
    const onSale = [...variants.values()].filter(({ isOnSale }) => isOnSale);
    return {
      offerOf: new Map(
        onSale.map(({ id, priceFen: unitPriceFen }) => [
          id,
          { unitPriceFen, ...(standing.get(id) ?? { available: 0, bestBeforeOn: null }) },
        ]),
      ),
      openPlaces: new Set(places.keys()),
      limits,
      boughtOf,
    };
  }
}
