import {
  DAY_MS,
  type Fen,
  HOUR_MS,
  InvalidInputError,
  allocate,
  assert,
  refused,
  sumFen,
} from '#libs/kernel';
import type { RefundSnapshot } from './payment.gateway.js';
import type { CostBearer, Refund, RefundAskKind, RefundState } from './refund.entity.js';
import { RefundTooLargeError, RefundUnitsExceededError } from './refund.errors.js';

/** Part of an order that money can go back for: a line's goods, or (orderLineId '') one merchant order's freight. */
export interface RefundableLine {
  readonly orderLineId: string;
  readonly merchantOrderId: string;
  /** What the buyer paid, or gets back. */
  readonly goodsFen: Fen;
  readonly freightFen: Fen;
  readonly quantity: number;
  /** What others paid beside it: goes back to them, and is in no amount. */
  readonly subsidyFen: Fen;
  /** Of an amount that goes back, for how many units it is; absent where it is for all of the line, and where units go back. 0: for units that another payment has named. */
  readonly compensatedQuantity?: number;
  /** Of what is left: as it was sold, and what amounts have been given for some of its units. Absent where nothing has gone back. */
  readonly sold?: SoldLine;
}

type LineShare = Pick<RefundableLine, 'goodsFen' | 'subsidyFen' | 'quantity'>;

export interface SoldLine extends LineShare {
  readonly compensated: LineShare;
}

/** What has gone back of a line by earlier refunds. */
export interface RefundedLine extends RefundableLine {
  readonly compensated: LineShare;
}

/** What one of those who paid of a line besides the buyer has paid, or gets back. */
export interface LineFunding {
  readonly orderLineId: string;
  readonly promotionId: string;
  readonly couponId: string;
  /** PLATFORM, or the code of a division. */
  readonly funder: string;
  readonly amountFen: Fen;
}

/**
 * To whom the others' part of a refund goes: of each line in proportion to what is left of each of them, so that nobody gets more than they paid and
 * the last refund leaves nobody anything. What no row speaks of was the platform's.
 */
export function fundingsBack(
  lines: readonly Pick<RefundableLine, 'orderLineId' | 'subsidyFen'>[],
  paid: readonly LineFunding[],
  returned: readonly LineFunding[],
): LineFunding[] {
  const keyOf = ({ orderLineId, promotionId, couponId }: LineFunding) =>
    `${orderLineId} ${promotionId} ${couponId}`;
  const before = new Map<string, Fen>();
  for (const each of returned) before.set(keyOf(each), (before.get(keyOf(each)) ?? 0n) + each.amountFen);
  return lines.flatMap(({ orderLineId, subsidyFen }) => {
    const of = paid.filter((funding) => funding.orderLineId === orderLineId);
    const left = of.map((funding) => funding.amountFen - (before.get(keyOf(funding)) ?? 0n));
    const known = sumFen(left);
    const shares = allocate(subsidyFen < known ? subsidyFen : known, left);
    return of
      .map((funding, index) => ({ ...funding, amountFen: shares[index] ?? 0n }))
      .filter(({ amountFen }) => amountFen > 0n);
  });
}

/** Units of one line that go back. */
export interface RefundWish {
  readonly orderLineId: string;
  readonly quantity: number;
}

/** What somebody asks to give back. Each kind reads its own fields; the others are left empty. */
export interface RefundAsk {
  readonly kind: RefundAskKind;
  /** LINE names units, PARTIAL amounts, and for how many units each is: all of the line unless it says so. */
  readonly lines: readonly {
    readonly orderLineId: string;
    readonly quantity: number | null;
    readonly amountFen: Fen | null;
  }[];
  /** Merchant orders: whose freight goes back, alone (FREIGHT) or along with goods (LINE). */
  readonly freightOf: readonly string[];
  /** GOODWILL, and FREIGHT of one merchant order where not all of it goes back. */
  readonly amountFen: Fen | null;
}

/** For money that never belonged to a line: late, paid twice, of the wrong amount. */
export function unkeptLine(amountFen: Fen): RefundableLine {
  const ofNoGoods = { freightFen: 0n, quantity: 0, subsidyFen: 0n };
  return { orderLineId: '', merchantOrderId: '', goodsFen: amountFen, ...ofNoGoods };
}

/** What the buyer gets. */
export function amountOf(lines: readonly RefundableLine[]): Fen {
  return sumFen(lines.map((line) => line.goodsFen + line.freightFen));
}

