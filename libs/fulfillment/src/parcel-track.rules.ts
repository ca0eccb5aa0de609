import { DAY_MS, plus } from '#libs/kernel';
import { autoReceiptAt } from '#libs/ordering';
import { CARRIERS, type Carrier } from './waybill.rules.js';

/**
 * What a carrier says of a parcel. ARRIVED: at a place on its way. FAILED: brought and not handed over; it is tried again. REFUSED: whoever was to get it
 * did not take it. RETURNED: it is back where it came from.
 */
export const PARCEL_EVENT_KINDS = [
  'COLLECTED',
  'ARRIVED',
  'OUT_FOR_DELIVERY',
  'SIGNED',
  'FAILED',
  'REFUSED',
  'LOST',
  'RETURNED',
] as const;
export type ParcelEventKind = (typeof PARCEL_EVENT_KINDS)[number];

/** What somebody has to do something about. */
export const PARCEL_TROUBLES = ['FAILED', 'REFUSED', 'LOST', 'RETURNED'] as const;
export type ParcelTrouble = (typeof PARCEL_TROUBLES)[number];

/** What happened once to a parcel, as its carrier tells it. */
export interface ToldEvent {
  /** Of the carrier: told again, it is the same. */
  readonly ref: string;
  readonly kind: ParcelEventKind;
  /** Where; '' where it does not say. */
  readonly place: string;
  readonly at: Date;
}

export interface CarrierNotice {
  readonly carrier: Carrier;
  readonly trackingNo: string;
  readonly event: ToldEvent;
}

/** After that long no carrier has anything to tell that anybody waits for. */
const FOLLOWED_MS = 30 * DAY_MS;
/** Clocks differ, and parcels are collected before somebody has said that they left. What is older was another parcel of this number. */
const BEFORE_SHIPPING_MS = DAY_MS;
/** Between a carrier's signature and the receipt by itself: as long as for what waits where it is picked up, because that is what it does. */
const SIGNED_MS = 2 * DAY_MS;
/** A parcel that is handed on more often travels in circles. */
export const PARCEL_EVENTS_MAX = 60;
/** With how it ended, which is told once or twice. */
export const PARCEL_EVENTS_READ_MAX = 2 * PARCEL_EVENTS_MAX;
const PLACE_LENGTH_MAX = 60;
const REF_LENGTH_MAX = 80;

const ENDS: readonly ParcelEventKind[] = ['SIGNED', 'LOST', 'RETURNED'];

export interface Standing {
  /** The last that is known, whatever was told last. */
  readonly kind: ParcelEventKind | null;
  readonly at: Date | null;
  readonly trouble: ParcelTrouble | null;
}

/** Whether it can be of the parcel that left at that moment. */
export function isOf(shippedAt: Date, { at }: Pick<ToldEvent, 'at'>): boolean {
  return at >= plus(shippedAt, -BEFORE_SHIPPING_MS) && at <= plus(shippedAt, FOLLOWED_MS);
}

/** In the order in which it happened, in whatever order it was told; of one moment, that which comes later in a parcel's life. */
export function inTheirOrder<E extends Pick<ToldEvent, 'kind' | 'at'>>(events: readonly E[]): E[] {
  const rank = ({ kind }: E) => PARCEL_EVENT_KINDS.indexOf(kind);
  return events.toSorted((a, b) => a.at.getTime() - b.at.getTime() || rank(a) - rank(b));
}

export function standingOf(events: readonly Pick<ToldEvent, 'kind' | 'at'>[]): Standing {
  const last = inTheirOrder(events).at(-1);
  if (!last) return { kind: null, at: null, trouble: null };
  return { ...last, trouble: PARCEL_TROUBLES.find((trouble) => trouble === last.kind) ?? null };
}

/** What of it is kept beside so many that are known: how it ended always, everything else as long as there is room. */
export function keptOf<E extends Pick<ToldEvent, 'kind'>>(told: readonly E[], known: number): E[] {
  return told.filter(({ kind }, index) => known + index < PARCEL_EVENTS_MAX || ENDS.includes(kind));
}

/** Nothing more is to come of it. */
export function isOver({ kind }: Pick<Standing, 'kind'>, shippedAt: Date, now: Date): boolean {
  return (kind !== null && ENDS.includes(kind)) || now > plus(shippedAt, FOLLOWED_MS);
}

/**
 * When a parcel counts as received by itself. Whoever has it at the door has two days to say something, whenever it came; what was refused, is lost or has
 * come back is received by nobody. Of everything else the ten days run from the day on which it left.
 */
export function receiptDueAt({ kind, at, trouble }: Standing, shippedAt: Date): Date | null {
  if (kind === 'SIGNED' && at !== null) return plus(at, SIGNED_MS);
  if (trouble !== null && trouble !== 'FAILED') return null;
  return autoReceiptAt(shippedAt, 'PARCEL');
}

function textOf(value: unknown, lengthMax: number): string | null {
  return typeof value === 'string' && value.length <= lengthMax ? value : null;
}

export function eventOf(told: unknown): ToldEvent | null {
  if (typeof told !== 'object' || told === null) return null;
  const { id, kind, place, at } = told as Readonly<Record<string, unknown>>;
  const ref = textOf(id, REF_LENGTH_MAX);
  const known = PARCEL_EVENT_KINDS.find((each) => each === kind);
  const instant = new Date(typeof at === 'string' ? at : Number.NaN);
  if (ref === null || ref === '' || !/^[\x21-\x7e]+$/.test(ref) || !known || Number.isNaN(instant.getTime()))
    return null;
  return { ref, kind: known, place: textOf(place ?? '', PLACE_LENGTH_MAX) ?? '', at: instant };
}

/** Null for what is none; what has the right form may still be of no parcel of ours. */
export function noticeOf(body: string): CarrierNotice | null {
  const told = jsonOf(body);
  const event = eventOf(told);
  if (event === null) return null;
  const { carrier, trackingNo } = told as Readonly<Record<string, unknown>>;
  const known = CARRIERS.find((each) => each === carrier);
  const number = textOf(trackingNo, PLACE_LENGTH_MAX);
  return known && number !== null ? { carrier: known, trackingNo: number.toUpperCase(), event } : null;
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null; // Signed, and no JSON: refused like everything that has not the form.
  }
}
