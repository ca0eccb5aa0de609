import { Injectable } from '@nestjs/common';
import {
  AdoptionOfferReader,
  InsufficientStockError,
  type PresaleTerms,
  StockReader,
  type StockStanding,
} from '#libs/inventory';
import { Clock, type DomainError, type Fen, InvalidInputError, refused } from '#libs/kernel';
import type { MerchantRow } from '#libs/merchant';
import { CreditTermReader } from '#libs/procurement';
import { type CouponChance, CouponNotUsableError, bestChoice, chancesOf } from '#libs/promotion';
import { AdoptionObjectTakenError } from './adoption-order.errors.js';
import { adoptionOf } from './adoption-order.rules.js';
import { signatureDueAt } from './after-sale.rules.js';
import { CartReader } from './cart.reader.js';
import { OfferReader } from './offer.reader.js';
import {
  ORDER_COUPONS_MAX,
  type OfferedLine,
  type OrderInput,
  type Purchase,
  emptyCart,
  goodsOf,
  nothingToOwe,
  refusePickUp,
  refusePlace,
  refuseWanted,
  sellerIn,
  unitsByVariant,
} from './order.rules.js';
import { depositOf, presaleOf, refuseAhead, refuseNotBefore, wantedFrom } from './presale-order.rules.js';
import { PriceReader, unservedIn } from './price.reader.js';
import { type OrderPrice, type PricedLine, type PricedPart, discountable } from './price.rules.js';
import { PromiseReader } from './promise.reader.js';
import { PurchaseLimitReader } from './purchase-limit.reader.js';
import { PurchaseReader } from './purchase.reader.js';
import { SellerTermsReader } from './seller-terms.reader.js';

/** What an order would be, as far as it has been said. */
export interface CheckoutWish extends Pick<
  OrderInput,
  | 'lines'
  | 'handover'
  | 'unitId'
  | 'campaignCode'
  | 'couponIds'
  | 'paymentTerm'
  | 'adoptionObjectIds'
  | 'dispatchNotBefore'
> {
  /** Where it goes; '' while nobody has said. */
  readonly recipient: { readonly countyCode: string };
}

