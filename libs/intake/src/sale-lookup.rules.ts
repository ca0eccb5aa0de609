import { createHash } from 'node:crypto';
import { type Fen, businessDay } from '#libs/kernel';
import type { BatchRow, CertificationSpan, ProductOrigin } from '#libs/catalog';
import {
  type TwinProbe,
  type VolumeAttribution,
  type VolumeChannel,
  type VolumeFactDraft,
  type VolumeLine,
  type VolumeRefund,
  UNKNOWN_ATTRIBUTION,
  factsOfPaid,
  factsOfPlaced,
  factsOfReceived,
  factsOfRefunded,
  factsOfReversed,
} from '#libs/volume';
import { type RowFault, fault } from './row-field.rules.js';
import type { ReversalRow, SaleRow } from './sale-row.rules.js';

/** What the registers say about everything that a batch names. */
export interface Finds {
  readonly batchOfTraceCode: ReadonlyMap<string, BatchRow>;
  readonly productOf: ReadonlyMap<string, ProductOrigin>;
  readonly certificatesOf: ReadonlyMap<string, readonly CertificationSpan[]>;
  readonly sellerCountyOf: ReadonlyMap<string, string>;
  readonly counties: ReadonlySet<string>;
  readonly points: ReadonlySet<string>;
}

/** A sale elsewhere, placed on every axis. */
export interface Sale extends VolumeAttribution {
  readonly orderNo: string;
  readonly lineNo: string;
  readonly amountFen: Fen;
  readonly quantity: number;
  readonly weightG: bigint;
  readonly paidAt: Date;
  readonly deliveredAt: Date;
  readonly paymentRef: string;
  readonly invoiceNo: string | null;
  readonly originVillageCode: string;
  readonly buyerKey: string;
  readonly addressKey: string;
}

export interface BuyerKeys {
  readonly buyerKey: string;
  readonly addressKey: string;
}

/** The certificate that counted when it was paid; of several the one that began last. */
export function certificateAt(spans: readonly CertificationSpan[], at: Date): string {
  const valid = spans.filter(
    ({ validFrom, validTo, revokedAt }) =>
      validFrom <= at && validTo > at && (revokedAt === null || revokedAt > at),
  );
  const latest = valid
    .toSorted((a, b) => a.validFrom.getTime() - b.validFrom.getTime() || (a.id < b.id ? -1 : 1))
    .at(-1);
  return latest?.id ?? '';
}

/** Where a sale belongs, or what it names that nobody knows. The trace code wins: a box says where it grew. */
export function placeSale(row: SaleRow, finds: Finds, keys: BuyerKeys): Sale | readonly RowFault[] {
  const faults: RowFault[] = [];
  const known = (field: string, isKnown: boolean) => {
    if (!isKnown) faults.push(fault(field, 'NOT_FOUND'));
  };
  const batch = row.traceCode === null ? undefined : finds.batchOfTraceCode.get(row.traceCode);
  known('traceCode', row.traceCode === null || batch !== undefined);
  const productId = batch?.productId ?? row.productId ?? '';
  const product = finds.productOf.get(productId);
  known('productId', productId === '' || product !== undefined);
  for (const field of ['originCountyCode', 'saleCountyCode', 'consumptionCountyCode'] as const) {
    known(field, row[field] === null || finds.counties.has(row[field] ?? ''));
  }
  known('channelPointId', row.channelPointId === null || finds.points.has(row.channelPointId));
  if (batch && row.productId !== null && row.productId !== batch.productId)
    faults.push(fault('productId', 'CONTRADICTS'));
  if (batch && row.originCountyCode !== null && row.originCountyCode !== batch.originCountyCode)
    faults.push(fault('originCountyCode', 'CONTRADICTS'));
  if (faults.length > 0) return faults;

  const certificationId = certificateAt(finds.certificatesOf.get(productId) ?? [], row.paidAt);
  const merchantId = product?.merchantId ?? '';
  return {
    ...UNKNOWN_ATTRIBUTION,
    ...keys,
    orderNo: row.orderNo,
    lineNo: row.lineNo,
    amountFen: row.amountFen,
    quantity: row.quantity,
    weightG: BigInt(row.weightG),
    paidAt: row.paidAt,
    deliveredAt: row.deliveredAt,
    paymentRef: row.paymentRef,
    invoiceNo: row.invoiceNo,
    // Not the product's registered county: only the batch, or whoever sold it, knows where these goods grew.
    originCountyCode: batch?.originCountyCode ?? row.originCountyCode ?? '',
    originVillageCode: batch?.originVillageCode ?? '',
    productId,
    merchantId,
    sellerCountyCode: finds.sellerCountyOf.get(merchantId) ?? '',
    channelKind: row.channelKind as VolumeChannel,
    channelPointId: row.channelPointId ?? '',
    saleCountyCode: row.saleCountyCode ?? '',
    consumptionCountyCode: row.consumptionCountyCode ?? '',
    buyerKind: row.buyerKind,
    isCertified: certificationId !== '',
    certificationId,
    linkageAgreementId: batch?.linkageAgreementId ?? '',
  };
}

