import { Injectable } from '@nestjs/common';
import { PresaleReader, StockReader } from '#libs/inventory';
import { type Fen, type FenText, type IdOf, type InvalidInputError, fen } from '#libs/kernel';
import { type CartLineChange, changesOf } from './cart-change.rules.js';
import { CartReader } from './cart.reader.js';
import { OfferReader } from './offer.reader.js';
import { type OrderTotals, type WantedLine, goodsOf, unitsByVariant } from './order.rules.js';
import { soldBy } from './presale-order.rules.js';
import { PriceReader } from './price.reader.js';
import { type PricedPart, missingForFree } from './price.rules.js';
import { PromiseReader } from './promise.reader.js';

export interface CartLineView extends WantedLine {
  readonly variantName: string;
  readonly productId: IdOf<'prd'>;
  readonly productName: string;
  readonly merchantId: IdOf<'mer'>;
  readonly unitPriceFen: FenText;
  /** Per unit, when the buyer last said how many; null on older lines. */
  readonly seenPriceFen: FenText | null;
  readonly goodsFen: Fen;
  /** What the merchant takes off for everybody now. */
  readonly discountFen: Fen;
  readonly isOnSale: boolean;
  /** What can be bought now; may be less than is wanted. */
  readonly available: number;
  /** Of what would be sent first; null for what does not perish, and where nothing is left. */
  readonly bestBeforeOn: string | null;
  /** When it would leave if it were ordered now; null for what is not sold, and where no day has room for it. */
  readonly promisedOn: string | null;
  readonly changes: readonly CartLineChange[];
}

/** What one merchant would send. */
export interface CartGroup extends PricedPart {
  readonly missingForFreeFen: Fen | null;
  readonly lines: readonly CartLineView[];
}

export interface CartView extends OrderTotals {
  readonly discountFen: Fen;
  readonly lines: readonly CartLineView[];
  readonly groups: readonly CartGroup[];
}

/** The cart with today's prices and stock: what an order of it would cost, lines that are no longer sold left out of the sums. */
@Injectable()
export class CartViewReader {
  constructor(
    private readonly cart: CartReader,
    private readonly offers: OfferReader,
    private readonly stock: StockReader,
    private readonly prices: PriceReader,
    private readonly presales: PresaleReader,
    private readonly promises: PromiseReader,
  ) {}

  /** As it would be sent there. Refused for what is no county. */
  async sentTo(buyerId: string, countyCode: string): Promise<CartView | InvalidInputError> {
    return (await this.offers.refuseCounty(countyCode, 'countyCode')) ?? this.ofBuyer(buyerId, countyCode);
  }

  /** Freight is that to `countyCode`; an estimate while it is ''. A constant number of statements, whatever is in it. */
  async ofBuyer(buyerId: string, countyCode = ''): Promise<CartView> {
    const wanted = await this.cart.linesOf(buyerId);
    const ids = [...new Set(wanted.map((line) => line.variantId))];
    const [variants, ahead, standing, open] = await Promise.all([
      this.offers.variants(ids),
      this.presales.soldAhead(ids),
      this.stock.standingOf(ids),
      this.offers.openPlaces(
        wanted.map((line) => line.channelPointId),
        countyCode,
      ),
    ]);
    const offered = wanted.flatMap((line) => {
      const variant = variants.get(line.variantId);
      // Of a place that is closed nothing is known but that it cannot be bought through; then it costs what it costs online.
      const place = open.get(line.channelPointId) ?? open.get('');
      if (!variant || !place) return [];
      return [{ ...line, ...soldBy({ ...line, variant, place }, ahead) }];
    });
    const sold = offered.filter((line) => line.variant.isOnSale);
    const price = await this.prices.of(sold, { recipient: { countyCode } });
    const promised = await this.promises.daysOf(sold);
    const wantedOf = unitsByVariant(wanted);
    const lines = offered.map((whole): CartLineView => {
      const { variant, seen, place: _place, harvest: _harvest, adopted: _adopted, ...line } = whole;
      const { available, bestBeforeOn } = standing.get(variant.id) ?? { available: 0, bestBeforeOn: null };
      const isPlaceOpen = open.has(line.channelPointId);
      const { isOnSale } = variant;
      const unitPriceFen = fen(variant.priceFen);
      const { quantity } = line;
      const inAll = wantedOf.get(variant.id) ?? quantity;
      return {
        ...line,
        variantName: variant.name,
        productId: variant.productId,
        productName: variant.productName,
        merchantId: variant.merchantId,
        unitPriceFen: variant.priceFen,
        seenPriceFen: seen.unitPriceFen,
        goodsFen: goodsOf(variant.priceFen, quantity),
        discountFen: price.lines[sold.indexOf(whole)]?.discountFen ?? 0n,
        isOnSale,
        available,
        bestBeforeOn,
        promisedOn: promised[sold.indexOf(whole)] ?? null,
        changes: changesOf(seen, {
          unitPriceFen,
          isOnSale,
          isPlaceOpen,
          wanted: inAll,
          available,
          bestBeforeOn,
        }),
      };
    });
    const groups = price.parts.map((part) => ({
      ...part,
      missingForFreeFen: missingForFree(part),
      lines: lines.filter((line) => line.merchantId === part.merchantId && line.isOnSale),
    }));
    return { ...price, lines, groups };
  }
}