export interface CheckoutPreview extends OrderPrice {
  readonly parts: readonly (PricedPart & { readonly merchant: MerchantRow | null })[];
  /** In the order in which they were named; what is not sold now is left out. */
  readonly lines: readonly (OfferedLine &
    PricedLine & {
      readonly unitPriceFen: Fen;
      /** Null where no day has room for it. */
      readonly promisedOn: string | null;
    })[];
  /** The latest day by which something of it would leave; null while that is not known of all of it. */
  readonly promisedDispatchOn: string | null;
  /** What would be paid now; all of it where nothing is presold, and nothing of what is bought on account. */
  readonly dueNowFen: Fen;
  /** The presale that it is of, where it is of one and can be ordered; its rest is due by the day that it says. */
  readonly presale: PresaleTerms | null;
  /** What each of the buyer's coupons would do by itself. */
  readonly coupons: readonly CouponChance[];
  /** Of these, those that together take off most. */
  readonly suggestedCouponIds: readonly string[];
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
    private readonly promises: PromiseReader,
    private readonly sellers: SellerTermsReader,
    private readonly credit: CreditTermReader,
    private readonly adoptions: AdoptionOfferReader,
    private readonly clock: Clock,
  ) {}

  /** Throws NotFound for a unit that the buyer does not buy for, and for coupons of others. */
  async of(buyerId: string, wish: CheckoutWish): Promise<CheckoutPreview | InvalidInputError> {
    const refusal = refuseWanted(wish);
    if (refusal) return refusal;
    const wanted = wish.lines ?? (await this.cart.linesOf(buyerId));
    if (wanted.length === 0) return new InvalidInputError([emptyCart]);
    const purchase = await this.purchases.of(buyerId, wish);
    const { countyCode } = wish.recipient;
    const nowhere =
      wish.handover === 'PICK_UP' ? null : await this.offers.refuseCounty(countyCode, 'countyCode');
    const elsewhere = wish.handover === 'PICK_UP' ? refusePickUp(wanted) : null;
    const { adoptionObjectIds } = wish;
    const standing = await this.stock.standingOf([...new Set(wanted.map(({ variantId }) => variantId))]);
    const notBefore = wish.dispatchNotBefore ?? null;
    const sifted = await this.offers.sift(wanted, countyCode, adoptionObjectIds, standing);
    const { refusals } = sifted;
    const offered = wantedFrom(sifted.offered, notBefore);
    const isForUnit = Boolean(wish.unitId);
    const [cuts, held, sellers] = await Promise.all([
      this.prices.cutsOf(offered),
      this.prices.inHand({ buyerId, isForUnit }),
      this.sellers.of(offered.map(({ variant }) => variant.merchantId)),
    ]);
    const coupons = { buyerId, couponIds: wish.couponIds ?? [], isForUnit };
    const price = await this.prices.of(offered, wish, coupons, { cuts, ...sellers });
    const unserved = unservedIn(price, wish);
    const lines = offered.map(discountable);
    const isOwed = wish.paymentTerm === 'ON_ACCOUNT';
    const now = this.clock.now();
    const from = isOwed ? signatureDueAt(now) : now;
    const promised = await this.promises.daysOf(offered, sellers.dispatchDays, from);
    const mixed = refuseAhead(offered, { ...wish, adoptionObjectIds }) ?? refuseNotBefore(offered, notBefore);
    const unkept = refusePlace(wish.handover, offered);
    const presale = mixed ? null : presaleOf(offered);
    const depositFen = depositOf(price, presale);
    return {
      ...price,
      parts: price.parts.map((part) => ({ ...part, merchant: sellerIn(offered, part) })),
      presale,
      promisedDispatchOn: latestOf(promised),
      dueNowFen: isOwed ? 0n : depositFen === 0n ? price.totalFen : depositFen,
      lines: offered.flatMap((line, index) => {
        const priced = price.lines[index];
        const promisedOn = promised[index] ?? null;
        const unitPriceFen = goodsOf(line.variant.priceFen, 1);
        return priced ? [{ ...line, ...priced, unitPriceFen, promisedOn }] : [];
      }),
      coupons: chancesOf(lines, cuts, held),
      suggestedCouponIds: bestChoice(lines, cuts, held, ORDER_COUPONS_MAX),
      obstacles: [
        ...(refused(purchase) ? [purchase] : []),
        ...(nowhere ? [nowhere] : []),
        ...(elsewhere ? [elsewhere] : []),
        ...refusals,
        ...(unkept ? [unkept] : []),
        ...(mixed ? [mixed] : []),
        ...(unserved ? [unserved] : []),
        ...price.refusedCoupons.map(
          ({ couponId, obstacle, missingFen }) => new CouponNotUsableError(couponId, obstacle, missingFen),
        ),
        ...(refused(purchase) ? [] : await this.limits.overOf({ buyerId, purchase, offered })),
        ...(refused(purchase) || !isOwed ? [] : await this.unowable(purchase, price)),
        ...shortOf(
          offered.filter(({ harvest }) => !harvest),
          standing,
        ),
        ...this.promises.shortOf(offered),
        ...(mixed ? [] : await this.takenOf(offered)),
      ],
    };
  }

  /** Why it could not be owed. How much a unit may owe is none of a contractor's, who hears whether it does with the order. */
  private async unowable({ unitId, buyerKind }: Purchase, { totalFen }: OrderPrice): Promise<DomainError[]> {
    if (totalFen === 0n) return [new InvalidInputError([nothingToOwe])];
    if (buyerKind === 'CONTRACTOR') return [];
    const refusal = await this.credit.refusalOf(unitId, totalFen);
    return refusal ? [refusal] : [];
  }

  /** Objects that the buyer has chosen and somebody else has; asked only of whoever has chosen some. */
  private async takenOf(offered: readonly OfferedLine[]): Promise<AdoptionObjectTakenError[]> {
    const { offerId = '', objectIds = [] } = adoptionOf(offered) ?? {};
    const areFree = objectIds.length === 0 || (await this.adoptions.areFree(offerId, objectIds));
    return areFree ? [] : [new AdoptionObjectTakenError(objectIds)];
  }
}

function latestOf(days: readonly (string | null)[]): string | null {
  const known = days.flatMap((day) => day ?? []);
  return known.length < days.length ? null : (known.toSorted().at(-1) ?? null);
}

/** Of what lies there, what is less than is wanted. */
function shortOf(
  offered: readonly OfferedLine[],
  standing: ReadonlyMap<string, StockStanding>,
): InsufficientStockError[] {
  return [...unitsByVariant(offered)].flatMap(([variantId, quantity]) => {
    const left = standing.get(variantId)?.available ?? 0;
    return quantity > left ? [new InsufficientStockError(variantId, left)] : [];
  });
}
