import { fen } from '#libs/kernel';
import type { LineFundingRow, MerchantOrderRow, OrderLineRow } from '#libs/ordering';
import type { LineFunding, RefundableLine } from '#libs/payment';
import type { HouseholdWeight, RefundPart, SaleFreight, SaleLine, VoucherShare } from '#libs/settlement';

/** Of its own coupons; a finance bureau is known by its division. */
const PLATFORM_FUNDER = 'PLATFORM';

/** The operator of a counter is known by the counter; other places of sale have none. */
export function saleLineOf(
  line: OrderLineRow,
  households: readonly HouseholdWeight[],
  fundings: readonly LineFundingRow[],
): SaleLine {
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
    vouchers: vouchersOf(
      fundings.filter(({ kind }) => kind === 'VOUCHER'),
      line.id,
    ),
    isCertified: line.certificationId !== null,
    operatorId: isAtCounter ? (channelPointId as `chp_${string}`) : null,
  };
}

export function saleFreightOf({ id, merchantId, freightFen }: MerchantOrderRow): SaleFreight {
  return { merchantOrderId: id, merchantId, freightFen: fen(freightFen) };
}

/** Goods by their line, freight by its merchant order, anything else by no line. */
export function refundPartOf(line: RefundableLine, fundings: readonly LineFunding[]): RefundPart {
  return {
    lineId: line.orderLineId || line.merchantOrderId || null,
    amountFen: line.goodsFen + line.freightFen,
    subsidyFen: line.subsidyFen,
    vouchers: vouchersOf(
      fundings.filter(({ funder }) => funder !== PLATFORM_FUNDER),
      line.orderLineId,
    ),
  };
}

/** What finance bureaus have paid of a line, or get back. */
function vouchersOf(
  fundings: readonly Pick<LineFunding, 'orderLineId' | 'funder' | 'amountFen'>[],
  lineId: string,
): VoucherShare[] {
  return fundings
    .filter(({ orderLineId }) => orderLineId === lineId)
    .map(({ funder, amountFen }) => ({ divisionCode: funder, amountFen }));
}
