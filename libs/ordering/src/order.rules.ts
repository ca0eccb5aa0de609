import { wrongPhone } from '#libs/address';
import type { VariantForSale } from '#libs/catalog';
import type { PresaleTerms, SlotPlace, WantedAdoption, WantedHarvest } from '#libs/inventory';
import {
  type Fen,
  type FenText,
  type InvalidField,
  InvalidInputError,
  fen,
  present,
  isBlank,
  isPhone,
} from '#libs/kernel';
import type { MerchantRow } from '#libs/merchant';
import type { Purchaser } from '#libs/procurement';
import type { Handover, MerchantOrderState } from './merchant-order.entity.js';
import { isAtCabinet } from './merchant-order.rules.js';
import {
  IdempotencyConflictError,
  OrderClaimedError,
  OrderNotCancellableError,
  OrderNotSignableError,
  SelfSigningError,
} from './order.errors.js';
import type { OrderId, OrderState, PaymentTerm } from './order.entity.js';
import type { BuyerKind, SaleChannelKind } from './order-line.entity.js';

/** A parcel, not a warehouse. */
export const ORDER_LINES_MAX = 50;
export const LINE_QUANTITY_MAX = 999;
/** More than go together with anything that fits into an order of a few merchants. */
export const ORDER_COUPONS_MAX = 20;

export interface Recipient {
  readonly name: string;
  readonly phone: string;
  readonly countyCode: string;
  readonly address: string;
}

export interface WantedLine {
  readonly variantId: string;
  readonly quantity: number;
  /** The place of sale it is bought through; '' for the online shop itself. */
  readonly channelPointId: string;
  /** Out of a slot of the cabinet there, at its price tag; missing for everything else. */
  readonly slot?: SlotPlace & { readonly priceFen: FenText };
}

export interface OrderInput {
  /** Chosen by the client, once per intention to buy; sending it again never buys again. */
  readonly idempotencyKey: string;
  /** Null: whatever is in the cart, which is emptied. */
  readonly lines: readonly WantedLine[] | null;
  readonly recipient: Recipient;
  /** What the buyer was shown; null when nothing was. */
  readonly totalFen: Fen | null;
  /** The procurement unit it is bought for; without one, the buyer buys for themselves. */
  readonly unitId?: string | null;
  /** It is paid with what the unit's union has for its members' welfare. */
  readonly isForUnion?: boolean;
  /** The campaign it is bought in; without one, none. */
  readonly campaignCode?: string | null;
  /** A title of the unit's book that it is billed by; without one, that of its register. */
  readonly invoiceTitleId?: string | null;
  /** ON_ACCOUNT only for a unit that has a credit term; PREPAID unless said. */
  readonly paymentTerm?: PaymentTerm;
  /** PARCEL unless said. To PICK_UP and VEND, the recipient's county and address are those of the place, whatever is said. */
  readonly handover?: Handover;
  /** Of the buyer's own; used by this order or not at all. None unless said. */
  readonly couponIds?: readonly string[];
  /** Of what was taken: what the buyer's bank keeps ready. It is paid by that, and by the buyer as far as it costs more. */
  readonly heldFen?: Fen;
  /** Objects that the buyer has chosen to adopt; the first free ones unless said. */
  readonly adoptionObjectIds?: readonly string[];
  /** The latest day on which the buyer was shown that something of it leaves; null where none was. */
  readonly promisedDispatchOn?: string | null;
  /** Of what is presold, the day before which the buyer does not want it; the earliest with room unless said. */
  readonly dispatchNotBefore?: string | null;
}

/** An order as it is asked for: to an address of the buyer's book, or to somebody who is named in full. */
export interface OrderWish extends Omit<OrderInput, 'recipient'> {
  readonly recipient: Recipient | null;
  readonly addressId?: string | null;
  /** What the client itself has said, where the lines were made of something else that may change: the key stands for this. */
  readonly said?: string;
}

