import { isWithin } from '#libs/division';
import { type Fen, MINUTE_MS, fen, sumFen } from '#libs/kernel';
import type { VolumeChannel } from './volume-fact.entity.js';

/** What officials watch while it happens. Recognised and certified include what goes back today. */
export interface LiveMeasures {
  readonly orderedFen: Fen;
  readonly paidFen: Fen;
  readonly refundedFen: Fen;
  readonly deliveredFen: Fen;
  readonly recognisedFen: Fen;
  readonly certifiedFen: Fen;
}

/** One county's day so far, through one channel. */
export interface LiveRow extends LiveMeasures {
  readonly originCountyCode: string;
  readonly channelKind: VolumeChannel;
}

/** A paid line, as it flies by. Nobody's name, nobody's address. */
export interface LiveSale {
  readonly lineId: string;
  readonly paidAt: Date;
  readonly originCountyCode: string;
  readonly productId: string;
  readonly channelKind: VolumeChannel;
  readonly paidFen: Fen;
  readonly isCertified: boolean;
}

/** An order of which something of a county was paid for. */
export interface LiveOrder {
  readonly orderKey: string;
  readonly paidAt: Date;
  readonly originCountyCode: string;
}

/** So many orders of a minute touched exactly these counties. */
export interface OrderCount {
  readonly counties: readonly string[];
  readonly count: number;
}

export interface LiveCounty {
  readonly originCountyCode: string;
  readonly figures: LiveMeasures;
}

export interface LiveChannel {
  readonly channelKind: VolumeChannel;
  readonly figures: LiveMeasures;
}

export interface LiveVolume {
  readonly day: string;
  readonly totals: LiveMeasures;
  readonly counties: readonly LiveCounty[];
  readonly channels: readonly LiveChannel[];
  readonly sales: readonly LiveSale[];
  /** Of the last whole minute; null where nobody knows. */
  readonly ordersPerMinute: number | null;
  readonly ordersMinuteAt: Date;
  readonly dataAsOf: Date;
}

/** What all viewers share: the whole day, before anyone's scope is applied. */
export interface LiveDay {
  readonly rows: readonly LiveRow[];
  /** Latest first. */
  readonly sales: readonly LiveSale[];
  /** Null where nobody knows. */
  readonly orders: readonly OrderCount[] | null;
  readonly ordersMinuteAt: Date;
  readonly dataAsOf: Date;
}

/** A screen shows a dozen. */
const SALES_SHOWN_MAX = 20;

/** One viewer's part of the day. Every axis adds up to the same totals, because all are sums of the same rows. */
export function liveVolumeOf(day: string, live: LiveDay, scope: readonly string[] | 'ALL'): LiveVolume {
  const isMine = ({ originCountyCode }: { readonly originCountyCode: string }) =>
    isWithin(originCountyCode, scope);
  const rows = live.rows.filter(isMine);
  const counties = new Set(rows.map((row) => row.originCountyCode));
  const channels = new Set(rows.map((row) => row.channelKind));
  return {
    day,
    totals: sumOf(rows),
    counties: [...counties].map((originCountyCode) => ({
      originCountyCode,
      figures: sumOf(rows.filter((row) => row.originCountyCode === originCountyCode)),
    })),
    channels: [...channels].map((channelKind) => ({
      channelKind,
      figures: sumOf(rows.filter((row) => row.channelKind === channelKind)),
    })),
    sales: live.sales.filter(isMine).slice(0, SALES_SHOWN_MAX),
    ordersPerMinute: ordersWithin(live.orders, scope),
    ordersMinuteAt: live.ordersMinuteAt,
    dataAsOf: live.dataAsOf,
  };
}

/** Each order once, whatever it has of whose counties. */
function ordersWithin(orders: readonly OrderCount[] | null, scope: readonly string[] | 'ALL'): number | null {
  if (orders === null) return null;
  return orders
    .filter(({ counties }) => counties.some((county) => isWithin(county, scope)))
    .reduce((sum, { count }) => sum + count, 0);
}

/** Rollups follow within seconds: by then a minute that is over is counted. */
export const MINUTE_GRACE_MS = 15_000;

export function minuteOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS);
}

/** The last minute that is over and counted. */
export function wholeMinuteAt(now: Date): Date {
  return minuteOf(new Date(now.getTime() - MINUTE_GRACE_MS - MINUTE_MS));
}

export function memberOf({ originCountyCode, orderKey }: LiveOrder): string {
  return `${originCountyCode}|${orderKey}`;
}

/** Members of one minute, by which counties their orders touched. */
export function orderCountsOf(members: readonly string[]): OrderCount[] {
  const countiesOf = new Map<string, Set<string>>();
  for (const member of members) {
    const at = member.indexOf('|');
    const orderKey = member.slice(at + 1);
    const counties = countiesOf.get(orderKey) ?? new Set();
    countiesOf.set(orderKey, counties.add(member.slice(0, at)));
  }
  const counts = new Map<string, OrderCount>();
  for (const set of countiesOf.values()) {
    const counties = [...set].toSorted();
    const key = counties.join();
    counts.set(key, { counties, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}

function sumOf(rows: readonly LiveMeasures[]): LiveMeasures {
  const sum = (of: (row: LiveMeasures) => Fen) => sumFen(rows.map(of));
  return {
    orderedFen: sum((row) => row.orderedFen),
    paidFen: sum((row) => row.paidFen),
    refundedFen: sum((row) => row.refundedFen),
    deliveredFen: sum((row) => row.deliveredFen),
    recognisedFen: sum((row) => row.recognisedFen),
    certifiedFen: sum((row) => row.certifiedFen),
  };
}

/** JSON knows neither instants nor numbers of this size. */
export function entryOf(sale: LiveSale): string {
  return JSON.stringify({ ...sale, paidAt: sale.paidAt.toISOString(), paidFen: String(sale.paidFen) });
}

export function saleOf(entry: string): LiveSale {
  const sale = JSON.parse(entry) as Omit<LiveSale, 'paidAt' | 'paidFen'> &
    Record<'paidAt' | 'paidFen', string>;
  return { ...sale, paidAt: new Date(sale.paidAt), paidFen: fen(sale.paidFen) };
}
