import fc from 'fast-check';
import type { PromotionTerms } from '#libs/promotion';
import type { FreightTemplate } from './freight.rules.js';
import { type PriceTerms, type PriceableLine, missingForFree, priceOf } from './price.rules.js';

const line = (
  merchantId: `mer_${string}`,
  priceFen: string,
  quantity: number,
  netWeightG = 500,
): PriceableLine => ({
  variant: {
    id: `var_${merchantId}_${priceFen}_${quantity}`,
    productId: `prd_${merchantId}`,
    categoryCode: 'FRUIT',
    originCountyCode: '430225',
    merchantId,
    priceFen,
    netWeightG,
  },
  place: { channelKind: 'ONLINE', channelPointId: '', saleCountyCode: '430211' },
  quantity,
});

const BY_DEFAULT: PriceTerms = {
  templates: new Map(),
  provinceCode: '430000',
  handover: 'PARCEL',
  cuts: [],
  coupons: [],
};
const BY_WEIGHT: FreightTemplate = {
  version: 1,
  freeFromFen: null,
  zones: [
    {
      provinceCodes: [],
      isServed: true,
      firstWeightG: 1_000,
      firstFen: 500n,
      additionalWeightG: 1_000,
      additionalFen: 100n,
    },
    {
      provinceCodes: ['540000'],
      isServed: false,
      firstWeightG: 1,
      firstFen: 0n,
      additionalWeightG: 0,
      additionalFen: 0n,
    },
  ],
};