export const eitherRecipient: InvalidField = {
  path: 'recipient',
  message: {
    zh: '请选择一个收货地址，或填写收货人',
    en: 'Name either an address of your book or a recipient.',
  },
};

export const guestPhone: InvalidField = {
  path: 'recipient.phone',
  message: {
    zh: '未登录下单请填写 11 位手机号码，之后可凭该号码认领订单',
    en: 'Without signing in, give a mainland mobile number of 11 digits; the order is claimed by it.',
  },
};

/** Where a line counts as sold. */
export interface SalePlace {
  readonly channelKind: SaleChannelKind;
  readonly channelPointId: string;
  readonly saleCountyCode: string;
  /** Where one goes for it; '' for the online shop. */
  readonly address: string;
  /** A cabinet without cells: nobody there keeps anything for anybody. */
  readonly keepsNothing?: boolean;
  /** What the strongest cell there bears, in grams; missing where there is none to ask. */
  readonly bearsG?: number;
}

/** A variant with whose it is to sell. */
export interface VariantOffer extends VariantForSale {
  /** Where the merchant is registered, today. */
  readonly sellerCountyCode: string;
  /** As the merchant was found with it, for whoever shows it. */
  readonly seller?: MerchantRow | null;
}

/** What a presale offers of a harvest to come. */
export interface OfferedHarvest extends WantedHarvest {
  readonly presale: PresaleTerms;
}

/** What an offer of adoption offers. */
export type OfferedAdoption = WantedAdoption;

/** A wanted line with what is offered for it. */
export interface OfferedLine extends WantedLine {
  readonly variant: VariantOffer;
  readonly place: SalePlace;
  /** Missing for what is in stock. */
  readonly harvest?: OfferedHarvest;
  /** Only of what can be adopted now; then there is no `harvest`. */
  readonly adopted?: OfferedAdoption;
}

/** Whose part it is, as found with one of its lines. */
export function sellerIn(
  lines: readonly { readonly variant: Pick<VariantOffer, 'merchantId' | 'seller'> }[],
  { merchantId }: { readonly merchantId: string },
): MerchantRow | null {
  return lines.find(({ variant }) => variant.merchantId === merchantId)?.variant.seller ?? null;
}

/** On whose behalf and in what campaign; '' where there is none. */
export interface Purchase {
  readonly buyerKind: BuyerKind;
  readonly unitId: string;
  readonly campaignCode: string;
}

/** To whom it is billed. */
export interface BillingTitle {
  readonly title: string;
  readonly taxNumber: string;
}

/** When the order has to be paid: at once, or so many days after it has been signed. */
export type OrderTerm =
  | { readonly paymentTerm: 'PREPAID'; readonly daysToPay: null }
  | { readonly paymentTerm: 'ON_ACCOUNT'; readonly daysToPay: number };

export const PREPAID: OrderTerm = { paymentTerm: 'PREPAID', daysToPay: null };

/** Whoever buys for a canteen on a contractor's part buys nothing for the union. */
export const notForUnion: InvalidField = {
  path: 'isForUnion',
  message: {
    zh: '工会采购须由采购单位自己的采购人下单',
    en: 'Only the own buyers of a procurement unit buy for its union.',
  },
};

/** A union's own purchases and those that a unit's buyers make for its union are of one kind; so are those of all contractors. */
export function buyerKindOf(
  unit: Pick<Purchaser, 'kind' | 'contractorId'> | null,
  isForUnion: boolean,
): BuyerKind {
  if (!unit) return 'CONSUMER';
  if (unit.contractorId !== null) return 'CONTRACTOR';
  return isForUnion || unit.kind === 'UNION' ? 'UNION' : 'ORGANISATION';
}

export interface OrderPart {
  readonly merchantId: string;
  readonly goodsFen: Fen;
  readonly freightFen: Fen;
}

