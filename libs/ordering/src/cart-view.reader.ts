import { Injectable } from '@nestjs/common';
import { PresaleReader, type SoldAhead, StockReader, type StockStanding } from '#libs/inventory';
import { type Fen, type FenText, type IdOf, type InvalidInputError, fen } from '#libs/kernel';
import type { MerchantRow } from '#libs/merchant';
import { type CartLineChange, changesOf } from './cart-change.rules.js';
import { CartReader, type CartLineRow } from './cart.reader.js';
import { OfferReader } from './offer.reader.js';
import {
  type OrderTotals,
  type SalePlace,
  type VariantOffer,
  type WantedLine,
  goodsOf,
  sellerIn,
  unitsByVariant,
} from './order.rules.js';
import { soldBy } from './presale-order.rules.js';
import { PriceReader } from './price.reader.js';
import { type PricedPart, missingForFree } from './price.rules.js';
import { PromiseReader } from './promise.reader.js';
import { SellerTermsReader } from './seller-terms.reader.js';

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
  readonly merchant: MerchantRow | null;
  readonly missingForFreeFen: Fen | null;
  readonly lines: readonly CartLineView[];
}

export interface CartView extends OrderTotals {
  readonly discountFen: Fen;
  readonly lines: readonly CartLineView[];
  readonly groups: readonly CartGroup[];
}

/** What is offered at one moment for lines of a cart. */
export interface CartOffers {
  /** Variants and places of sale that were asked about, known or not. */
  readonly ids: ReadonlySet<string>;
  readonly variants: ReadonlyMap<string, VariantOffer>;
  readonly ahead: SoldAhead;
  readonly standing: ReadonlyMap<string, StockStanding>;
  readonly open: ReadonlyMap<string, SalePlace>;
}

function isAbout({ ids }: CartOffers, lines: readonly WantedLine[]): boolean {
  return lines.every(({ variantId, channelPointId }) => ids.has(variantId) && ids.has(channelPointId));
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
    private readonly sellers: SellerTermsReader,
  ) {}

  /** As it would be sent there. Refused for what is no county. */
  async sentTo(buyerId: string, countyCode: string): Promise<CartView | InvalidInputError> {
    return (await this.offers.refuseCounty(countyCode, 'countyCode')) ?? this.ofBuyer(buyerId, countyCode);
  }

  /** Freight is that to `countyCode`; an estimate while it is ''. A constant number of statements, whatever is in it. */
  async ofBuyer(buyerId: string, countyCode = ''): Promise<CartView> {
    const wanted = await this.cart.linesOf(buyerId);
    return this.show(wanted, await this.offersFor(wanted, countyCode), countyCode);
  }

  /** What is offered now for what is in the cart, and for a line that is about to be put into it. */
  async offersOf(buyerId: string, line: WantedLine): Promise<CartOffers> {
    return this.offersFor([...(await this.cart.linesOf(buyerId)), line], '');
  }

  /** The cart with these lines, by offers that were read a moment ago; read again where they do not know all of the lines. */
  async ofLines(wanted: readonly CartLineRow[], offers: CartOffers): Promise<CartView> {
    return this.show(wanted, isAbout(offers, wanted) ? offers : await this.offersFor(wanted, ''), '');
  }

  private async offersFor(wanted: readonly WantedLine[], countyCode: string): Promise<CartOffers> {
    const ids = [...new Set(wanted.map((line) => line.variantId))];
    const pointIds = wanted.map((line) => line.channelPointId);
    const [variants, standing, open] = await Promise.all([
      this.offers.variants(ids),
      this.stock.standingOf(ids),
      this.offers.openPlaces(pointIds, countyCode),
    ]);
    // Of the little that is sold ahead, by what.
    const ahead = await this.presales.soldAhead(ids.filter((id) => standing.get(id)?.isSoldAhead));
    return { ids: new Set([...ids, ...pointIds]), variants, ahead, standing, open };
  }

  private async show(
    wanted: readonly CartLineRow[],
    { variants, ahead, standing, open }: CartOffers,
    countyCode: string,
  ): Promise<CartView> {
    const offered = wanted.flatMap((line) => {
      const variant = variants.get(line.variantId);
      // Of a place that is closed nothing is known but that it cannot be bought through; then it costs what it costs online.
      const place = open.get(line.channelPointId) ?? open.get('');
      if (!variant || !place) return [];
      return [{ ...line, ...soldBy({ ...line, variant, place }, ahead) }];
    });
    const sold = offered.filter((line) => line.variant.isOnSale);
    const sellers = await this.sellers.of(sold.map(({ variant }) => variant.merchantId));
    const price = await this.prices.of(sold, { recipient: { countyCode } }, null, sellers);
    const promised = await this.promises.daysOf(sold, sellers.dispatchDays);
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
      merchant: sellerIn(sold, part),
      missingForFreeFen: missingForFree(part),
      lines: lines.filter((line) => line.merchantId === part.merchantId && line.isOnSale),
    }));
    return { ...price, lines, groups };
  }
}