describe('priceOf', () => {
  it.each([
    // lines                                                        goods     freight  parts
    ['one parcel', [line('mer_a', '5000', 1)], 5_000n, 800n, 1],
    ['one free parcel', [line('mer_a', '3300', 3)], 9_900n, 0n, 1],
    ['two small parcels', [line('mer_a', '5000', 1), line('mer_b', '5000', 1)], 10_000n, 1_600n, 2],
    ['one free, one not', [line('mer_a', '9900', 1), line('mer_b', '9899', 1)], 19_799n, 800n, 2],
    ['two lines of one merchant', [line('mer_a', '5000', 1), line('mer_a', '4900', 1)], 9_900n, 0n, 1],
    ['amounts beyond 2^53', [line('mer_a', '9007199254740993', 3)], 27_021_597_764_222_979n, 0n, 1],
  ])('%s', (_what, lines, goodsFen, freightFen, parts) => {
    const price = priceOf(lines, BY_DEFAULT);

    expect(price).toMatchObject({ goodsFen, freightFen, totalFen: goodsFen + freightFen });
    expect(price.parts).toHaveLength(parts);
  });

  it('counts no freight for what is picked up, however little it is and wherever it would not be sent', () => {
    const lines = [line('mer_a', '5000', 1), line('mer_b', '1', 1)];
    const templates = new Map([['mer_a', BY_WEIGHT]]);
    const price = priceOf(lines, { ...BY_DEFAULT, templates, provinceCode: '540000', handover: 'PICK_UP' });

    expect(price).toMatchObject({ goodsFen: 5_001n, freightFen: 0n, totalFen: 5_001n });
    expect(price.parts.map((part) => [part.freightFen, part.isServed])).toEqual([
      [0n, true],
      [0n, true],
    ]);
  });

  it('keeps merchants in the order in which the lines name them', () => {
    const price = priceOf([line('mer_b', '1', 1), line('mer_a', '1', 1), line('mer_b', '1', 1)], BY_DEFAULT);

    expect(price.parts.map((part) => [part.merchantId, part.goodsFen])).toEqual([
      ['mer_b', 2n],
      ['mer_a', 1n],
    ]);
  });

  it('sends each merchant’s parcel by that merchant’s template, and says where it is not sent', () => {
    const lines = [line('mer_a', '100', 5), line('mer_b', '100', 1)];
    const templates = new Map([['mer_a', BY_WEIGHT]]);

    const near = priceOf(lines, { ...BY_DEFAULT, templates });
    expect(near.parts).toMatchObject([
      { merchantId: 'mer_a', weightG: 2_500, freightFen: 700n, isServed: true, freeFromFen: null },
      { merchantId: 'mer_b', weightG: 500, freightFen: 800n, isServed: true, freeFromFen: 9_900n },
    ]);
    expect(near.parts.map(missingForFree)).toEqual([null, 9_800n]);

    const far = priceOf(lines, { ...BY_DEFAULT, templates, provinceCode: '540000' });
    expect(far.parts.map((part) => part.isServed)).toEqual([false, true]);
    expect(far.totalFen).toBe(1_400n);
  });

  it('adds up, is never negative, and does not depend on the order of lines', () => {
    const anyLine = fc
      .tuple(
        fc.constantFrom('mer_a' as const, 'mer_b' as const, 'mer_c' as const),
        fc.bigInt({ min: 0n, max: 100_000n }),
        fc.integer({ min: 1, max: 999 }),
      )
      .map(([merchantId, priceFen, quantity]) => line(merchantId, priceFen.toString(), quantity));
    const terms = { ...BY_DEFAULT, templates: new Map([['mer_b', BY_WEIGHT]]) };
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 12 }), (lines) => {
        const price = priceOf(lines, terms);
        const turned = priceOf(lines.toReversed(), terms);
        const byMerchant = (each: typeof price) =>
          each.parts.toSorted((a, b) => (a.merchantId < b.merchantId ? -1 : 1));
        expect(byMerchant(turned)).toEqual(byMerchant(price));
        const sum = price.parts.reduce((all, part) => all + part.goodsFen + part.freightFen, 0n);
        expect(sum).toBe(price.totalFen);
        expect(price.parts.every((part) => part.goodsFen >= 0n && part.freightFen >= 0n)).toBe(true);
      }),
    );
  });

  it('takes off what sellers and others pay before freight and totals, and says of every line who pays what', () => {
    const lines = [line('mer_a', '10000', 1), line('mer_b', '5000', 1)];
    const terms = (
      id: string,
      kind: PromotionTerms['kind'],
      amountFen: bigint,
      merchantId = '',
    ): PromotionTerms => ({
      id: `pmo_${id}`,
      kind,
      name: id,
      merchantId: merchantId as 'mer_a' | '',
      divisionCode: kind === 'VOUCHER' ? '430225' : '',
      benefit: 'AMOUNT',
      amountFen,
      percentBps: 0,
      thresholdFen: 0n,
      isExclusive: false,
      conditions: [],
    });
    const coupon = (of: PromotionTerms) => ({ couponId: `cpn_${of.name}`, terms: of, obstacle: null });

    const price = priceOf(lines, {
      ...BY_DEFAULT,
      cuts: [terms('cut', 'PRICE_CUT', 50n, 'mer_a')],
      coupons: [
        coupon(terms('own', 'MERCHANT_COUPON', 100n, 'mer_a')),
        coupon(terms('all', 'PLATFORM_COUPON', 1_485n)),
        coupon(terms('gov', 'VOUCHER', 20_000n)),
      ],
    });

    // 9,850 of goods no longer travel free; what others pay makes no difference to that.
    expect(price).toMatchObject({
      discountFen: 150n,
      goodsFen: 14_850n,
      subsidyFen: 14_850n,
      freightFen: 1_600n,
      totalFen: 1_600n,
      lines: [
        { goodsFen: 9_850n, discountFen: 150n, subsidyFen: 9_850n },
        { goodsFen: 5_000n, discountFen: 0n, subsidyFen: 5_000n },
      ],
      parts: [
        { goodsFen: 9_850n, freightFen: 800n },
        { goodsFen: 5_000n, freightFen: 800n },
      ],
    });
    expect(price.lines[0]?.fundings.map(({ funder, amountFen }) => [funder, amountFen])).toEqual([
      ['mer_a', 50n],
      ['mer_a', 100n],
      ['PLATFORM', 985n],
      ['430225', 8_865n],
    ]);
  });
});
