import { isWithin } from '#libs/division';
import { type Fen, fen, sumFen } from '#libs/kernel';
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
  readonly dataAsOf: Date;
}

/** What all viewers share: the whole day, before anyone's scope is applied. */
export interface LiveDay {
  readonly rows: readonly LiveRow[];
  /** Latest first. */
  readonly sales: readonly LiveSale[];
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
    dataAsOf: live.dataAsOf,
  };
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
