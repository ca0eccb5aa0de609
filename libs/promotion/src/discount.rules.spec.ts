import fc from 'fast-check';
import { type Fen, sumFen } from '#libs/kernel';
import { bestChoice, chancesOf } from './coupon-choice.rules.js';
import {
  type CouponInHand,
  type DiscountableLine,
  type PromotionTerms,
  cutLinesOf,
  discountsOf,
  discountsOn,
  matcherOf,
  savedOf,
} from './discount.rules.js';

const line = (key: string, unitPriceFen: Fen, more: Partial<DiscountableLine> = {}): DiscountableLine => ({
  key,
  merchantId: 'mer_a',
  productId: `prd_${key}`,
  categoryCode: 'FRUIT',
  originCountyCode: '430225',
  saleCountyCode: '430211',
  channelKind: 'ONLINE',
  unitPriceFen,
  quantity: 1,
  ...more,
});
const terms = (kind: PromotionTerms['kind'], more: Partial<PromotionTerms> = {}): PromotionTerms => ({
  id: `pmo_${kind}`,
  kind,
  name: kind,
  merchantId: kind === 'PRICE_CUT' || kind === 'MERCHANT_COUPON' ? 'mer_a' : '',
  divisionCode: kind === 'VOUCHER' ? '430200' : '',
  benefit: 'AMOUNT',
  amountFen: 1_000n,
  percentBps: 0,
  thresholdFen: 0n,
  isExclusive: false,
  conditions: [],
  ...more,
});
const inHand = (of: PromotionTerms, couponId = `cpn_${of.id}`): CouponInHand => ({
  couponId,
  terms: of,
  obstacle: null,
});
const A18 = [line('1', 3_990n), line('2', 2_590n), line('3', 1_290n)];
const amountsOf = (fundings: readonly (readonly { readonly amountFen: Fen }[])[]) =>
  fundings.map((ofLine) => ofLine.map(({ amountFen }) => amountFen));

