import { type Fen, assert, businessDay } from '#libs/kernel';
import type { VolumeChannel, VolumeSource } from './volume-fact.entity.js';

/** What a fact adds to each measure; a measure that is not named gets nothing. */
export interface VolumeDeltas {
  readonly orderedFen?: Fen;
  readonly paidFen?: Fen;
  readonly refundedFen?: Fen;
  readonly deliveredFen?: Fen;
  readonly recognisedFen?: Fen;
  /** Paid for the goods by somebody else than the buyer, whatever comes of the sale; in no other measure. */
  readonly subsidyFen?: Fen;
  /** An approved claim of a sale elsewhere; in no other measure. */
  readonly declaredFen?: Fen;
  /** Units recognised. */
  readonly quantity?: number;
  /** Grams recognised. */
  readonly weightG?: bigint;
}

/** Where a sale belongs on every axis, frozen when it is paid; '' is unknown, which is a value. */
export interface VolumeAttribution {
  readonly originCountyCode: string;
  readonly productId: string;
  readonly merchantId: string;
  readonly sellerCountyCode: string;
  readonly channelKind: VolumeChannel;
  readonly channelPointId: string;
  readonly saleCountyCode: string;
  /** Where the goods go. */
  readonly consumptionCountyCode: string;
  readonly buyerKind: string;
  /** The unit it was bought for. */
  readonly unitId: string;
  readonly campaignCode: string;
  readonly isCertified: boolean;
  readonly certificationId: string;
  readonly linkageAgreementId: string;
}

/** Of a sale of which nothing is known. */
export const UNKNOWN_ATTRIBUTION: VolumeAttribution = {
  originCountyCode: '',
  productId: '',
  merchantId: '',
  sellerCountyCode: '',
  channelKind: 'UNKNOWN',
  channelPointId: '',
  saleCountyCode: '',
  consumptionCountyCode: '',
  buyerKind: 'UNKNOWN',
  unitId: '',
  campaignCode: '',
  isCertified: false,
  certificationId: '',
  linkageAgreementId: '',
};

/** Who tells of a sale, under which number, and by what it is recognised again; what is left out is unknown. */
export interface VolumeProvenance {
  readonly sourceSystem?: string;
  readonly sourceOrderNo?: string;
  readonly sourceLineNo?: string;
  /** Pseudonyms: the same person or place has the same one in every source, and nobody can be read from it. */
  readonly buyerKey?: string;
  readonly addressKey?: string;
  /** Of the batch. */
  readonly originVillageCode?: string;
}

export interface VolumeFactDraft extends VolumeDeltas, VolumeAttribution, VolumeProvenance {
  /** What happened to what, e.g. `paid:oln_01J…`: the same happening counts once. */
  readonly factKey: string;
  readonly source: VolumeSource;
  /** The line that something went back of, and all it was sold for: no more may go back. */
  readonly refundOf?: { readonly lineId: string; readonly goodsFen: Fen };
  /** The day on which what it corrects counts: it counts there as well, as long as that month is open and in the book. */
  readonly correctsDay?: string;
  readonly eventAt: Date;
  /** The business day of payment (of the order, before that) that the fact goes back to. */
  readonly originDay: string;
}

/** An order line, as volume sees it. */
export interface VolumeLine extends VolumeAttribution, VolumeProvenance {
  readonly lineId: string;
  /** What the buyer pays of the goods. */
  readonly goodsFen: Fen;
  /** What somebody else pays of them. */
  readonly subsidyFen: Fen;
  readonly quantity: number;
  /** Of the whole line. */
  readonly weightG: bigint;
}

/** What of a line went back to the buyer. */
export interface VolumeRefund {
  readonly refundId: string;
  readonly lineId: string;
  readonly goodsFen: Fen;
  /** What of a coupon somebody else has back; nothing unless said. */
  readonly subsidyFen?: Fen;
  readonly quantity: number;
  readonly settledAt: Date;
}

function fact(
  line: VolumeLine,
  factKey: string,
  eventAt: Date,
  originDay: string,
  deltas: VolumeDeltas,
): VolumeFactDraft {
  const { lineId: _, goodsFen: __, subsidyFen: ___, quantity: ____, weightG: _____, ...attribution } = line;
  return { ...attribution, ...deltas, factKey, source: 'PLATFORM', eventAt, originDay };
}