/** What is left of each part after earlier refunds. */
export function remainingLines(
  sold: readonly RefundableLine[],
  refunded: readonly RefundedLine[],
): RefundableLine[] {
  const keyOf = (line: RefundableLine) => `${line.orderLineId}/${line.merchantOrderId}`;
  const taken = new Map(refunded.map((line) => [keyOf(line), line]));
  return sold.map((line) => {
    const before = taken.get(keyOf(line));
    if (!before) return line;
    const left = {
      ...line,
      goodsFen: line.goodsFen - before.goodsFen,
      freightFen: line.freightFen - before.freightFen,
      quantity: line.quantity - before.quantity,
      subsidyFen: line.subsidyFen - before.subsidyFen,
      sold: { ...shareIn(line), compensated: before.compensated },
    };
    assert(
      left.goodsFen >= 0n && left.freightFen >= 0n && left.quantity >= 0 && left.subsidyFen >= 0n,
      'no line gives back more than it took',
    );
    return left;
  });
}

/** Everything that is left; parts of which nothing is left fall out. */
export function wholeOf(remaining: readonly RefundableLine[]): RefundableLine[] {
  return remaining.filter((line) => line.goodsFen + line.freightFen + line.subsidyFen > 0n);
}

/**
 * Goods for so much of what the buyer paid give back the same part of the coupon. Rounded down: the rest comes with the rest, and all of
 * it with the last fen.
 */
function goodsBack(line: RefundableLine, goodsFen: Fen): RefundableLine {
  const subsidyFen = line.goodsFen === 0n ? 0n : (line.subsidyFen * goodsFen) / line.goodsFen;
  return { ...line, goodsFen, subsidyFen, quantity: 0 };
}

function shareIn({ goodsFen, subsidyFen, quantity }: LineShare): LineShare {
  return { goodsFen, subsidyFen, quantity };
}

/** What the platform gives out of its own pocket leaves its coupon where it is. */
export function withoutSubsidy(lines: readonly RefundableLine[]): RefundableLine[] {
  return wholeOf(lines.map((line) => ({ ...line, subsidyFen: 0n })));
}

/** What the last so many of equal units have of an amount: by largest remainder, ties to the first. */
function shareOfLast(wholeFen: Fen, quantity: number, count: number): Fen {
  const [all, last] = [BigInt(quantity), BigInt(count)];
  const withOneMore = (wholeFen % all) - (all - last);
  return (wholeFen / all) * last + (withOneMore > 0n ? withOneMore : 0n);
}

/**
 * The next unit to go back, where so much is left for so many. Each has its own share of what the line was sold for. Amounts that were given for some of
 * the units have been taken off those, alike, and they go back last; amounts for all of the line off all of its units.
 */
function nextUnitFen(
  leftFen: Fen,
  quantity: number,
  sold: { readonly wholeFen: Fen; readonly quantity: number },
  compensated: { readonly wholeFen: Fen; readonly quantity: number },
): Fen {
  const last = Math.min(compensated.quantity, quantity);
  const untouched = quantity - last;
  if (untouched === 0) return dividedUp(leftFen, quantity);
  const ownFen = (count: number) => shareOfLast(sold.wholeFen, sold.quantity, count);
  const takenOffFen = ownFen(quantity) - leftFen;
  const forSomeFen = within(compensated.wholeFen, takenOffFen);
  const forAllFen = ((takenOffFen - forSomeFen) * BigInt(last)) / BigInt(quantity);
  // What exceeds the units that it was given for, the others bear.
  const ofLastFen = within(ownFen(last) - forSomeFen - forAllFen, leftFen);
  return dividedUp(leftFen - ofLastFen, untouched);
}

/** Rounded up: the first ones have the fen that do not divide. */
function dividedUp(wholeFen: Fen, quantity: number): Fen {
  const all = BigInt(quantity);
  return (wholeFen + all - 1n) / all;
}

/** The next so many, one after the other, so that several at once give what they give one by one. */
function unitsFen(line: RefundableLine, count: number, moneyOf: (share: LineShare) => Fen): Fen {
  const { compensated, ...sold } = line.sold ?? { ...shareIn(line), compensated: NO_SHARE };
  let leftFen = moneyOf(line);
  const wholeFen = leftFen;
  for (let gone = 0; gone < count; gone += 1)
    leftFen -= nextUnitFen(
      leftFen,
      line.quantity - gone,
      { wholeFen: moneyOf(sold), quantity: sold.quantity },
      { wholeFen: moneyOf(compensated), quantity: compensated.quantity },
    );
  return wholeFen - leftFen;
}

const NO_SHARE: LineShare = { goodsFen: 0n, subsidyFen: 0n, quantity: 0 };

