import { type InvalidField, InvalidInputError, present } from '#libs/kernel';
import { type ReceivedBy, afterSaleUntil } from '#libs/ordering';
import type { FulfillmentId } from './fulfillment.entity.js';
import { ParcelExceedsRestError } from './fulfillment.errors.js';
import type { Parcel } from './fulfillment.rules.js';

/** Units of one line. */
export interface LineUnits {
  readonly orderLineId: string;
  readonly quantity: number;
}

/** Units of one line in one parcel, replacements left out. */
export interface CarriedUnits extends LineUnits {
  readonly fulfillmentId: FulfillmentId;
  readonly carrier: string | null;
  readonly trackingNo: string | null;
  readonly shippedAt: Date;
  readonly receivedAt: Date | null;
  readonly receivedBy: ReceivedBy | null;
  readonly autoReceiptAt: Date | null;
}

/** A line as it was ordered. */
export interface OrderedLine {
  readonly id: string;
  readonly quantity: number;
}

/** What has not left yet; lines that have left fall out. */
export function restOf<L extends OrderedLine>(
  lines: readonly L[],
  carried: readonly LineUnits[],
): { readonly orderLineId: L['id']; readonly quantity: number }[] {
  return lines
    .map(({ id, quantity }) => ({
      orderLineId: id as L['id'],
      quantity: quantity - unitsOf(carried.filter(({ orderLineId }) => orderLineId === id)),
    }))
    .filter(({ quantity }) => quantity > 0);
}

export function unitsOf(units: readonly LineUnits[]): number {
  return units.reduce((sum, { quantity }) => sum + quantity, 0);
}

const noLines: InvalidField = {
  path: 'lines',
  message: { zh: '请至少选择一件商品', en: 'Put at least one line into the parcel.' },
};
const doubledLine: InvalidField = {
  path: 'lines',
  message: { zh: '同一商品行只能写一次', en: 'A line stands here once.' },
};

/** Malformed contents, all faults at once; whether so much is left is another question. */
export function refuseContents(lines: readonly LineUnits[]): InvalidInputError | null {
  const faults: InvalidField[] = [];
  if (lines.length === 0) faults.push(noLines);
  if (new Set(lines.map(({ orderLineId }) => orderLineId)).size < lines.length) faults.push(doubledLine);
  for (const [index, { quantity }] of lines.entries()) {
    if (Number.isInteger(quantity) && quantity > 0) continue;
    const message = { zh: '件数须大于零', en: 'The quantity is positive.' };
    faults.push({ path: `lines.${index}.quantity`, message });
  }
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

/** Units that leave, of so many that had not left before. */
export type Leaving<U extends LineUnits> = U & { readonly of: number };

/** What goes into the parcel: what is named, or all that is left. The caller knows that the lines are of this merchant order. */
export function contentsOf<U extends LineUnits>(
  rest: readonly U[],
  wanted: readonly LineUnits[] | null,
): Leaving<U>[] | ParcelExceedsRestError {
  if (wanted === null) return allOf(rest);
  const contents: Leaving<U>[] = [];
  for (const { orderLineId, quantity } of wanted) {
    const left = rest.find((each) => each.orderLineId === orderLineId);
    if (!left || quantity > left.quantity)
      return new ParcelExceedsRestError(orderLineId, left?.quantity ?? 0);
    contents.push({ ...left, quantity, of: left.quantity });
  }
  return contents;
}

export function allOf<U extends LineUnits>(rest: readonly U[]): Leaving<U>[] {
  return rest.map((units) => ({ ...units, of: units.quantity }));
}

/** Of one merchant order: more than anybody packs, and few enough to show at once. */
export const PARCELS_MAX = 50;

const tooManyParcels: InvalidField = {
  path: 'lines',
  message: {
    zh: `一个子订单最多 ${PARCELS_MAX} 个包裹，请将剩余商品一次发出`,
    en: `A merchant order has at most ${PARCELS_MAX} parcels; the last one takes all that is left.`,
  },
};

/** The last parcel there may be takes all that is left. */
export function refuseCount(
  carried: readonly Pick<CarriedUnits, 'fulfillmentId'>[],
  isLast: boolean,
): InvalidInputError | null {
  const parcels = new Set(carried.map(({ fulfillmentId }) => fulfillmentId)).size;
  return !isLast && parcels + 1 >= PARCELS_MAX ? new InvalidInputError([tooManyParcels]) : null;
}

/** The parcel of this carrier and number, if one has left: whoever heard nothing asks again under the same number. */
export function sameParcel(
  carried: readonly CarriedUnits[],
  { carrier, trackingNo }: Parcel,
): CarriedUnits[] {
  return carried.filter((each) => each.carrier === carrier && each.trackingNo === trackingNo);
}

export function isSameContents(one: readonly LineUnits[], other: readonly LineUnits[]): boolean {
  return (
    one.length === other.length &&
    one.every((a) => other.some((b) => a.orderLineId === b.orderLineId && a.quantity === b.quantity))
  );
}

/** The end of the last after-sale window of everything that left: money follows that one. Everything has been received. */
export function lastWindowOf(
  carried: readonly Pick<CarriedUnits, 'orderLineId' | 'receivedAt'>[],
  lines: readonly { readonly id: string; readonly isPerishable: boolean }[],
): Date {
  const ends = carried.map(({ orderLineId, receivedAt }) => {
    const line = present(
      lines.find(({ id }) => id === orderLineId),
      orderLineId,
    );
    return afterSaleUntil(present(receivedAt, 'a receipt'), line.isPerishable).getTime();
  });
  return new Date(Math.max(...ends));
}
