import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type PlanRefusal, StockService } from '#libs/inventory';
import { Clock, type DomainError, type IdOf, InvalidInputError, newId, present, refused } from '#libs/kernel';
import type { CreditExceededError, NoCreditTermError, UnitMergedError } from '#libs/procurement';
import { CouponNotUsableError, CouponService, type CouponUse } from '#libs/promotion';
import { Config } from '#platform/config';
import { Database, isDuplicate } from '#platform/database';
import { currentTrace } from '#platform/log';
import { emit } from '#platform/outbox';
import { signatureDueAt } from './after-sale.rules.js';
import { AdoptionAloneError, AdoptionObjectTakenError, AdoptionWholeError } from './adoption-order.errors.js';
import { adoptionOf, isStocked } from './adoption-order.rules.js';
import { CheckoutReader } from './checkout.reader.js';
import { type Placing, offerKey } from './crowd.rules.js';
import { CrowdPlacementService } from './crowd-placement.service.js';
import { CrowdService } from './crowd.service.js';
import { DispatchTermReader } from './dispatch-term.reader.js';
import type { NotServedError } from './freight-template.errors.js';
import { type OrderDraft, draftOrder, orderOf } from './order-draft.rules.js';
import type { OrderId } from './order.entity.js';
import {
  type CrowdedError,
  type IdempotencyConflictError,
  type NotOnSaleError,
  type OrderClaimedError,
  PriceChangedError,
  TooManyUnpaidError,
} from './order.errors.js';
import { orderPlaced } from './order.events.js';
import { type OrderRow, justPlaced } from './order.reader.js';
import { OrderRepository } from './order.repository.js';
import {
  type OfferedLine,
  type OrderInput,
  type OrderWish,
  PREPAID,
  answerAgain,
  cartChanged,
  destinationOf,
  isOrderKey,
  nothingToOwe,
  refuseOrder,
} from './order.rules.js';
import { OrderTermService } from './order-term.service.js';
import type { PresaleAloneError } from './presale-order.errors.js';
import { expecting, refuseDay, refuseNotBefore, wantedFrom } from './presale-order.rules.js';
import { PriceReader, unservedIn } from './price.reader.js';
import type { OrderPrice } from './price.rules.js';
import type { PurchaseLimitError } from './purchase-limit.errors.js';
import { PurchaseLimitService } from './purchase-limit.service.js';
import { PurchaseReader } from './purchase.reader.js';
import { SellerTermsReader } from './seller-terms.reader.js';

export type OrderPlacement =
  | OrderId
  | InvalidInputError
  | NotOnSaleError
  | PriceChangedError
  | NotServedError
  | PurchaseLimitError
  | CouponNotUsableError
  | PlanRefusal
  | IdempotencyConflictError
  | OrderClaimedError
  | TooManyUnpaidError
  | UnitMergedError
  | NoCreditTermError
  | CreditExceededError
  | CrowdedError
  | PresaleAloneError
  | AdoptionAloneError
  | AdoptionWholeError
  | AdoptionObjectTakenError;

export interface PlacedOrder {
  readonly orderId: OrderId;
  /** As it was placed; null where it is looked up: the key had placed it before, or its term is the unit's. */
  readonly order: OrderRow | null;
}

/** As it is asked for, and again. */
type Asked = Omit<OrderWish, 'recipient'> & { readonly recipient?: OrderWish['recipient'] };

const NOTHING_BEFORE = { earlier: null, unpaid: 0 } as const;

interface Offer {
  readonly offered: readonly OfferedLine[];
  readonly totals: OrderPrice;
  /** By merchant, within how many working days each sends. */
  readonly dispatchDays: ReadonlyMap<string, number>;
}

/**
 * What the client has said, and nothing that was found for it: by the next time an address of its book may be another, or gone. Written out field by field, so
 * that the order in which a client names them does not matter.
 */