export interface OrderTotals {
  /** What the merchants are paid for. */
  readonly goodsFen: Fen;
  /** What others than the buyer pay of it. */
  readonly subsidyFen: Fen;
  readonly freightFen: Fen;
  /** What the buyer pays. */
  readonly totalFen: Fen;
  /** One per merchant, in the order in which the lines name them. */
  readonly parts: readonly OrderPart[];
}

export function goodsOf(priceFen: string, quantity: number): Fen {
  return fen(priceFen) * BigInt(quantity);
}

/** Through whatever places a variant is bought, it comes from one stock. */
export function unitsByVariant(
  lines: readonly Pick<WantedLine, 'variantId' | 'quantity'>[],
): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const { variantId, quantity } of lines) units.set(variantId, (units.get(variantId) ?? 0) + quantity);
  return units;
}

type Refuse = (path: string, zh: string, en: string) => void;

function checkPerson({ name, phone }: Recipient, refuse: Refuse): void {
  if (isBlank(name) || name.length > 60)
    refuse('recipient.name', '收货人须为 1 到 60 个字', 'The recipient has a name of 1 to 60 characters.');
  if (!isPhone(phone)) refuse('recipient.phone', wrongPhone.zh, wrongPhone.en);
}

function checkDestination({ countyCode, address }: Recipient, refuse: Refuse): void {
  if (!/^\d{6}$/.test(countyCode))
    refuse('recipient.countyCode', '请选择收货的县市区', 'A county code has six digits.');
  if (isBlank(address) || address.length > 200)
    refuse('recipient.address', '收货地址须为 1 到 200 个字', 'The address has 1 to 200 characters.');
}

/** To whom somebody wants something sent, malformed; all faults at once. */
export function refuseRecipient(recipient: Recipient): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const refuse: Refuse = (path, zh, en) => fields.push({ path, message: { zh, en } });
  checkPerson(recipient, refuse);
  checkDestination(recipient, refuse);
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

function checkLines(lines: readonly WantedLine[], refuse: Refuse): void {
  if (lines.length === 0 || lines.length > ORDER_LINES_MAX) {
    refuse('lines', `每单须有 1 到 ${ORDER_LINES_MAX} 种商品`, `An order has 1 to ${ORDER_LINES_MAX} lines.`);
  }
  for (const [index, { quantity }] of lines.slice(0, ORDER_LINES_MAX).entries()) {
    if (quantity >= 1 && quantity <= LINE_QUANTITY_MAX) continue;
    refuse(
      `lines.${index}.quantity`,
      `数量须在 1 到 ${LINE_QUANTITY_MAX} 之间`,
      `A quantity lies between 1 and ${LINE_QUANTITY_MAX}.`,
    );
  }
  const keys = lines.map(
    ({ variantId, channelPointId, slot }) => `${variantId} ${channelPointId} ${slot?.slotCode ?? ''}`,
  );
  if (new Set(keys).size < keys.length)
    refuse('lines', '同一商品请合并为一行', 'The same goods stand in one line.');
}

/** Who stands before a cabinet is asked for no name; but only there is anything handed out so. */
function checkVend(lines: readonly WantedLine[], refuse: Refuse): void {
  if (lines.length === 0 || lines.some(({ slot }) => !slot))
    refuse(
      'handover',
      '柜机购买请扫描柜机屏幕上的二维码',
      'What a cabinet hands out is bought by scanning its screen.',
    );
}

function checkCoupons(couponIds: readonly string[], refuse: Refuse): void {
  if (couponIds.length > ORDER_COUPONS_MAX || new Set(couponIds).size < couponIds.length)
    refuse(
      'couponIds',
      `每单至多用 ${ORDER_COUPONS_MAX} 张券，且不得重复`,
      `An order uses at most ${ORDER_COUPONS_MAX} coupons, each once.`,
    );
}

