import { type FenText, fen } from '#libs/kernel';
import { CART_LINES_MAX } from './cart.rules.js';
import { LINE_QUANTITY_MAX, type WantedLine, unitsByVariant } from './order.rules.js';
import type { PurchaseLimit } from './purchase-limit.rules.js';

/** PUT_IN: as many as were ordered. IN_CART: they were there already. FEWER: not as many. LEFT_OUT: none. */
export const BUY_AGAIN_OUTCOMES = ['PUT_IN', 'IN_CART', 'FEWER', 'LEFT_OUT'] as const;
export type BuyAgainOutcome = (typeof BUY_AGAIN_OUTCOMES)[number];

/** What is not as it was. PLACE_CLOSED: it comes from the online shop itself. LIMITED: by the purchase limit, or by what a line may hold. */
export const BUY_AGAIN_CHANGES = [
  'OFF_SALE',
  'PRICE_ROSE',
  'PRICE_FELL',
  'PLACE_CLOSED',
  'SOLD_OUT',
  'FEWER_LEFT',
  'LIMITED',
  'CART_FULL',
] as const;
export type BuyAgainChange = (typeof BUY_AGAIN_CHANGES)[number];

/** As it was frozen on the order. */
export interface OrderedLine extends WantedLine {
  readonly variantName: string;
  readonly productId: string;
  readonly productName: string;
  readonly unitPriceFen: FenText;
}

/** Of a variant that is on sale. */
export interface OfferAgain {
  readonly unitPriceFen: FenText;
  readonly available: number;
  /** Of what would be sent first; null for what does not perish, and where nothing is left. */
  readonly bestBeforeOn: string | null;
}

export interface BuyAgainToday {
  /** What is not on sale is missing. */
  readonly offerOf: ReadonlyMap<string, OfferAgain>;
  readonly openPlaces: ReadonlySet<string>;
  /** None where it was bought for a unit, which is for many. */
  readonly limits: readonly PurchaseLimit[];
  /** Of those that are limited by person, within the period. */
  readonly boughtOf: ReadonlyMap<string, number>;
}

export interface BuyAgainLine extends OrderedLine {
  /** Today; null for what is not on sale. */
  readonly unitPriceNowFen: FenText | null;
  readonly bestBeforeOn: string | null;
  /** In the cart before, and now. */
  readonly ownQuantity: number;
  readonly cartQuantity: number;
  readonly outcome: BuyAgainOutcome;
  readonly changes: readonly BuyAgainChange[];
}

const keyOf = ({ variantId, channelPointId }: Pick<WantedLine, 'variantId' | 'channelPointId'>) =>
  `${variantId} ${channelPointId}`;

/** An order has a line for each batch, and a cart one for each variant and place; what was bought at a place that is closed is had online. */
function wantedAgain(
  lines: readonly OrderedLine[],
  openPlaces: ReadonlySet<string>,
): (OrderedLine & { readonly isMoved: boolean })[] {
  const wanted = new Map<string, OrderedLine & { readonly isMoved: boolean }>();
  for (const line of lines) {
    const isMoved = line.channelPointId !== '' && !openPlaces.has(line.channelPointId);
    const here = { ...line, channelPointId: isMoved ? '' : line.channelPointId };
    const before = wanted.get(keyOf(here));
    const quantity = line.quantity + (before?.quantity ?? 0);
    wanted.set(keyOf(here), { ...here, quantity, isMoved: isMoved || before?.isMoved === true });
  }
  return [...wanted.values()];
}

/** What one may have of a variant in one order now. */
function limitOf(variantId: string, { limits, boughtOf }: BuyAgainToday): number {
  const limit = limits.find((one) => one.variantId === variantId);
  const orderMax = limit?.orderMax ?? Infinity;
  const personMax = (limit?.personMax ?? Infinity) - (boughtOf.get(variantId) ?? 0);
  return Math.max(0, Math.min(orderMax, personMax));
}

function outcomeOf(ordered: number, own: number, now: number): BuyAgainOutcome {
  if (now === 0) return 'LEFT_OUT';
  if (now < ordered) return 'FEWER';
  return own >= ordered ? 'IN_CART' : 'PUT_IN';
}

function priceChange(then: FenText, now: FenText): BuyAgainChange[] {
  if (fen(then) === fen(now)) return [];
  return fen(now) > fen(then) ? ['PRICE_ROSE'] : ['PRICE_FELL'];
}

/**
 * Line by line: the cart gets as many as were ordered, as far as there are any, limits allow it and there is room; what was in it already
 * counts, and nothing is ever taken out. So asking again changes nothing.
 */
export function buyAgain(
  ordered: readonly OrderedLine[],
  cart: readonly WantedLine[],
  today: BuyAgainToday,
): BuyAgainLine[] {
  const quantityOf = new Map(cart.map((line) => [keyOf(line), line.quantity]));
  const totalOf = new Map(unitsByVariant(cart));
  let room = CART_LINES_MAX - cart.length;

  return wantedAgain(ordered, today.openPlaces).map(({ isMoved, ...line }): BuyAgainLine => {
    const own = quantityOf.get(keyOf(line)) ?? 0;
    const offer = today.offerOf.get(line.variantId);
    if (!offer) {
      const changes = ['OFF_SALE'] as const;
      // What is in the cart stays there, and the cart says that it is not sold.
      return {
        ...line,
        unitPriceNowFen: null,
        bestBeforeOn: null,
        ownQuantity: own,
        cartQuantity: own,
        outcome: 'LEFT_OUT',
        changes,
      };
    }
    const elsewhere = (totalOf.get(line.variantId) ?? 0) - own;
    const left = Math.max(0, offer.available - elsewhere);
    const allowed = Math.min(LINE_QUANTITY_MAX, Math.max(0, limitOf(line.variantId, today) - elsewhere));
    const isFull = own === 0 && room <= 0;
    const possible = isFull ? 0 : Math.min(line.quantity, left, allowed);
    const now = Math.max(own, possible);
    if (own === 0 && now > 0) room -= 1;
    totalOf.set(line.variantId, elsewhere + now);
    const isShort = now < line.quantity;
    const isLeftShort = left < line.quantity;
    return {
      ...line,
      unitPriceNowFen: offer.unitPriceFen,
      bestBeforeOn: offer.bestBeforeOn,
      ownQuantity: own,
      cartQuantity: now,
      outcome: outcomeOf(line.quantity, own, now),
      changes: [
        ...priceChange(line.unitPriceFen, offer.unitPriceFen),
        ...(isMoved ? (['PLACE_CLOSED'] as const) : []),
        ...(isLeftShort ? ([offer.available <= 0 ? 'SOLD_OUT' : 'FEWER_LEFT'] as const) : []),
        ...(isShort && allowed < line.quantity ? (['LIMITED'] as const) : []),
        ...(isFull ? (['CART_FULL'] as const) : []),
      ],
    };
  });
}