function hashOf({ lines, recipient, totalFen, said, addressId, ...rest }: Asked): Buffer {
  const { name = '', phone = '', countyCode = '', address = '' } = recipient ?? {};
  const wanted =
    said ??
    lines?.map((line) => [
      line.variantId,
      line.quantity,
      line.channelPointId,
      ...(line.slot ? [line.slot.slotCode] : []),
    ]) ??
    'CART';
  const content = [wanted, name, phone, countyCode, address, totalFen?.toString() ?? null];
  // Only where they are said, so that whoever asks again across a release finds the order of before.
  const term = rest.paymentTerm === 'ON_ACCOUNT' ? [rest.paymentTerm] : [];
  const handover = rest.handover && rest.handover !== 'PARCEL' ? [rest.handover] : [];
  const coupons = rest.couponIds?.length ? [`coupons ${rest.couponIds.toSorted().join(' ')}`] : [];
  const title = rest.invoiceTitleId ? [`title ${rest.invoiceTitleId}`] : [];
  const union = rest.isForUnion ? ['union'] : [];
  const objects = rest.adoptionObjectIds?.length
    ? [`objects ${rest.adoptionObjectIds.toSorted().join(' ')}`]
    : [];
  const book = addressId ? [`address ${addressId}`] : [];
  const day = rest.promisedDispatchOn ? [`day ${rest.promisedDispatchOn}`] : [];
  const from = rest.dispatchNotBefore ? [`from ${rest.dispatchNotBefore}`] : [];
  const purchase = [
    rest.unitId ?? '',
    rest.campaignCode ?? '',
    ...term,
    ...handover,
    ...coupons,
    ...union,
    ...objects,
    ...title,
    ...book,
    ...day,
    ...from,
  ];
  const all = purchase.some((part) => part !== '') ? [...content, ...purchase] : content;
  return createHash('sha256').update(JSON.stringify(all)).digest();
}

