import { type PromotionWish, isTheirs, promotionHash, refusePromotion } from './promotion.rules.js';

const NOW = new Date('2026-11-02T02:00:00Z');
const at = (day: string) => new Date(`2026-${day}T00:00:00Z`);
const wish = (changes: Partial<PromotionWish> = {}): PromotionWish => ({
  idempotencyKey: 'promotion-1',
  kind: 'VOUCHER',
  name: '炎陵黄桃消费券',
  benefit: 'AMOUNT',
  amountFen: 1_000n,
  percentBps: 0,
  thresholdFen: 5_000n,
  budgetFen: 100_000n,
  personMax: 2,
  isExclusive: false,
  claimFrom: at('11-01'),
  claimUntil: at('11-20'),
  validFrom: at('11-01'),
  validUntil: at('12-01'),
  conditions: [{ axis: 'ORIGIN', value: '430225' }],
  ...changes,
});
const CUT: Partial<PromotionWish> = { kind: 'PRICE_CUT', thresholdFen: 0n, budgetFen: null, conditions: [] };

describe('refusePromotion', () => {
  it.each<[string, Partial<PromotionWish>]>([
    ['a voucher', {}],
    ['a percentage with its limit', { benefit: 'PERCENT', percentBps: 10_000 }],
    ['a cut', CUT],
    [
      'a percentage off the price, without a limit',
      { ...CUT, benefit: 'PERCENT', percentBps: 500, amountFen: 0n },
    ],
    ['a budget for one', { budgetFen: 1_000n }],
  ])('takes %s', (_, changes) => {
    expect(refusePromotion(wish(changes), NOW)).toBeNull();
  });

  it.each<[string, Partial<PromotionWish>, string[]]>([
    ['a short key', { idempotencyKey: 'x' }, ['idempotencyKey']],
    ['no name', { name: '  ' }, ['name']],
    ['a percentage of an amount', { percentBps: 1 }, ['percentBps']],
    ['more than all', { benefit: 'PERCENT', percentBps: 10_001 }, ['percentBps']],
    ['nothing', { amountFen: 0n }, ['amountFen']],
    ['less than nothing', { amountFen: -1n }, ['amountFen']],
    ['a limit of a percentage off the price', { ...CUT, benefit: 'PERCENT', percentBps: 500 }, ['amountFen']],
    ['a threshold of a cut', { ...CUT, thresholdFen: 1n }, ['thresholdFen']],
    ['a budget of a cut', { ...CUT, budgetFen: 1_000n }, ['budgetFen']],
    ['no budget', { budgetFen: null }, ['budgetFen']],
    ['a budget for less than one', { budgetFen: 999n }, ['budgetFen']],
    ['a budget beyond all sense', { budgetFen: 10_000_000_001n }, ['budgetFen']],
    ['none a person', { personMax: 0 }, ['personMax']],
    ['claims that end before they begin', { claimFrom: at('11-21') }, ['claimUntil']],
    ['claims after the last use', { claimUntil: at('12-02') }, ['claimUntil']],
    [
      'use that is over',
      { claimUntil: at('10-02'), claimFrom: at('10-01'), validFrom: at('10-01'), validUntil: at('11-02') },
      ['validUntil'],
    ],
    ['a county that is none', { conditions: [{ axis: 'ORIGIN', value: '炎陵' }] }, ['conditions.0']],
    ['a channel that is none', { conditions: [{ axis: 'CHANNEL', value: 'TV' }] }, ['conditions.0']],
    [
      'a condition twice',
      {
        conditions: [
          { axis: 'CATEGORY', value: 'FRUIT' },
          { axis: 'CATEGORY', value: 'FRUIT' },
        ],
      },
      ['conditions'],
    ],
    [
      'another merchant’s goods',
      { ...CUT, conditions: [{ axis: 'MERCHANT', value: 'mer_b' }] },
      ['conditions'],
    ],
  ])('refuses %s', (_, changes, paths) => {
    expect(refusePromotion(wish(changes), NOW)?.fields.map(({ path }) => path)).toEqual(paths);
  });
});

describe('promotionHash', () => {
  const of = (changes: Partial<PromotionWish>, divisionCode = '430225') =>
    promotionHash({ ...wish(changes), merchantId: '', divisionCode });

  it('is that of what is agreed to, and not of the order of conditions', () => {
    const two = [
      { axis: 'CATEGORY', value: 'FRUIT' },
      { axis: 'CHANNEL', value: 'COUNTER' },
    ] as const;
    expect(of({ conditions: two })).toBe(of({ conditions: two.toReversed() }));
    for (const changes of [
      { amountFen: 1_001n },
      { budgetFen: 100_001n },
      { validUntil: at('12-02') },
      { conditions: [] },
    ])
      expect(of(changes)).not.toBe(of({}));
    expect(of({}, '430224')).not.toBe(of({}));
  });
});

describe('isTheirs', () => {
  it.each([
    ['VOUCHER', '430225', ['430225'], true],
    ['VOUCHER', '430225', ['430200'], true],
    ['VOUCHER', '430200', ['430225'], false],
    ['VOUCHER', '430225', 'ALL', false],
    ['PLATFORM_COUPON', '', 'ALL', true],
    ['PLATFORM_COUPON', '', ['430225'], false],
    ['MERCHANT_COUPON', '', 'ALL', false],
  ] as const)('%s of "%s" within %s: %s', (kind, divisionCode, scope, expected) => {
    expect(isTheirs({ kind, divisionCode }, scope)).toBe(expected);
  });
});