function checkTerm(
  { paymentTerm, unitId }: Pick<OrderInput, 'paymentTerm' | 'unitId'>,
  refuse: Refuse,
): void {
  if (paymentTerm === 'ON_ACCOUNT' && !unitId)
    refuse('paymentTerm', '只有采购单位可以先货后款', 'Only a procurement unit buys on account.');
}

/** Malformed wishes of whoever only looks what it would cost. */
export function refuseWanted(
  wish: Pick<OrderInput, 'lines' | 'couponIds' | 'paymentTerm' | 'unitId'>,
): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const refuse: Refuse = (path, zh, en) => fields.push({ path, message: { zh, en } });
  if (wish.lines) checkLines(wish.lines, refuse);
  checkCoupons(wish.couponIds ?? [], refuse);
  checkTerm(wish, refuse);
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

/** Malformed orders, all faults at once. */
export function refuseOrder(input: OrderInput): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const refuse: Refuse = (path, zh, en) => fields.push({ path, message: { zh, en } });

  if (!isOrderKey(input.idempotencyKey)) {
    refuse(
      'idempotencyKey',
      '请求编号须为 8 到 80 个字母、数字或 -_.:',
      'The key has 8 to 80 letters, digits or any of -_.:',
    );
  }
  checkTerm(input, refuse);
  if (input.invoiceTitleId && !input.unitId)
    refuse(
      'invoiceTitleId',
      '只有采购单位的订单可选单位的发票抬头',
      'Only what is bought for a unit is billed by a title of its book.',
    );
  if (input.lines) checkLines(input.lines, refuse);
  checkCoupons(input.couponIds ?? [], refuse);
  if (isAtCabinet(input.handover)) checkVend(input.lines ?? [], refuse);
  else checkPerson(input.recipient, refuse);
  if (input.handover !== 'PICK_UP' && !isAtCabinet(input.handover)) checkDestination(input.recipient, refuse);
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

/** Picked up is what is bought through one place of sale, at that place. */
export function refusePickUp(wanted: readonly WantedLine[]): InvalidInputError | null {
  const places = new Set(wanted.map((line) => line.channelPointId));
  if (places.size === 1 && !places.has('')) return null;
  const message = {
    zh: '自提订单的商品须都在同一个渠道点选购',
    en: 'What is picked up is bought through one and the same place of sale.',
  };
  return new InvalidInputError([{ path: 'handover', message }]);
}

/** What weighs a parcel: each merchant packs its own. */
interface WeighedLine {
  readonly variant: Pick<VariantForSale, 'merchantId' | 'netWeightG'>;
  readonly quantity: number;
}

/** By merchant, what its goods weigh; what they are packed in is not known. */
export function parcelWeights(lines: readonly WeighedLine[]): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const { variant, quantity } of lines)
    weights.set(variant.merchantId, (weights.get(variant.merchantId) ?? 0) + variant.netWeightG * quantity);
  return weights;
}

type PlacedLine = WeighedLine & { readonly place: Pick<SalePlace, 'keepsNothing' | 'bearsG'> };

/** At a counter nobody stands: what is picked up there lies in a cell, and a cell bears so much. */
export function refusePlace(
  handover: Handover | undefined,
  offered: readonly PlacedLine[],
): InvalidInputError | null {
  if (handover !== 'PICK_UP') return null;
  const refuse = (zh: string, en: string) =>
    new InvalidInputError([{ path: 'handover', message: { zh, en } }]);
  if (offered.some(({ place }) => place.keepsNothing))
    return refuse(
      '该专柜没有自提格口，请选择寄送或其他自提点',
      'This counter has no cells to pick parcels up from; choose a parcel, or another place.',
    );
  const bearsG = Math.min(...offered.map(({ place }) => place.bearsG ?? Number.POSITIVE_INFINITY));
  const heaviestG = Math.max(0, ...parcelWeights(offered).values());
  if (heaviestG <= bearsG) return null;
  const [weight, most] = [heaviestG / 1_000, bearsG / 1_000];
  return refuse(
    `这里的格口每格最多放 ${most} 千克，本单有一个包裹重 ${weight} 千克；请减少数量、分几单购买，或选择寄送`,
    `A cell here bears ${most} kg, and a parcel of this order weighs ${weight} kg; order less, in several orders, or have it sent.`,
  );
}