describe('discountsOf', () => {
  it('A18: spreads a coupon over the lines by largest remainder, and says who pays', () => {
    const { fundings, refused } = discountsOf(A18, [], [inHand(terms('PLATFORM_COUPON'))]);
    expect(amountsOf(fundings)).toEqual([[507n], [329n], [164n]]);
    expect(refused).toEqual([]);
    expect(fundings[0]?.[0]).toEqual({
      promotionId: 'pmo_PLATFORM_COUPON',
      couponId: 'cpn_pmo_PLATFORM_COUPON',
      kind: 'PLATFORM_COUPON',
      name: 'PLATFORM_COUPON',
      funder: 'PLATFORM',
      amountFen: 507n,
    });
  });

  const percent = { benefit: 'PERCENT', percentBps: 1_000 } as const;
  it.each<[string, DiscountableLine[], PromotionTerms[], PromotionTerms[], bigint[]]>([
    // what                                  lines                            cuts                                        coupons  per line
    [
      'a cut per unit',
      [line('1', 500n, { quantity: 3 })],
      [terms('PRICE_CUT', { amountFen: 50n })],
      [],
      [150n],
    ],
    [
      'a percentage, rounded down per unit',
      [line('1', 999n, { quantity: 2 })],
      [terms('PRICE_CUT', { ...percent, amountFen: 0n })],
      [],
      [198n],
    ],
    [
      'the better of two cuts',
      [line('1', 500n)],
      [
        terms('PRICE_CUT', { id: 'pmo_1', amountFen: 50n }),
        terms('PRICE_CUT', { id: 'pmo_2', amountFen: 60n }),
      ],
      [],
      [60n],
    ],
    ['a cut beyond the price', [line('1', 500n)], [terms('PRICE_CUT', { amountFen: 9_999n })], [], [500n]],
    ['a cut of another merchant', [line('1', 500n, { merchantId: 'mer_b' })], [terms('PRICE_CUT')], [], [0n]],
    ['a coupon beyond the goods', [line('1', 300n), line('2', 200n)], [], [terms('VOUCHER')], [300n, 200n]],
    ['a percentage up to its limit', [line('1', 50_000n)], [], [terms('PLATFORM_COUPON', percent)], [1_000n]],
    ['a percentage below its limit', [line('1', 5_000n)], [], [terms('PLATFORM_COUPON', percent)], [500n]],
    [
      'what the cut leaves',
      [line('1', 1_500n)],
      [terms('PRICE_CUT', { amountFen: 800n })],
      [terms('VOUCHER')],
      [1_500n],
    ],
    [
      'all kinds in their order',
      [line('1', 10_000n)],
      [terms('PRICE_CUT')],
      [terms('VOUCHER', percent), terms('PLATFORM_COUPON', percent), terms('MERCHANT_COUPON')],
      [3_520n],
    ],
  ])('takes off %s', (_, lines, cuts, coupons, expected) => {
    const { fundings, refused } = discountsOf(
      lines,
      cuts,
      coupons.map((each) => inHand(each)),
    );
    expect(refused).toEqual([]);
    expect(fundings.map((ofLine) => sumFen(ofLine.map(({ amountFen }) => amountFen)))).toEqual(expected);
  });

  it.each<[string, PromotionTerms[], [string, string, bigint][]]>([
    [
      'is not for these goods',
      [terms('VOUCHER', { conditions: [{ axis: 'ORIGIN', value: '520300' }] })],
      [['VOUCHER', 'OTHER_GOODS', 0n]],
    ],
    [
      'is below its threshold',
      [terms('VOUCHER', { thresholdFen: 8_000n })],
      [['VOUCHER', 'BELOW_THRESHOLD', 130n]],
    ],
    [
      'is below its threshold once others are off',
      [terms('MERCHANT_COUPON'), terms('VOUCHER', { thresholdFen: 7_000n })],
      [['VOUCHER', 'BELOW_THRESHOLD', 130n]],
    ],
    [
      'is the second of its kind',
      [terms('VOUCHER', { id: 'pmo_VOUCHER' }), terms('VOUCHER', { id: 'pmo_Z' })],
      [['Z', 'NOT_TOGETHER', 0n]],
    ],
    [
      'is exclusive beside another',
      [terms('PLATFORM_COUPON'), terms('VOUCHER', { isExclusive: true })],
      [['VOUCHER', 'NOT_TOGETHER', 0n]],
    ],
    [
      'is beside an exclusive one',
      [terms('PLATFORM_COUPON', { isExclusive: true }), terms('VOUCHER')],
      [['VOUCHER', 'NOT_TOGETHER', 0n]],
    ],
  ])('refuses a coupon that %s, and goes on without it', (_, coupons, expected) => {
    const { fundings, refused } = discountsOf(
      A18,
      [],
      coupons.map((each) => inHand(each)),
    );
    expect(
      refused.map(({ couponId, obstacle, missingFen }) => [couponId.slice(8), obstacle, missingFen]),
    ).toEqual(expected);
    expect(savedOf({ fundings })).toBe(BigInt(coupons.length - 1) * 1_000n);
  });

  it('lets an exclusive coupon go with price cuts, and merchants’ coupons with one another', () => {
    const lines = [line('1', 5_000n), line('2', 5_000n, { merchantId: 'mer_b' })];
    const ofB = terms('MERCHANT_COUPON', { id: 'pmo_b', merchantId: 'mer_b' });
    const both = discountsOf(lines, [], [inHand(terms('MERCHANT_COUPON')), inHand(ofB)]);
    expect([amountsOf(both.fundings), both.refused]).toEqual([[[1_000n], [1_000n]], []]);
    const alone = discountsOf(lines, [terms('PRICE_CUT')], [inHand(terms('VOUCHER', { isExclusive: true }))]);
    expect(alone.refused).toEqual([]);
  });

  it('keeps what stands in a coupon’s way whatever is bought', () => {
    const expired = { ...inHand(terms('VOUCHER')), obstacle: 'EXPIRED' as const };
    expect(discountsOf(A18, [], [expired])).toMatchObject({
      fundings: [[], [], []],
      refused: [{ obstacle: 'EXPIRED', missingFen: 0n }],
    });
  });
});

it('goes through the conditions of a promotion once, however many lines there are', () => {
  let looks = 0;
  const cut = {
    ...terms('PRICE_CUT'),
    get conditions() {
      looks += 1;
      return [{ axis: 'CATEGORY', value: 'FRUIT' } as const];
    },
  };
  const { fundings } = discountsOf(
    Array.from({ length: 50 }, (_, index) => line(`k${index}`, 5_000n)),
    [cut],
    [],
  );

  expect(fundings.every(([funding]) => funding?.amountFen === 1_000n)).toBe(true);
  expect(looks).toBe(1);
});

