import { fen } from '#libs/kernel';
import type { MerchantOrderRow, OrderLineRow } from '#libs/ordering';
import type { RefundableLine } from '#libs/payment';
import type { HouseholdWeight, RefundPart, SaleFreight, SaleLine } from '#libs/settlement';

/** The operator of a counter is known by the counter; other places of sale have none. */
export function saleLineOf(line: OrderLineRow, households: readonly HouseholdWeight[]): SaleLine {
  const { merchantOrderId, merchantId, productId, channelKind, channelPointId } = line;
  const { originCountyCode, saleCountyCode } = line;
  const isAtCounter = channelKind === 'COUNTER' && channelPointId !== '';
  return {
    lineId: line.id,
    merchantOrderId,
    merchantId,
    productId,
    channelKind,
    originCountyCode,
    saleCountyCode,
    households,
    goodsFen: fen(line.goodsFen),
    subsidyFen: fen(line.subsidyFen),
    isCertified: line.certificationId !== null,
    operatorId: isAtCounter ? (channelPointId as `chp_${string}`) : null,
  };
}

export function saleFreightOf({ id, merchantId, freightFen }: MerchantOrderRow): SaleFreight {
  return { merchantOrderId: id, merchantId, freightFen: fen(freightFen) };
}

/** Goods by their line, freight by its merchant order, anything else by no line. */
export function refundPartOf(line: RefundableLine): RefundPart {
  return {
    lineId: line.orderLineId || line.merchantOrderId || null,
    amountFen: line.goodsFen + line.freightFen,
    subsidyFen: line.subsidyFen,
  };
}