/** Certification is decided by payment, so what is only ordered counts as not certified, however late it is counted. */
export function factsOfPlaced(lines: readonly VolumeLine[], placedAt: Date): VolumeFactDraft[] {
  const day = businessDay(placedAt);
  return lines.map((line) =>
    fact(uncertified(line), `ordered:${line.lineId}`, placedAt, day, {
      orderedFen: line.goodsFen,
    }),
  );
}

function uncertified(line: VolumeLine): VolumeLine {
  return { ...line, isCertified: false, certificationId: '' };
}

/** An order that was never paid is no longer ordered: taken back on the day it was cancelled. */
export function factsOfUnpaidCancelled(
  lines: readonly VolumeLine[],
  placedAt: Date,
  cancelledAt: Date,
): VolumeFactDraft[] {
  const day = businessDay(placedAt);
  return lines.map((line) =>
    fact(uncertified(line), `unordered:${line.lineId}`, cancelledAt, day, {
      orderedFen: 0n - line.goodsFen,
    }),
  );
}

export function factsOfPaid(lines: readonly VolumeLine[], paidAt: Date): VolumeFactDraft[] {
  const day = businessDay(paidAt);
  return lines.map((line) => {
    const { goodsFen: paidFen, subsidyFen } = line;
    return fact(line, paidKey(line.lineId), paidAt, day, { paidFen, subsidyFen });
  });
}

/** Received is delivered and recognised in full; what had been refunded before is taken off by `factsOfReversed`. */
export function factsOfReceived(
  lines: readonly VolumeLine[],
  paidAt: Date,
  receivedAt: Date,
): VolumeFactDraft[] {
  const day = businessDay(paidAt);
  return lines.map((line) =>
    fact(line, deliveredKey(line.lineId), receivedAt, day, {
      deliveredFen: line.goodsFen,
      recognisedFen: line.goodsFen,
      quantity: line.quantity,
      weightG: line.weightG,
    }),
  );
}

export function factsOfRefunded(
  lines: readonly VolumeLine[],
  paidAt: Date,
  refunds: readonly VolumeRefund[],
): VolumeFactDraft[] {
  const day = businessDay(paidAt);
  return pairs(lines, refunds).map(([line, refund]) => {
    // Paid stays what was paid, with what went back beside it; a coupon has no such column and is counted net.
    const back = { refundedFen: refund.goodsFen, subsidyFen: 0n - (refund.subsidyFen ?? 0n) };
    return ofRefund(line, fact(line, refundedKey(refund), refund.settledAt, day, back));
  });
}

/**
 * A refund of goods that were received takes off what was recognised: in its own time if it came later, at receipt if it
 * came before. Both the refund and the receipt may ask for this, whichever is told of last; the fact is the same.
 */
export function factsOfReversed(
  lines: readonly VolumeLine[],
  paidAt: Date,
  receivedAt: Date,
  refunds: readonly VolumeRefund[],
): VolumeFactDraft[] {
  const day = businessDay(paidAt);
  return pairs(lines, refunds).map(([line, refund]) => {
    const eventAt = refund.settledAt > receivedAt ? refund.settledAt : receivedAt;
    const reversed = fact(line, `reversed:${refund.refundId}:${line.lineId}`, eventAt, day, {
      recognisedFen: 0n - refund.goodsFen,
      quantity: -refund.quantity,
      weightG: -weightOf(line, refund.quantity),
    });
    return ofRefund(line, reversed);
  });
}

function ofRefund({ lineId, goodsFen }: VolumeLine, draft: VolumeFactDraft): VolumeFactDraft {
  return { ...draft, refundOf: { lineId, goodsFen } };
}

export function paidKey(lineId: string): string {
  return `paid:${lineId}`;
}

export function deliveredKey(lineId: string): string {
  return `delivered:${lineId}`;
}

export function refundedKey({ refundId, lineId }: Pick<VolumeRefund, 'refundId' | 'lineId'>): string {
  return `refunded:${refundId}:${lineId}`;
}

/** The weight of some of a line's units; its units weigh the same. */
function weightOf(line: VolumeLine, quantity: number): bigint {
  return line.quantity === 0 ? 0n : (line.weightG * BigInt(quantity)) / BigInt(line.quantity);
}

function pairs(lines: readonly VolumeLine[], refunds: readonly VolumeRefund[]): [VolumeLine, VolumeRefund][] {
  const lineOf = new Map(lines.map((line) => [line.lineId, line]));
  return refunds.map((refund) => {
    const line = lineOf.get(refund.lineId);
    assert(line, `the line ${refund.lineId} of ${refund.refundId}`);
    return [line, refund];
  });
}