/**
 * Units of some lines, and the freight of some merchant orders; units one by one add up to the line. What others
 * paid of a unit is what it cost less what the buyer paid of it.
 */
export function unitsOf(
  remaining: readonly RefundableLine[],
  wishes: readonly RefundWish[],
  freightOf: readonly string[],
): RefundableLine[] {
  const goods = wishes.map(({ orderLineId, quantity }) => {
    const line = remaining.find((candidate) => candidate.orderLineId === orderLineId);
    assert(line && quantity > 0 && quantity <= line.quantity, `${quantity} units are left of ${orderLineId}`);
    const goodsFen = unitsFen(line, quantity, (of) => of.goodsFen);
    const costFen = unitsFen(line, quantity, (of) => of.goodsFen + of.subsidyFen);
    return { ...line, goodsFen, subsidyFen: within(costFen - goodsFen, line.subsidyFen), quantity };
  });
  const freight = remaining.filter(
    (line) => line.orderLineId === '' && freightOf.includes(line.merchantOrderId),
  );
  return wholeOf([...goods, ...freight]);
}

/** Units that will not be sent, without those that have gone back already: what is refunded is not refunded again. */
export function calledOffOf(
  remaining: readonly RefundableLine[],
  units: readonly RefundWish[],
  freightOf: readonly string[] = [],
): RefundableLine[] {
  const leftOf = new Map(remaining.map(({ orderLineId, quantity }) => [orderLineId, quantity]));
  const wishes = units
    .map(({ orderLineId, quantity }) => ({
      orderLineId,
      quantity: Math.min(quantity, leftOf.get(orderLineId) ?? 0),
    }))
    .filter(({ quantity }) => quantity > 0);
  return unitsOf(remaining, wishes, freightOf);
}

/** An amount nobody has given a reason for: over all that is left, in proportion, returning no goods. Null if less is left. */
export function spreadOver(remaining: readonly RefundableLine[], amountFen: Fen): RefundableLine[] | null {
  const wholeFen = amountOf(remaining);
  if (amountFen > wholeFen) return null;
  // Also lines that a coupon paid whole, of which nothing is the buyer's.
  if (amountFen === wholeFen) return wholeOf(remaining.map((line) => ({ ...line, quantity: 0 })));
  const shares = allocate(
    amountFen,
    remaining.flatMap((line) => [line.goodsFen, line.freightFen]),
  );
  return wholeOf(
    remaining.map((line, index) => ({
      ...goodsBack(line, shares[index * 2] ?? 0n),
      freightFen: shares[index * 2 + 1] ?? 0n,
    })),
  );
}

/**
 * Which payment gives what of it, where two have paid an order: as much as is left of the first (the balance), line by line, and the rest of the second
 * (the deposit). Units, and what others had paid, go with the beginning of their line. The same lines and amounts are always cut alike.
 */
export function cutOver(lines: readonly RefundableLine[], leftFen: readonly Fen[]): RefundableLine[][] {
  const cuts = leftFen.map((): RefundableLine[] => []);
  const left = [...leftFen];
  for (const line of lines) {
    let rest = line;
    for (const [index, cut] of cuts.entries()) {
      const isBegun = rest !== line;
      const goodsFen = least(rest.goodsFen, left[index] ?? 0n);
      const freightFen = least(rest.freightFen, (left[index] ?? 0n) - goodsFen);
      // What nothing was paid for by the buyer goes with whichever comes first.
      const isEmpty = amountOf([line]) === 0n;
      if (goodsFen + freightFen === 0n && (isBegun || !isEmpty)) continue;
      left[index] = (left[index] ?? 0n) - goodsFen - freightFen;
      // Its units are counted with its beginning; that it is for units, and not for all of the line, it says as well.
      const ofUnits = line.compensatedQuantity === undefined ? {} : { compensatedQuantity: 0 };
      const rests = { quantity: 0, subsidyFen: 0n, ...ofUnits };
      cut.push({ ...line, ...(isBegun ? rests : {}), goodsFen, freightFen });
      rest = { ...rest, goodsFen: rest.goodsFen - goodsFen, freightFen: rest.freightFen - freightFen };
      if (isEmpty) break;
    }
    assert(amountOf([rest]) === 0n, 'the payments have paid what goes back');
  }
  return cuts;
}

function least(a: Fen, b: Fen): Fen {
  return a < b ? a : b;
}

function within(amountFen: Fen, mostFen: Fen): Fen {
  const boundFen = least(amountFen, mostFen);
  return boundFen < 0n ? 0n : boundFen;
}

type Plan = RefundableLine[] | InvalidInputError | RefundTooLargeError | RefundUnitsExceededError;

