import { Injectable } from '@nestjs/common';
import { StockReader } from '#libs/inventory';
import type { Fen, FenText, IdOf } from '#libs/kernel';
import { CartReader } from './cart.reader.js';
import { OfferReader } from './offer.reader.js';
import { type OrderTotals, type WantedLine, goodsOf, totalsOf } from './order.rules.js';

export interface CartLineView extends WantedLine {
  readonly variantName: string;
  readonly productId: IdOf<'prd'>;
  readonly productName: string;
  readonly unitPriceFen: FenText;
  readonly goodsFen: Fen;
  readonly isOnSale: boolean;
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
    const offered = wanted.flatMap((line) => {
      const variant = variants.get(line.variantId);
      return variant ? [{ ...line, variant }] : [];
    });
    const lines = offered.map(({ variant, ...line }): CartLineView => ({
      ...line,
      variantName: variant.name,
      productId: variant.productId,
      productName: variant.productName,
      unitPriceFen: variant.priceFen,
      goodsFen: goodsOf(variant.priceFen, line.quantity),
      isOnSale: variant.isOnSale,
      available: available.get(variant.id) ?? 0,
    }));
    return { ...totalsOf(offered.filter((line) => line.variant.isOnSale)), lines };
  }
}
