import type { LineFundingRow, MerchantOrderRow, OrderLineRow } from '#libs/ordering';
import { refundPartOf, saleFreightOf, saleLineOf } from './sale.rules.js';

const line = {
  id: 'oln_1',
  merchantOrderId: 'mor_1',
  merchantId: 'mer_1',
  productId: 'prd_1',
  goodsFen: '9007199254740993',
  subsidyFen: '1000',
  certificationId: null,
  saleCountyCode: '430211',
  originCountyCode: '430225',
  channelKind: 'COUNTER',
  channelPointId: 'chp_1',
} as unknown as OrderLineRow;

describe('a sale', () => {
  it.each([
    ['COUNTER', 'chp_1', 'chp_1'],
    ['COUNTER', '', null],
    ['PAVILION', 'chp_1', null],
    ['ONLINE', '', null],
  ] as const)('at %s "%s" has the operator %s', (channelKind, channelPointId, operatorId) => {
    expect(saleLineOf({ ...line, channelKind, channelPointId }, [], []).operatorId).toBe(operatorId);
  });

  it('keeps amounts exact, and the households in their order', () => {
    const households = [{ householdId: 'hhd_1', weight: 2 }] as const;

    expect(saleLineOf(line, households, [])).toEqual({
      lineId: 'oln_1',
      merchantOrderId: 'mor_1',
      merchantId: 'mer_1',
      productId: 'prd_1',
      goodsFen: 9_007_199_254_740_993n,
      subsidyFen: 1000n,
      vouchers: [],
      isCertified: false,
      saleCountyCode: '430211',
      channelKind: 'COUNTER',
      operatorId: 'chp_1',
      originCountyCode: '430225',
      households,
    });
  });

  it('has one freight per merchant order', () => {
    const part = { id: 'mor_1', merchantId: 'mer_1', freightFen: '800' } as unknown as MerchantOrderRow;

    expect(saleFreightOf(part)).toEqual({ merchantOrderId: 'mor_1', merchantId: 'mer_1', freightFen: 800n });
  });

  it.each([
    ['oln_1', 'mor_1', 'oln_1'],
    ['', 'mor_1', 'mor_1'],
    ['', '', null],
  ])('gives back line "%s" of "%s" from %s', (orderLineId, merchantOrderId, lineId) => {
    const refunded = {
      orderLineId,
      merchantOrderId,
      goodsFen: 5n,
      freightFen: 3n,
      quantity: 1,
      subsidyFen: 2n,
    };

    expect(refundPartOf(refunded, [])).toEqual({ lineId, amountFen: 8n, subsidyFen: 2n, vouchers: [] });
  });

  it('knows what of others’ money is a finance bureau’s, sold and gone back', () => {
    const of = (orderLineId: string, kind: 'VOUCHER' | 'PLATFORM_COUPON', funder: string) => ({
      orderLineId,
      kind,
      funder,
      orderId: 'ord_1',
      promotionId: 'pmo_1',
      couponId: 'cpn_1',
      name: '券',
      amountFen: 7n,
    });
    const fundings = [
      of('oln_1', 'VOUCHER', '430225'),
      of('oln_1', 'PLATFORM_COUPON', 'PLATFORM'),
      of('oln_2', 'VOUCHER', '430224'),
    ] as unknown as LineFundingRow[];
    const vouchers = [{ divisionCode: '430225', amountFen: 7n }];
    const back = {
      orderLineId: 'oln_1',
      merchantOrderId: 'mor_1',
      goodsFen: 1n,
      freightFen: 0n,
      quantity: 1,
    };

    expect(saleLineOf(line, [], fundings).vouchers).toEqual(vouchers);
    expect(refundPartOf({ ...back, subsidyFen: 14n }, fundings).vouchers).toEqual(vouchers);
  });
});