function invalid(path: string, zh: string, en: string): InvalidInputError {
  return new InvalidInputError([{ path, message: { zh, en } }]);
}

/** Malformed asks; whether it is there to give is another question. */
export function refuseAsk({ kind, lines, freightOf, amountFen }: RefundAsk): InvalidInputError | null {
  const isByLine = kind === 'LINE' || kind === 'PARTIAL';
  if (isByLine && lines.length === 0 && (kind === 'PARTIAL' || freightOf.length === 0))
    return invalid('lines', '请指明要退的商品行', 'Say which lines go back.');
  if (!isByLine && lines.length > 0)
    return invalid('lines', '此类退款不按商品行', 'This kind of refund names no lines.');
  if (new Set(lines.map(({ orderLineId }) => orderLineId)).size < lines.length)
    return invalid('lines', '同一商品行只能写一次', 'A line stands here once.');
  for (const [index, { quantity, amountFen: ofLine }] of lines.entries()) {
    const isUnits = kind === 'LINE' && ofLine === null && (quantity ?? 0) > 0;
    const isAmount = kind === 'PARTIAL' && (quantity ?? 1) > 0 && (ofLine ?? 0n) > 0n;
    if (!isUnits && !isAmount)
      return invalid(
        `lines.${index}`,
        '按件退只写正的件数；按金额退须写正的金额，可注明是其中几件的',
        'Units take a positive quantity and no amount; parts a positive amount, and for how many units it is if not for all.',
      );
  }
  if (kind === 'FREIGHT' && freightOf.length === 0)
    return invalid('freightOf', '请指明退哪一单的运费', 'Say whose freight goes back.');
  if (kind !== 'FREIGHT' && kind !== 'LINE' && freightOf.length > 0)
    return invalid('freightOf', '此类退款不含运费', 'This kind of refund names no freight.');
  const takesAmount = kind === 'GOODWILL' || (kind === 'FREIGHT' && freightOf.length === 1);
  if (amountFen === null ? kind === 'GOODWILL' : !takesAmount || amountFen <= 0n)
    return invalid(
      'amountFen',
      '金额须大于零，且只用于补偿或单笔运费',
      'An amount is positive, for goodwill or one freight.',
    );
  return null;
}

/** Only what is a present may be at the platform's cost; anything else takes back what the sellers were given. */
export function refuseBearer(kind: RefundAskKind, borneBy: CostBearer): InvalidInputError | null {
  return borneBy === 'PLATFORM' && kind !== 'GOODWILL'
    ? invalid('borneBy', '只有补偿可由平台承担', 'Only goodwill can be at the platform’s cost.')
    : null;
}

/** Which parts of an order go back for an ask that is well-formed; refused where it asks for more than is left. */
export function planRefund(remaining: readonly RefundableLine[], ask: RefundAsk): Plan {
  const plan = planOf(remaining, ask);
  if (refused(plan)) return plan;
  // Of what others have paid whole nothing goes back to the buyer, and all the same something does.
  const isSomething = plan.some((line) => line.goodsFen + line.freightFen + line.subsidyFen > 0n);
  return isSomething ? plan : new RefundTooLargeError(ask.amountFen ?? 0n, 0n);
}

function planOf(remaining: readonly RefundableLine[], ask: RefundAsk): Plan {
  switch (ask.kind) {
    case 'FULL':
      return wholeOf(remaining);
    case 'LINE':
      return planUnits(remaining, ask);
    case 'PARTIAL':
      return planParts(remaining, ask);
    case 'FREIGHT':
      return planFreight(remaining, ask);
    case 'GOODWILL': {
      const amountFen = ask.amountFen ?? 0n;
      return spreadOver(remaining, amountFen) ?? new RefundTooLargeError(amountFen, amountOf(remaining));
    }
  }
}

function lineAt(
  remaining: readonly RefundableLine[],
  orderLineId: string,
  index: number,
): RefundableLine | InvalidInputError {
  const line = remaining.find((candidate) => candidate.orderLineId === orderLineId && orderLineId !== '');
  return line ?? invalid(`lines.${index}.orderLineId`, '订单中没有这一行', 'The order has no such line.');
}

function planUnits(remaining: readonly RefundableLine[], { lines, freightOf }: RefundAsk): Plan {
  const wishes: RefundWish[] = [];
  for (const [index, { orderLineId, quantity }] of lines.entries()) {
    const line = lineAt(remaining, orderLineId, index);
    if (refused(line)) return line;
    if ((quantity ?? 0) > line.quantity) return new RefundUnitsExceededError(orderLineId, line.quantity);
    wishes.push({ orderLineId, quantity: quantity ?? 0 });
  }
  const freight = freightAt(remaining, freightOf);
  return refused(freight) ? freight : unitsOf(remaining, wishes, freightOf);
}

