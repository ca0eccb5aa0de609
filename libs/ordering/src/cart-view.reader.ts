import { Injectable } from '@nestjs/common';
import type { VariantForSale } from '#libs/catalog';
import { StockReader } from '#libs/inventory';
import { type Fen } from '#libs/kernel';
import { CartReader } from './cart.reader.js';
import { OfferReader } from './offer.reader.js';
import { type OrderTotals, type WantedLine, goodsOf, totalsOf } from './order.rules.js';

export interface CartLineView extends WantedLine {
  readonly variant: VariantForSale;
  readonly goodsFen: Fen;
  /** What can be bought now; may be less than is wanted. */
  readonly available: number;
}

export interface CartView extends OrderTotals {
  readonly lines: readonly CartLineView[];
}

/** The cart with today's prices and stock: what an order of it would cost, lines that are no longer sold left out of the sums. */
@Injectable()
export class CartViewReader {
  constructor(
    private readonly cart: CartReader,
    private readonly offers: OfferReader,
    private readonly stock: StockReader,
  ) {}

  /** Four statements, whatever is in it. */
  async ofBuyer(buyerId: string): Promise<CartView> {
    const wanted = await this.cart.linesOf(buyerId);
    const ids = [...new Set(wanted.map((line) => line.variantId))];
    const [variants, available] = await Promise.all([this.offers.variants(ids), this.stock.availableOf(ids)]);
    const lines = wanted.flatMap((line): CartLineView[] => {
      const variant = variants.get(line.variantId);
      if (!variant) return [];
      const goodsFen = goodsOf(variant.priceFen, line.quantity);
      return [{ ...line, variant, goodsFen, available: available.get(line.variantId) ?? 0 }];
    });
    return { ...totalsOf(lines.filter((line) => line.variant.isOnSale)), lines };
  }
}