describe('matcherOf', () => {
  const one = line('1', 1n);
  it.each<[string, PromotionTerms['conditions'], boolean]>([
    ['nothing said', [], true],
    ['the county', [{ axis: 'ORIGIN', value: '430225' }], true],
    ['its city', [{ axis: 'ORIGIN', value: '430200' }], true],
    ['its province', [{ axis: 'SALE_PLACE', value: '430000' }], true],
    ['another city', [{ axis: 'ORIGIN', value: '430100' }], false],
    [
      'one of two',
      [
        { axis: 'CATEGORY', value: 'TEA' },
        { axis: 'CATEGORY', value: 'FRUIT' },
      ],
      true,
    ],
    [
      'one axis of two',
      [
        { axis: 'CATEGORY', value: 'FRUIT' },
        { axis: 'CHANNEL', value: 'COUNTER' },
      ],
      false,
    ],
    ['the merchant', [{ axis: 'MERCHANT', value: 'mer_a' }], true],
    ['another product', [{ axis: 'PRODUCT', value: 'prd_2' }], false],
  ])('%s', (_, conditions, expected) => {
    expect(matcherOf(terms('VOUCHER', { conditions }))(one)).toBe(expected);
  });
});

describe('bestChoice', () => {
  it('takes what together takes off most, and says why the others cannot be used', () => {
    const held = [
      inHand(terms('MERCHANT_COUPON', { amountFen: 300n }), 'cpn_1'),
      inHand(terms('PLATFORM_COUPON', { amountFen: 500n }), 'cpn_2'),
      inHand(terms('PLATFORM_COUPON', { id: 'pmo_less', amountFen: 400n }), 'cpn_3'),
      inHand(terms('VOUCHER', { amountFen: 700n, isExclusive: true }), 'cpn_4'),
      inHand(terms('VOUCHER', { id: 'pmo_far', thresholdFen: 100_000n }), 'cpn_5'),
    ];
    expect(bestChoice(A18, [], held, 20)).toEqual(['cpn_1', 'cpn_2']);
    expect(bestChoice(A18, [], held.slice(3), 20)).toEqual(['cpn_4']);
    expect(bestChoice(A18, [], [], 20)).toEqual([]);
    expect(
      chancesOf(A18, [terms('PRICE_CUT')], held).map(({ savesFen, refused }) => [
        savesFen,
        refused?.obstacle ?? null,
      ]),
    ).toEqual([
      [300n, null],
      [500n, null],
      [400n, null],
      [700n, null],
      [0n, 'BELOW_THRESHOLD'],
    ]);
  });

  it('takes an exclusive one alone where it is worth more than all others together', () => {
    const held = [
      inHand(terms('PLATFORM_COUPON', { amountFen: 500n }), 'cpn_1'),
      inHand(terms('VOUCHER', { amountFen: 2_000n, isExclusive: true }), 'cpn_2'),
    ];
    expect(bestChoice(A18, [], held, 20)).toEqual(['cpn_2']);
  });

  it('keeps what would take nothing more off, and leaves out the merchant’s that costs another its threshold', () => {
    const all = inHand(terms('PLATFORM_COUPON', { amountFen: 10_000n }), 'cpn_1');
    expect(bestChoice(A18, [], [inHand(terms('MERCHANT_COUPON')), all], 20)).toEqual(['cpn_1']);
    const of = (name: string, amountFen: Fen) =>
      inHand(terms('MERCHANT_COUPON', { id: `pmo_${name}`, amountFen }), `cpn_${name}`);
    const far = inHand(terms('VOUCHER', { amountFen: 2_000n, thresholdFen: 7_700n }), 'cpn_far');
    expect(bestChoice(A18, [], [of('much', 500n), of('little', 100n), far], 20)).toEqual([
      'cpn_far',
      'cpn_little',
    ]);
  });

  describe('with as many coupons as somebody can have', () => {
    const bought = Array.from({ length: 50 }, (_, index) =>
      line(`k${index}`, 8_800n, { merchantId: `mer_${index}` }),
    );
    let looks = 0;
    const counted = (kind: PromotionTerms['kind'], index: number) => {
      const own = kind === 'MERCHANT_COUPON' ? { merchantId: `mer_${index}` as const } : {};
      const plain = terms(kind, { id: `pmo_${kind}${index}`, thresholdFen: 8_000n, ...own });
      return inHand(
        {
          ...plain,
          get thresholdFen() {
            looks += 1;
            return plain.thresholdFen;
          },
        },
        `cpn_${kind}${index}`,
      );
    };
    const many = (kind: PromotionTerms['kind'], count: number) =>
      Array.from({ length: count }, (_, index) => counted(kind, index));

    it.each([
      ['one of each merchant', many('MERCHANT_COUPON', 50), 20],
      ['all of the platform', many('PLATFORM_COUPON', 50), 1],
      [
        'some of each kind',
        [...many('MERCHANT_COUPON', 20), ...many('PLATFORM_COUPON', 15), ...many('VOUCHER', 15)],
        20,
      ],
    ])('suggests no more than an order takes, and looks at few choices: %s', (_, held, expected) => {
      looks = 0;
      expect(bestChoice(bought, [], held, 20)).toHaveLength(expected);
      // Every choice that is looked at asks each of its coupons for its threshold once; nothing else is served meanwhile.
      expect(looks).toBeLessThan(5_000);
    });
  });
});