/** Places orders: one transaction that takes the rows a crowd wants last. */
@Injectable()
export class OrderPlacementService {
  constructor(
    private readonly database: Database,
    private readonly checkout: CheckoutReader,
    private readonly purchases: PurchaseReader,
    private readonly prices: PriceReader,
    private readonly limits: PurchaseLimitService,
    private readonly terms: OrderTermService,
    private readonly dispatch: DispatchTermReader,
    private readonly sellers: SellerTermsReader,
    private readonly coupons: CouponService,
    private readonly orders: OrderRepository,
    private readonly stock: StockService,
    private readonly crowds: CrowdService,
    private readonly shared: CrowdPlacementService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** The same key with the same content answers with the first order, however often and however much at once. */
  async place(buyerId: IdOf<'usr'>, wish: OrderWish): Promise<OrderPlacement> {
    const placed = await this.placeAndShow(buyerId, wish);
    return refused(placed) ? placed : placed.orderId;
  }

  /** The same with the order, for whoever shows it. */
  placeAndShow(
    buyerId: IdOf<'usr'>,
    wish: OrderWish,
  ): Promise<PlacedOrder | Exclude<OrderPlacement, OrderId>> {
    const [only = null, ...more] = wish.lines ?? [];
    const arrivedAt = this.clock.now();
    const wanted = only && more.length === 0 ? only.variantId : 'SEVERAL';
    return this.crowds.admit(wanted, arrivedAt, () => this.placeAdmitted(buyerId, wish, arrivedAt));
  }

  /** What the key has placed already; null where that is nothing. Joins nothing and changes nothing. */
  async placedBefore(
    buyerId: IdOf<'usr'>,
    asked: Asked,
  ): Promise<OrderId | IdempotencyConflictError | OrderClaimedError | null> {
    if (!isOrderKey(asked.idempotencyKey)) return null;
    const earlier = await this.checkout.earlier(buyerId, asked.idempotencyKey);
    return earlier && answerAgain(earlier, hashOf(asked));
  }

  private async placeAdmitted(
    buyerId: IdOf<'usr'>,
    wish: OrderWish,
    arrivedAt: Date,
  ): Promise<PlacedOrder | Exclude<OrderPlacement, OrderId>> {
    // Before anything else is looked at: the address may be gone by now, and the goods sold.
    const requestHash = hashOf(wish);
    const { earlier, unpaid } = isOrderKey(wish.idempotencyKey)
      ? await this.checkout.standingOf(buyerId, wish.idempotencyKey)
      : NOTHING_BEFORE;
    if (earlier) return shown(answerAgain(earlier, requestHash));
    // Each holds goods that others want. Whoever places several at once may pass it by as many; what is bought for a unit is for many.
    const { unpaidOrders: unpaidMax } = this.config.personMax;
    if (unpaid >= unpaidMax && !wish.unitId) return new TooManyUnpaidError(unpaidMax);
    const recipient = await this.checkout.recipientOf(buyerId, wish);
    if (refused(recipient)) return recipient;
    const input: OrderInput = { ...wish, recipient };
    const refusal = refuseOrder(input);
    if (refusal) return refusal;

    const purchase = await this.purchases.of(buyerId, input);
    if (refused(purchase)) return purchase;
    const invoiceTitle = await this.purchases.titleOf(input);
    const offer = await this.offerTo(buyerId, input, purchase.unitId !== '');
    // Asked twice at once, it may have found the cart that its own order has emptied.
    if (refused(offer))
      return shown(await this.firstOr(offer as OrderPlacement, { ...input, buyerId, requestHash }));
    const { offered, totals, dispatchDays } = offer;
    const notBefore = input.dispatchNotBefore ?? null;
    const unchosen = refuseNotBefore(offered, notBefore);
    if (unchosen) return unchosen;
    const unserved = unservedIn(totals, input);
    if (unserved) return unserved;
    const [unusable] = totals.refusedCoupons;
    if (unusable) return new CouponNotUsableError(unusable.couponId, unusable.obstacle, unusable.missingFen);
    if (input.totalFen !== null && input.totalFen !== totals.totalFen)
      return new PriceChangedError(totals.totalFen);

    const { idempotencyKey, paymentTerm = 'PREPAID', handover = 'PARCEL' } = input;
    const placedAt = this.clock.now();
    const promises = await this.dispatch.promisedOf(
      dispatchDays,
      paymentTerm === 'ON_ACCOUNT' ? signatureDueAt(placedAt) : placedAt,
    );
    const otherDay = refuseDay(offered, promises, input.promisedDispatchOn ?? null);
    if (otherDay) return otherDay;
    if (paymentTerm === 'ON_ACCOUNT' && totals.totalFen === 0n) return new InvalidInputError([nothingToOwe]);
    const request = {
      buyerId,
      idempotencyKey,
      requestHash,
      recipient: destinationOf(input, offered),
      purchase,
      invoiceTitle,
      handover,
      paymentTerm,
      offered: expecting(wantedFrom(offered, notBefore), input.promisedDispatchOn ?? null),
      totals,
      orderId: newId('ord'),
      placedAt,
      promises,
      ...(input.heldFen === undefined ? {} : { heldFen: input.heldFen }),
      isFromCart: input.lines === null,
      traceId: currentTrace()?.traceId ?? null,
    };
    // Whoever wants what a crowd wants joins it, and everybody else whoever orders at that moment.
    const placed = await this.crowds.place(request, arrivedAt, () =>
      this.shared.placeAmongStrangers(request, () => this.placeAlone(request)),
    );
    const isNew = placed === request.orderId && paymentTerm === 'PREPAID';
    return shown(placed, isNew ? justPlaced(orderOf({ ...request, term: PREPAID })) : null);
  }

  /**
   * What is offered, and what that costs: read together, so that one belongs to the other. Carts and coupons are somebody's own; everything else is
   * the same for whoever wants the same at the same moment, and read once for all of them.
   */
  private offerTo(buyerId: IdOf<'usr'>, input: OrderInput, isForUnit: boolean): Promise<Offer | DomainError> {
    const { lines, couponIds = [], adoptionObjectIds = [] } = input;
    const read = async () => {
      const offered = await this.checkout.offered(buyerId, input);
      if (refused(offered)) return offered;
      const sellers = await this.sellers.of(offered.map(({ variant }) => variant.merchantId));
      const coupons = { buyerId, couponIds, isForUnit };
      const totals = await this.prices.of(offered, input, coupons, sellers);
      // Of what is in stock: a harvest has days of its own, and what a cabinet hands out leaves at once.
      const stocked = new Set<string>(
        offered.filter((line) => isStocked(line) && !line.slot).map(({ variant }) => variant.merchantId),
      );
      const dispatchDays = new Map(
        [...sellers.dispatchDays].filter(([merchantId]) => stocked.has(merchantId)),
      );
      return { offered, totals, dispatchDays };
    };
    if (lines === null || couponIds.length > 0 || adoptionObjectIds.length > 0) return read();
    return this.crowds.share(offerKey(input, isForUnit), read);
  }

  private async placeAlone(request: Placing): Promise<OrderPlacement> {
    try {
      const placed = await this.commit(request);
      // The same key may have placed its order meanwhile: then it has what it is refused for here, the last box or what was in the cart.
      return refused(placed) ? await this.firstOr(placed, request) : placed;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // The same key arrived twice at once; the unique key let the other one through, and it has committed.
      const { buyerId, idempotencyKey, requestHash } = request;
      const first = await this.checkout.earlier(buyerId, idempotencyKey);
      return answerAgain(present(first, 'the order that took the key'), requestHash);
    }
  }

  /** What the key has placed, or else the refusal. */
  private async firstOr(
    refusal: OrderPlacement,
    { buyerId, idempotencyKey, requestHash }: Pick<Placing, 'buyerId' | 'idempotencyKey' | 'requestHash'>,
  ): Promise<OrderPlacement> {
    const first = await this.checkout.earlier(buyerId, idempotencyKey);
    return first ? answerAgain(first, requestHash) : refusal;
  }

  private commit(request: Placing): Promise<OrderPlacement> {
    let isOvertaken = false;
    return this.database.transaction(async (tx) => {
      // Begun again, the key may have placed its order meanwhile, and a guest's may be somebody else's by now.
      const first = isOvertaken ? (await this.checkout.earlierOf([request], tx)).get(request.buyerId) : null;
      if (first) return answerAgain(first, request.requestHash);
      // The unit's lock before those of the stock, which a crowd wants.
      const term = await this.terms.take(tx, request);
      if (refused(term)) return term;
      const overLimit = await this.limits.take(tx, request);
      if (overLimit) return overLimit;
      const allocations = await this.stock.plan(tx, request.offered, { isLocking: isOvertaken });
      if (refused(allocations)) return takenFrom(request.offered) ?? allocations;
      // A second attempt means that somebody was faster: from then on the plan locks what it counts on.
      isOvertaken = true;

      const batches = await this.checkout.batchesOf(tx, allocations);
      const draft = draftOrder({ ...request, term, allocations, batches }, newId);
      await this.orders.insert(tx, draft);
      if (request.isFromCart && !(await this.orders.clearCart(tx, request.buyerId, request.offered))) {
        return new InvalidInputError([cartChanged]);
      }
      const { id: orderId, buyerId } = draft.order;
      await emit(tx, orderPlaced({ orderId, buyerId }, request.placedAt));
      // Budgets are wanted by many, the stock by more.
      const unusable = await this.coupons.redeem(tx, { holderId: buyerId, orderId }, usesOf(draft.fundings));
      if (unusable) return unusable;
      await this.stock.reserve(tx, orderId, draft.picks);
      return orderId;
    });
  }
}

/** Whoever has chosen objects is told that they are gone, and not how many others are left. */
function takenFrom(offered: readonly OfferedLine[]): AdoptionObjectTakenError | null {
  const { objectIds = [] } = adoptionOf(offered) ?? {};
  return objectIds.length > 0 ? new AdoptionObjectTakenError(objectIds) : null;
}

function shown<Refusal extends DomainError>(
  placed: OrderId | Refusal,
  order: OrderRow | null = null,
): PlacedOrder | Refusal {
  return refused(placed) ? placed : { orderId: placed, order };
}

/** What each coupon pays of the order. */
function usesOf(fundings: OrderDraft['fundings']): CouponUse[] {
  const uses = new Map<string, CouponUse>();
  for (const { couponId, promotionId, amountFen } of fundings) {
    const before = uses.get(couponId)?.amountFen ?? 0n;
    if (couponId !== '') uses.set(couponId, { couponId, promotionId, amountFen: before + amountFen });
  }
  return [...uses.values()];
}
