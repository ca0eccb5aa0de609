import { fen } from '#libs/kernel';
import type { OrderLineRow } from '#libs/ordering';
import type { RefundableLine } from '#libs/payment';
import { OWN_SYSTEM, type VolumeLine, type VolumeRefund } from '#libs/volume';

/** Everything is frozen on the line; certified is whatever had a certificate when it was paid. */
export function volumeLineOf(line: OrderLineRow): VolumeLine {
  return {
    originCountyCode: line.originCountyCode,
    productId: line.productId,
    merchantId: line.merchantId,
    sellerCountyCode: line.sellerCountyCode,
    channelKind: line.channelKind,
    channelPointId: line.channelPointId,
    saleCountyCode: line.saleCountyCode,
    consumptionCountyCode: line.consumptionCountyCode,
    lineId: line.id,
    goodsFen: fen(line.goodsFen) - fen(line.subsidyFen),
    subsidyFen: fen(line.subsidyFen),
    quantity: line.quantity,
    weightG: BigInt(line.netWeightG),
    buyerKind: line.buyerKind,
    unitId: line.unitId,
    campaignCode: line.campaignCode,
    isCertified: line.certificationId !== null,
    certificationId: line.certificationId ?? '',
    linkageAgreementId: line.linkageAgreementId ?? '',
    sourceSystem: OWN_SYSTEM,
    sourceOrderNo: line.orderId,
    sourceLineNo: line.id,
  };
}

/** The goods of a refund; freight and money that was never kept are no volume. */
export function volumeRefundsOf(
  refundId: string,
  lines: readonly RefundableLine[],
  settledAt: Date,
): VolumeRefund[] {
  return lines
    .filter(({ orderLineId }) => orderLineId !== '')
    .map(({ orderLineId, goodsFen, subsidyFen, quantity }) => ({
      refundId,
      lineId: orderLineId,
      goodsFen,
      subsidyFen,
      quantity,
      settledAt,
    }));
}