describe('whatever is bought with whatever', () => {
  const anyLine = fc
    .tuple(fc.nat(3), fc.bigInt({ min: 0n, max: 20_000n }), fc.integer({ min: 1, max: 9 }))
    .map(([merchant, priceFen, quantity]) => ({ merchantId: `mer_${'abcd'[merchant]}`, priceFen, quantity }));
  const lines = fc
    .array(anyLine, { minLength: 1, maxLength: 8 })
    .map((all) =>
      all.map(({ merchantId, priceFen, quantity }, index) =>
        line(`k${index}`, priceFen, { merchantId, quantity }),
      ),
    );
  const anyTerms = fc
    .record({
      kind: fc.constantFrom(
        'PRICE_CUT' as const,
        'MERCHANT_COUPON' as const,
        'PLATFORM_COUPON' as const,
        'VOUCHER' as const,
      ),
      benefit: fc.constantFrom('AMOUNT' as const, 'PERCENT' as const),
      amountFen: fc.bigInt({ min: 1n, max: 30_000n }),
      percentBps: fc.integer({ min: 1, max: 10_000 }),
      thresholdFen: fc.bigInt({ min: 0n, max: 30_000n }),
      isExclusive: fc.boolean(),
    })
    .map(({ kind, ...more }) => terms(kind, more));
  const promotions = fc
    .array(anyTerms, { maxLength: 6 })
    .map((all) => all.map((each, index) => ({ ...each, id: `pmo_${index}` as const })));

  it('takes no more than is there, no coupon above its face, and the same in any order', () => {
    fc.assert(
      fc.property(lines, promotions, (bought, all) => {
        const cuts = all.filter(({ kind }) => kind === 'PRICE_CUT');
        const coupons = all.filter(({ kind }) => kind !== 'PRICE_CUT').map((each) => inHand(each));
        const { fundings, refused } = discountsOf(bought, cuts, coupons);
        for (const [index, ofLine] of fundings.entries()) {
          const { unitPriceFen = 0n, quantity = 0 } = bought[index] ?? {};
          expect(sumFen(ofLine.map(({ amountFen }) => amountFen))).toBeLessThanOrEqual(
            unitPriceFen * BigInt(quantity),
          );
          expect(ofLine.every(({ amountFen }) => amountFen > 0n)).toBe(true);
        }
        for (const { couponId, terms: of } of coupons) {
          const paid = fundings.flat().filter((funding) => funding.couponId === couponId);
          expect(sumFen(paid.map(({ amountFen }) => amountFen))).toBeLessThanOrEqual(of.amountFen);
          if (refused.some((each) => each.couponId === couponId)) expect(paid).toEqual([]);
        }
        const turned = discountsOf(bought.toReversed(), cuts.toReversed(), coupons.toReversed());
        expect(turned.fundings.toReversed()).toEqual(fundings);
        expect(turned.refused).toEqual(refused);
      }),
    );
  });

  it('suggests what can be used together, and nothing takes off more', () => {
    fc.assert(
      fc.property(lines, promotions, (bought, all) => {
        const cuts = all.filter(({ kind }) => kind === 'PRICE_CUT');
        const held = all.filter(({ kind }) => kind !== 'PRICE_CUT').map((each) => inHand(each));
        const cutLines = cutLinesOf(bought, cuts);
        const savedBy = (coupons: readonly CouponInHand[]) => {
          const discounts = discountsOn(cutLines, coupons);
          return discounts.refused.length > 0 ? -1n : savedOf(discounts);
        };
        const chosen = bestChoice(bought, cuts, held, 20);
        const savedFen = savedBy(held.filter(({ couponId }) => chosen.includes(couponId)));
        expect(savedFen).toBeGreaterThanOrEqual(0n);
        const others = held.reduce<readonly (readonly CouponInHand[])[]>(
          (subsets, coupon) => subsets.flatMap((subset) => [subset, [...subset, coupon]]),
          [[]],
        );
        for (const other of others) expect(savedBy(other)).toBeLessThanOrEqual(savedFen);
      }),
    );
  });
});
