import { type Fen, allocate, assert, sumFen } from '#libs/kernel';
import type { RefundSnapshot } from './payment.gateway.js';
import type { RefundState } from './refund.entity.js';

/** Part of an order that money can go back for: a line's goods, or (orderLineId '') one merchant order's freight. */
export interface RefundableLine {
  readonly orderLineId: string;
  readonly merchantOrderId: string;
  readonly goodsFen: Fen;
  readonly freightFen: Fen;
  readonly quantity: number;
}

/** Units of one line that go back. */
export interface RefundWish {
  readonly orderLineId: string;
  readonly quantity: number;
}

/** For money that never belonged to a line: late, paid twice, of the wrong amount. */
export function unkeptLine(amountFen: Fen): RefundableLine {
  return { orderLineId: '', merchantOrderId: '', goodsFen: amountFen, freightFen: 0n, quantity: 0 };
}

export function amountOf(lines: readonly RefundableLine[]): Fen {
  return sumFen(lines.map((line) => line.goodsFen + line.freightFen));
}

/** What is left of each part after earlier refunds. */
export function remainingLines(
  sold: readonly RefundableLine[],
  refunded: readonly RefundableLine[],
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
    };
    assert(
      left.goodsFen >= 0n && left.freightFen >= 0n && left.quantity >= 0,
      'no line gives back more than it took',
    );
    return left;
  });
}

/** Everything that is left; parts of which nothing is left fall out. */
export function wholeOf(remaining: readonly RefundableLine[]): RefundableLine[] {
  return remaining.filter((line) => line.goodsFen + line.freightFen > 0n);
}

/**
 * Units of some lines, and the freight of some merchant orders. Each unit takes its part of what is left, rounded up in the buyer's
 * favour; the last one takes the rest, so units one by one add up to the line.
 */
export function unitsOf(
  remaining: readonly RefundableLine[],
  wishes: readonly RefundWish[],
  freightOf: readonly string[],
): RefundableLine[] {
  const goods = wishes.map(({ orderLineId, quantity }) => {
    const line = remaining.find((candidate) => candidate.orderLineId === orderLineId);
    assert(line && quantity > 0 && quantity <= line.quantity, `${quantity} units are left of ${orderLineId}`);
    const [units, left] = [BigInt(quantity), BigInt(line.quantity)];
    return { ...line, goodsFen: (line.goodsFen * units + left - 1n) / left, quantity };
  });
  const freight = remaining.filter(
    (line) => line.orderLineId === '' && freightOf.includes(line.merchantOrderId),
  );
  return wholeOf([...goods, ...freight]);
}

/** An amount nobody has given a reason for: over all that is left, in proportion, returning no goods. Null if less is left. */
export function spreadOver(remaining: readonly RefundableLine[], amountFen: Fen): RefundableLine[] | null {
  if (amountFen > amountOf(remaining)) return null;
  const shares = allocate(
    amountFen,
    remaining.flatMap((line) => [line.goodsFen, line.freightFen]),
  );
  return wholeOf(
    remaining.map((line, index) => ({
      ...line,
      goodsFen: shares[index * 2] ?? 0n,
      freightFen: shares[index * 2 + 1] ?? 0n,
      quantity: 0,
    })),
  );
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