/** Where it goes: to the recipient, or the recipient to it. */
export function destinationOf(
  { recipient, handover }: Pick<OrderInput, 'recipient' | 'handover'>,
  offered: readonly Pick<OfferedLine, 'place'>[],
): Recipient {
  if (handover !== 'PICK_UP' && !isAtCabinet(handover)) return recipient;
  const { place } = present(offered[0], 'a line');
  return { ...recipient, countyCode: place.saleCountyCode, address: place.address };
}

export const emptyCart: InvalidField = {
  path: 'lines',
  message: { zh: '购物车是空的', en: 'The cart is empty.' },
};

export const nothingToOwe: InvalidField = {
  path: 'paymentTerm',
  message: {
    zh: '零元订单无须赊购，请选择先付款',
    en: 'An order of nothing is not bought on account; choose PREPAID.',
  },
};

export const cartChanged: InvalidField = {
  path: 'lines',
  message: { zh: '购物车刚刚有变动，请重新确认', en: 'The cart has just changed; look at it again.' },
};

/** What a key has placed before. */
export interface EarlierOrder {
  readonly id: OrderId;
  readonly requestHash: Buffer;
  /** It was placed as a guest and is somebody's who is known by now. */
  readonly isClaimed: boolean;
}

/** The same key with the same content is the first order; with other content it is refused. Whoever it no longer belongs to is told that it is there. */
export function answerAgain(
  { id, requestHash, isClaimed }: EarlierOrder,
  askedHash: Buffer,
): OrderId | IdempotencyConflictError | OrderClaimedError {
  if (!requestHash.equals(askedHash)) return new IdempotencyConflictError();
  return isClaimed ? new OrderClaimedError(id) : id;
}

/** As a key may look: whatever else is asked for by it has placed nothing. */
export function isOrderKey(idempotencyKey: string): boolean {
  return /^[\w:.-]{8,80}$/.test(idempotencyKey);
}

export interface SignableOrder {
  readonly state: OrderState;
  readonly buyerId: string;
  readonly expiresAt: Date;
}

/** Signing again by the same person changes nothing; what is past its time waits only for the clock to cancel it. */
export function refuseSigning(
  { state, buyerId, expiresAt }: SignableOrder,
  userId: string,
  now: Date,
): SelfSigningError | OrderNotSignableError | null {
  if (buyerId === userId) return new SelfSigningError();
  const isOpen = state === 'PLACED' && now < expiresAt;
  return isOpen ? null : new OrderNotSignableError(state, expiresAt);
}

/** Why an order whose time is over is cancelled. */
export function expiredFor({
  depositPaidAt,
}: {
  readonly depositPaidAt: Date | null;
}): 'EXPIRED' | 'BALANCE_UNPAID' {
  return depositPaidAt === null ? 'EXPIRED' : 'BALANCE_UNPAID';
}

/**
 * Paid and signed orders can be cancelled while nobody has shipped anything; what a cabinet is handing out right now no longer, and what somebody has taken out of one never by
 * them, paid or not.
 */
export function refuseCancel(
  state: OrderState,
  parts: readonly MerchantOrderState[],
  { isComingOut = false, isTaken = false } = {},
): OrderNotCancellableError | null {
  if (isTaken) return new OrderNotCancellableError(state);
  if (state === 'PLACED') return null;
  if (isComingOut) return new OrderNotCancellableError(state);
  if ((state === 'PAID' || state === 'SIGNED') && parts.every((part) => part === 'TO_SHIP')) return null;
  return new OrderNotCancellableError(state);
}