/** The same words again, or others under the same number? Buyers are in it as keys, so that nobody is read from it. */
export function saleHash(sale: Sale): Buffer {
  const { amountFen, weightG, ...rest } = sale;
  return hashOf({ ...rest, amountFen: String(amountFen), weightG: String(weightG) });
}

export function reversalHash({ amountFen, ...rest }: ReversalRow): Buffer {
  return hashOf({ ...rest, amountFen: String(amountFen) });
}

function hashOf(content: object): Buffer {
  const sorted = Object.fromEntries(Object.entries(content).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return createHash('sha256').update(JSON.stringify(sorted)).digest();
}

export function probeOf(sale: Sale, sourceSystem: string): TwinProbe {
  const { buyerKey, productId, amountFen } = sale;
  return { buyerKey, productId, amountFen, day: businessDay(sale.paidAt), sourceSystem };
}

/** What a counted row is called by its facts. */
export function lineOfSale(rowId: string, sale: Sale, sourceSystem: string): VolumeLine {
  const {
    orderNo,
    lineNo,
    amountFen,
    paidAt: _,
    deliveredAt: __,
    paymentRef: ___,
    invoiceNo: ____,
    ...rest
  } = sale;
  return {
    ...rest,
    lineId: rowId,
    goodsFen: amountFen,
    subsidyFen: 0n,
    sourceSystem,
    sourceOrderNo: orderNo,
    sourceLineNo: lineNo,
  };
}

function byPartner(facts: readonly VolumeFactDraft[]): VolumeFactDraft[] {
  return facts.map((each) => ({ ...each, source: 'PARTNER' }));
}

/** A sale that a partner tells of has been ordered, paid and delivered: it adds to each measure on its own day. */
export function factsOfSale(rowId: string, sale: Sale, sourceSystem: string): VolumeFactDraft[] {
  const lines = [lineOfSale(rowId, sale, sourceSystem)];
  return byPartner([
    ...factsOfPlaced(lines, sale.paidAt),
    ...factsOfPaid(lines, sale.paidAt),
    ...factsOfReceived(lines, sale.paidAt, sale.deliveredAt),
  ]);
}

export interface Reversal {
  readonly rowId: string;
  readonly amountFen: Fen;
  readonly quantity: number;
  readonly reversedAt: Date;
}

/** What goes back is refunded, and recognised no longer, in its own time. */
export function factsOfReversal(
  saleRowId: string,
  sale: Sale,
  sourceSystem: string,
  { rowId, amountFen, quantity, reversedAt }: Reversal,
): VolumeFactDraft[] {
  const lines = [lineOfSale(saleRowId, sale, sourceSystem)];
  const refund: VolumeRefund = {
    refundId: rowId,
    lineId: saleRowId,
    goodsFen: amountFen,
    quantity,
    settledAt: reversedAt,
  };
  return byPartner([
    ...factsOfRefunded(lines, sale.paidAt, [refund]),
    ...factsOfReversed(lines, sale.paidAt, sale.deliveredAt, [refund]),
  ]);
}
