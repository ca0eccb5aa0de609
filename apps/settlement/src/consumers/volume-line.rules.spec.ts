import type { OrderLineRow } from '#libs/ordering';
import { volumeLineOf, volumeRefundsOf } from './volume-line.rules.js';

const line = {
  id: 'oln_1',
  orderId: 'ord_1',
  productId: 'prd_1',
  merchantId: 'mer_1',
  quantity: 2,
  goodsFen: '9007199254741993',
  subsidyFen: '1000',
  netWeightG: 5000,
  originCountyCode: '430225',
  sellerCountyCode: '430211',
  channelKind: 'PAVILION',
  channelPointId: 'chp_1',
  saleCountyCode: '430202',
  consumptionCountyCode: '430104',
  buyerKind: 'CONSUMER',
  unitId: '',
  campaignCode: '',
  linkageAgreementId: null,
  certificationId: 'crt_1',
} as unknown as OrderLineRow;

describe('a line of volume', () => {
  it('is what was frozen on the order line', () => {
    expect(volumeLineOf(line)).toEqual({
      lineId: 'oln_1',
      productId: 'prd_1',
      merchantId: 'mer_1',
      quantity: 2,
      goodsFen: 9_007_199_254_740_993n,
      subsidyFen: 1000n,
      weightG: 5000n,
      originCountyCode: '430225',
      sellerCountyCode: '430211',
      channelKind: 'PAVILION',
      channelPointId: 'chp_1',
      saleCountyCode: '430202',
      consumptionCountyCode: '430104',
      buyerKind: 'CONSUMER',
      unitId: '',
      campaignCode: '',
      certificationId: 'crt_1',
      linkageAgreementId: '',
      sourceSystem: 'TAOYUAN',
      sourceOrderNo: 'ord_1',
      sourceLineNo: 'oln_1',
      isCertified: true,
    });
  });

  it('is not certified without a certificate', () => {
    expect(volumeLineOf({ ...line, certificationId: null })).toMatchObject({
      isCertified: false,
      certificationId: '',
    });
  });

  it('C17: is not touched by freight, nor by money that was never kept', () => {
    const settledAt = new Date(0);
    const freight = {
      orderLineId: '',
      merchantOrderId: 'mor_1',
      goodsFen: 0n,
      freightFen: 800n,
      quantity: 0,
      subsidyFen: 0n,
    };
    const goods = {
      orderLineId: 'oln_1',
      merchantOrderId: 'mor_1',
      goodsFen: 7n,
      freightFen: 0n,
      quantity: 1,
      subsidyFen: 2n,
    };

    expect(volumeRefundsOf('rfd_1', [freight, goods], settledAt)).toEqual([
      { refundId: 'rfd_1', lineId: 'oln_1', goodsFen: 7n, subsidyFen: 2n, quantity: 1, settledAt },
    ]);
  });
});
