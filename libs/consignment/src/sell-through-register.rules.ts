import { type Fen, allocate } from '#libs/kernel';
import type { SellThroughLine, SellThroughPart } from './sell-through.entity.js';

/** What of a sale came of which batch. */
export interface TakenPart {
  readonly batchId: string;
  readonly quantity: number;
}

/** The key by which stock and register know a revision of a line. */
export function causeOf({ id, revision }: Pick<SellThroughLine, 'id' | 'revision'>): string {
  return `sell_through:${id}:${revision}`;
}

/**
 * Its parts with their money, to the fen: by units, largest remainder. A part that would get nothing is no part: then all of it is the first batch's.
 */
export function partsOf(
  {
    id: lineId,
    revision,
    quantity,
    amountFen,
  }: Pick<SellThroughLine, 'id' | 'revision' | 'quantity' | 'amountFen'>,
  taken: readonly TakenPart[],
): SellThroughPart[] {
  if (quantity === 0) return [];
  const amounts = allocate(
    amountFen,
    taken.map((part) => BigInt(part.quantity)),
  );
  const whole = amounts.every((amount) => amount > 0n);
  const parts = whole
    ? taken.map((part, index) => ({ ...part, amountFen: amounts[index] ?? 0n }))
    : [{ batchId: taken[0]?.batchId ?? '', quantity, amountFen }];
  return parts.map((part, index) => ({
    lineId,
    revision,
    partNo: index + 1,
    batchId: part.batchId,
    quantity: part.quantity,
    amountFen: part.amountFen,
  }));
}

export interface RegisterPlace {
  readonly kind: string;
  readonly countyCode: string;
}

export interface RegisterKnowledge {
  readonly productId: string;
  readonly netWeightG: number;
  readonly place: RegisterPlace;
  /** By batch. */
  readonly traceCodeOf: ReadonlyMap<string, string>;
}

const lineNoOf = ({ lineId, revision, partNo }: SellThroughPart) => `${lineId}.${revision}.${partNo}`;

/** Midnight of Shanghai, at which that day begins: nothing is dated later than it was told. */
const instantOf = (day: string) => `${day}T00:00:00+08:00`;

/** A revision of a line as the register is told of sales elsewhere: each part is a line of an order that is the month. */
export function salesOf(
  { month, soldOn, channelPointId }: Pick<SellThroughLine, 'month' | 'soldOn' | 'channelPointId'>,
  parts: readonly SellThroughPart[],
  paymentRef: string,
  { productId, netWeightG, place, traceCodeOf }: RegisterKnowledge,
): object[] {
  return parts.map((part) => {
    const traceCode = traceCodeOf.get(part.batchId);
    return {
      type: 'SALE',
      orderNo: month.slice(0, 7),
      lineNo: lineNoOf(part),
      paidAt: instantOf(soldOn),
      deliveredAt: instantOf(soldOn),
      paymentRef,
      amountFen: String(part.amountFen),
      quantity: part.quantity,
      weightG: part.quantity * netWeightG,
      // Without a batch nobody knows where it grew.
      ...(traceCode === undefined ? { productId } : { traceCode }),
      channelKind: place.kind,
      channelPointId,
      saleCountyCode: place.countyCode,
      // Who pays at a till is not asked.
      buyerKind: 'UNKNOWN',
    };
  });
}

/** What was told before and is told differently now goes back, as of the day of which it was told: a closed month takes it as a correction. */
export function reversalsOf(
  { month, soldOn }: Pick<SellThroughLine, 'month' | 'soldOn'>,
  parts: readonly (SellThroughPart & { readonly amountFen: Fen })[],
): object[] {
  return parts.map((part) => ({
    type: 'REVERSAL',
    orderNo: month.slice(0, 7),
    lineNo: lineNoOf(part),
    reversalNo: 'corrected',
    reversedAt: instantOf(soldOn),
    amountFen: String(part.amountFen),
    quantity: part.quantity,
  }));
}
