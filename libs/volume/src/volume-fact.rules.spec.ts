import {
  type VolumeLine,
  factsOfPaid,
  factsOfPlaced,
  factsOfReceived,
  factsOfRefunded,
  factsOfReversed,
  factsOfUnpaidCancelled,
} from './volume-fact.rules.js';

const line = (more: Partial<VolumeLine> = {}): VolumeLine => ({
  lineId: 'oln_1',
  goodsFen: 9000n,
  subsidyFen: 500n,
  quantity: 3,
  weightG: 7500n,
  originCountyCode: '430225',
  productId: 'prd_1',
  merchantId: 'mer_1',
  sellerCountyCode: '430211',
  channelKind: 'PAVILION',
  channelPointId: 'chp_1',
  saleCountyCode: '430202',
  consumptionCountyCode: '430104',
  buyerKind: 'CONSUMER',
  unitId: '',
  campaignCode: 'peach-2026',
  isCertified: true,
  certificationId: 'crt_1',
  linkageAgreementId: 'lnk_1',
  ...more,
});
const paidAt = new Date('2026-10-31T15:00:00Z');
const receivedAt = new Date('2026-11-03T02:00:00Z');

describe('facts', () => {
  it('of an order placed add to what is ordered, not certified before it is paid', () => {
    expect(factsOfPlaced([line()], paidAt)).toEqual([
      {
        factKey: 'ordered:oln_1',
        source: 'PLATFORM',
        orderedFen: 9000n,
        eventAt: paidAt,
        originDay: '2026-10-31',
        originCountyCode: '430225',
        productId: 'prd_1',
        merchantId: 'mer_1',
        sellerCountyCode: '430211',
        channelKind: 'PAVILION',
        channelPointId: 'chp_1',
        saleCountyCode: '430202',
        consumptionCountyCode: '430104',
        buyerKind: 'CONSUMER',
        unitId: '',
        campaignCode: 'peach-2026',
        isCertified: false,
        certificationId: '',
        linkageAgreementId: 'lnk_1',
      },
    ]);
  });

  it('of an order cancelled unpaid take the same off again', () => {
    const [placed] = factsOfPlaced([line()], paidAt);
    const [cancelled] = factsOfUnpaidCancelled([line()], paidAt, receivedAt);

    expect(cancelled).toEqual({
      ...placed,
      factKey: 'unordered:oln_1',
      orderedFen: -9000n,
      eventAt: receivedAt,
    });
  });

  it('F9: of lines from three counties go each to its own, and add up', () => {
    const lines = ['430225', '430224', '430223'].map((originCountyCode, index) =>
      line({ lineId: `oln_${index}`, originCountyCode, goodsFen: BigInt(index + 1) * 100n }),
    );

    expect(factsOfPaid(lines, paidAt)).toMatchObject([
      { factKey: 'paid:oln_0', originCountyCode: '430225', paidFen: 100n },
      { factKey: 'paid:oln_1', originCountyCode: '430224', paidFen: 200n },
      { factKey: 'paid:oln_2', originCountyCode: '430223', paidFen: 300n },
    ]);
  });

  it('of goods received are delivered and recognised, dated by receipt, going back to the day of payment', () => {
    expect(factsOfReceived([line()], paidAt, receivedAt)).toMatchObject([
      {
        factKey: 'delivered:oln_1',
        deliveredFen: 9000n,
        recognisedFen: 9000n,
        quantity: 3,
        weightG: 7500n,
        isCertified: true,
        eventAt: receivedAt,
        originDay: '2026-10-31',
      },
    ]);
  });

  it('A19: of a gift have no value and one unit', () => {
    expect(factsOfReceived([line({ goodsFen: 0n, quantity: 1 })], paidAt, receivedAt)).toMatchObject([
      { recognisedFen: 0n, quantity: 1 },
    ]);
  });

  describe('of a refund', () => {
    const refund = (settledAt: string) => ({
      refundId: 'rfd_1',
      lineId: 'oln_1',
      goodsFen: 3000n,
      quantity: 1,
      settledAt: new Date(settledAt),
    });

    it('say what went back, and touch nothing that is recognised', () => {
      const [fact] = factsOfRefunded([line()], paidAt, [refund('2026-12-01T00:00:00Z')]);

      expect(fact).toMatchObject({ factKey: 'refunded:rfd_1:oln_1', refundedFen: 3000n });
      expect(fact).not.toHaveProperty('recognisedFen');
    });

    it('F12: take off of the coupon what somebody else has back', () => {
      const back = { ...refund('2026-12-01T00:00:00Z'), subsidyFen: 437n };

      expect(factsOfRefunded([line()], paidAt, [back])).toMatchObject([
        { refundedFen: 3000n, subsidyFen: -437n },
      ]);
    });

    it.each([
      ['F2: after receipt take off in their own time', '2026-12-01T00:00:00Z', '2026-12-01T00:00:00Z'],
      ['before receipt take off at receipt', '2026-11-01T00:00:00Z', '2026-11-03T02:00:00Z'],
    ])('%s', (_, settledAt, eventAt) => {
      expect(factsOfReversed([line()], paidAt, receivedAt, [refund(settledAt)])).toMatchObject([
        {
          factKey: 'reversed:rfd_1:oln_1',
          recognisedFen: -3000n,
          quantity: -1,
          weightG: -2500n,
          eventAt: new Date(eventAt),
          originDay: '2026-10-31',
        },
      ]);
    });

    it('of a line nobody knows are a mistake', () => {
      const stray = { ...refund('2026-12-01T00:00:00Z'), lineId: 'oln_9' };

      expect(() => factsOfRefunded([line()], paidAt, [stray])).toThrow('oln_9');
    });
  });

  it('F8: go back to the day in Shanghai', () => {
    expect(factsOfPaid([line()], new Date('2026-10-31T15:59:59Z'))).toMatchObject([
      { originDay: '2026-10-31' },
    ]);
    expect(factsOfPaid([line()], new Date('2026-10-31T16:00:00Z'))).toMatchObject([
      { originDay: '2026-11-01' },
    ]);
  });
});
