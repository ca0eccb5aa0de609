import { Injectable } from '@nestjs/common';
import { InsufficientStockError, StockReader } from '#libs/inventory';
import { type DomainError, type Fen, InvalidInputError, refused } from '#libs/kernel';
import { CartReader } from './cart.reader.js';
import { OfferReader } from './offer.reader.js';
import { type OfferedLine, type OrderInput, emptyCart, goodsOf, refuseWanted } from './order.rules.js';
import { PriceReader, unservedIn } from './price.reader.js';
import type { OrderPrice } from './price.rules.js';
import { PurchaseLimitReader } from './purchase-limit.reader.js';
import { PurchaseReader } from './purchase.reader.js';

/** What an order would be, as far as it has been said. */
export interface CheckoutWish extends Pick<OrderInput, 'lines' | 'handover' | 'unitId' | 'campaignCode'> {
  /** Where it goes; '' while nobody has said. */
  readonly recipient: { readonly countyCode: string };
}

export interface CheckoutPreview extends OrderPrice {
  /** In the order in which they were named; what is not sold now is left out. */
  readonly lines: readonly (OfferedLine & { readonly unitPriceFen: Fen; readonly goodsFen: Fen })[];
  /** Why it could not be ordered as it is now, all reasons at once. */
  readonly obstacles: readonly DomainError[];
}

/** What an order would cost and what stands in its way, by the calculation that places it. Reserves and promises nothing. */
@Injectable()
export class CheckoutPreviewReader {
  constructor(
    private readonly cart: CartReader,
    private readonly offers: OfferReader,
    private readonly purchases: PurchaseReader,
    private readonly prices: PriceReader,
    private readonly limits: PurchaseLimitReader,
    private readonly stock: StockReader,
  ) {}

  /** Throws NotFound for a unit that the buyer does not buy for. */
  async of(buyerId: string, wish: CheckoutWish): Promise<CheckoutPreview | InvalidInputError> {
    const refusal = wish.lines ? refuseWanted(wish.lines) : null;
    if (refusal) return refusal;
    const wanted = wish.lines ?? (await this.cart.linesOf(buyerId));
    if (wanted.length === 0) return new InvalidInputError([emptyCart]);
    const purchase = await this.purchases.of(buyerId, wish);
    const { offered, refusals } = await this.offers.sift(wanted, wish.recipient.countyCode);
    const price = await this.prices.of(offered, wish);
    const unserved = unservedIn(price, wish);
    return {
      ...price,
      lines: offered.map((line) => ({
        ...line,
        unitPriceFen: goodsOf(line.variant.priceFen, 1),
        goodsFen: goodsOf(line.variant.priceFen, line.quantity),
      })),
      obstacles: [
        ...(refused(purchase) ? [purchase] : []),
        ...refusals,
        ...(unserved ? [unserved] : []),
        ...(refused(purchase) ? [] : await this.limits.overOf({ buyerId, purchase, offered })),
        ...(await this.shortOf(offered)),
      ],
    };
  }

  private async shortOf(offered: readonly OfferedLine[]): Promise<InsufficientStockError[]> {
    const wanted = new Map<string, number>();
    for (const { variantId, quantity } of offered)
      wanted.set(variantId, (wanted.get(variantId) ?? 0) + quantity);
    const available = await this.stock.availableOf([...wanted.keys()]);
    return [...wanted].flatMap(([variantId, quantity]) => {
      const left = available.get(variantId) ?? 0;
      return quantity > left ? [new InsufficientStockError(variantId, left)] : [];
    });
  }
}
