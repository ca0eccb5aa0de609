import type { IntakeBatch } from './batch.entity.js';
import type { RowFault } from './row-field.rules.js';
import type { Candidate, Verdict } from './verdict.rules.js';

type Value = string | number | bigint | Date | Buffer | null;
type Values = Readonly<Record<string, Value>>;

function faultsText(faults: readonly RowFault[]): string | null {
  return faults.length > 0 ? JSON.stringify(faults) : null;
}

/** Every column, so that rows of all kinds go in one statement. */
function emptyRow(
  id: string,
  { id: batchId, partnerId }: IntakeBatch,
  rowNo: number,
  faults: readonly RowFault[],
) {
  return {
    id,
    batchId,
    partnerId,
    rowNo,
    kind: 'SALE',
    state: 'REJECTED',
    identity: null,
    contentHash: null,
    faults: faultsText(faults),
    orderNo: '',
    lineNo: '',
    saleRowId: '',
    amountFen: 0n,
    reversedFen: 0n,
    quantity: 0,
    reversedQuantity: 0,
    weightG: 0n,
    paidAt: null,
    effectiveAt: null,
    paymentRef: '',
    originCountyCode: '',
    originVillageCode: '',
    productId: '',
    merchantId: '',
    sellerCountyCode: '',
    channelKind: 'UNKNOWN',
    channelPointId: '',
    saleCountyCode: '',
    consumptionCountyCode: '',
    buyerKind: '',
    certificationId: '',
    linkageAgreementId: '',
    buyerKey: '',
    addressKey: '',
  } satisfies Values;
}

/** A row that was refused for its form: what it said is not kept, because nobody knows what it is. */
export function rejectedValues(
  id: string,
  batch: IntakeBatch,
  rowNo: number,
  faults: readonly RowFault[],
): Values {
  return { ...emptyRow(id, batch, rowNo, faults), kind: batch.kind };
}

export function rowValues(id: string, batch: IntakeBatch, candidate: Candidate, verdict: Verdict): Values {
  const { state, identity, contentHash, faults, saleRowId } = verdict;
  const common = {
    ...emptyRow(id, batch, verdict.rowNo, faults),
    kind: candidate.kind,
    state,
    identity,
    contentHash,
    saleRowId,
  };
  if (candidate.kind === 'REVERSAL') {
    const { orderNo, lineNo, amountFen, quantity, reversedAt } = candidate.reversal;
    return { ...common, orderNo, lineNo, amountFen, quantity, effectiveAt: reversedAt };
  }
  const { sale } = candidate;
  return {
    ...common,
    orderNo: sale.orderNo,
    lineNo: sale.lineNo,
    amountFen: sale.amountFen,
    quantity: sale.quantity,
    weightG: sale.weightG,
    paidAt: sale.paidAt,
    effectiveAt: sale.deliveredAt,
    paymentRef: sale.paymentRef,
    originCountyCode: sale.originCountyCode,
    originVillageCode: sale.originVillageCode,
    productId: sale.productId,
    merchantId: sale.merchantId,
    sellerCountyCode: sale.sellerCountyCode,
    channelKind: sale.channelKind,
    channelPointId: sale.channelPointId,
    saleCountyCode: sale.saleCountyCode,
    consumptionCountyCode: sale.consumptionCountyCode,
    buyerKind: sale.buyerKind,
    certificationId: sale.certificationId,
    linkageAgreementId: sale.linkageAgreementId,
    buyerKey: sale.buyerKey,
    addressKey: sale.addressKey,
  };
}

/** Rows of counters are kept in full elsewhere; here only what became of them. */
export function counterValues(
  id: string,
  batch: IntakeBatch,
  rowNo: number,
  {
    state,
    faults,
    counterId,
    day,
  }: {
    readonly state: Verdict['state'];
    readonly faults: readonly RowFault[];
    readonly counterId: string;
    readonly day: string;
  },
): Values {
  return {
    ...emptyRow(id, batch, rowNo, faults),
    kind: 'COUNTER_DAY',
    state,
    orderNo: counterId,
    lineNo: day,
    channelKind: 'COUNTER',
    channelPointId: counterId,
  };
}