function planParts(remaining: readonly RefundableLine[], { lines }: RefundAsk): Plan {
  const parts: RefundableLine[] = [];
  for (const [index, { orderLineId, amountFen, quantity }] of lines.entries()) {
    const line = lineAt(remaining, orderLineId, index);
    if (refused(line)) return line;
    if ((quantity ?? 0) > line.quantity) return new RefundUnitsExceededError(orderLineId, line.quantity);
    const goodsFen = amountFen ?? 0n;
    const leftFen = quantity === null ? line.goodsFen : unitsFen(line, quantity, (of) => of.goodsFen);
    if (goodsFen > leftFen) return new RefundTooLargeError(goodsFen, leftFen);
    const part = goodsBack(line, goodsFen);
    parts.push(quantity === null ? part : { ...part, compensatedQuantity: quantity });
  }
  return parts;
}

function freightAt(
  remaining: readonly RefundableLine[],
  merchantOrderIds: readonly string[],
): RefundableLine[] | InvalidInputError {
  const freights = remaining.filter(({ orderLineId }) => orderLineId === '');
  for (const [index, id] of merchantOrderIds.entries()) {
    if (!freights.some(({ merchantOrderId }) => merchantOrderId === id))
      return invalid(`freightOf.${index}`, '订单中没有这一商家单', 'The order has no such merchant order.');
  }
  return freights.filter(({ merchantOrderId }) => merchantOrderIds.includes(merchantOrderId));
}

function planFreight(remaining: readonly RefundableLine[], { freightOf, amountFen }: RefundAsk): Plan {
  const freights = freightAt(remaining, freightOf);
  if (refused(freights) || amountFen === null) return refused(freights) ? freights : wholeOf(freights);
  const leftFen = amountOf(freights);
  if (amountFen > leftFen) return new RefundTooLargeError(amountFen, leftFen);
  return freights.map((line) => ({ ...line, freightFen: amountFen }));
}

const STATE_OF: Readonly<Record<RefundSnapshot['state'], RefundState>> = {
  PENDING: 'SENT',
  SUCCEEDED: 'SUCCEEDED',
  FAILED: 'FAILED',
};

/** Final states stay. Null where the provider contradicts one, which a person has to see. */
export function nextRefundState(state: RefundState, seen: RefundSnapshot['state']): RefundState | null {
  const seenState = STATE_OF[seen];
  if (state !== 'SUCCEEDED' && state !== 'FAILED') return seenState;
  return seenState === state || seenState === 'SENT' ? state : null;
}

const NOTE_LENGTH_MAX = 400;

/** Why, for those who read it later. */
export function refuseNote(note: string): InvalidInputError | null {
  if (note.trim().length >= 1 && note.length <= NOTE_LENGTH_MAX) return null;
  const message = {
    zh: `退款原因须为 1 到 ${NOTE_LENGTH_MAX} 个字`,
    en: `The reason has 1 to ${NOTE_LENGTH_MAX} characters.`,
  };
  return new InvalidInputError([{ path: 'note', message }]);
}

/** The provider forgets a key after a day; an hour earlier it is no longer relied upon. */
const KEY_TRUSTED_MS = 23 * HOUR_MS;
/** A day after the last moment at which anything can have been sent under a key: what the provider does not show by then never was. */
const PROVEN_ABSENT_AFTER_MS = KEY_TRUSTED_MS + DAY_MS;

export type RefundTry = Pick<Refund, 'id' | 'keyNo' | 'keyTriedAt'>;

/** The key by which the provider knows a repetition; another number is another request. */
export function refundKey({ id, keyNo }: Pick<RefundTry, 'id' | 'keyNo'>): string {
  return keyNo === 1 ? id : `${id}:r${keyNo}`;
}

/**
 * How to ask for a refund that the provider does not show: under the key it still remembers, under the next one once it is proven that
 * nothing came of the last, and in between not at all.
 */
export function nextTry(refund: RefundTry, now: Date): Pick<Refund, 'keyNo' | 'keyTriedAt'> | null {
  const { keyNo, keyTriedAt } = refund;
  const ageMs = keyTriedAt === null ? 0 : now.getTime() - keyTriedAt.getTime();
  if (ageMs < KEY_TRUSTED_MS) return { keyNo, keyTriedAt: keyTriedAt ?? now };
  return ageMs < PROVEN_ABSENT_AFTER_MS ? null : { keyNo: keyNo + 1, keyTriedAt: now };
}
