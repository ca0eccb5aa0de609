import { SplitRuleNotWholeError } from './split.errors.js';
import { RULE_STATES } from './split-rule.entity.js';
import {
  nonSellerBps,
  refuseAct,
  refuseCaps,
  refuseContribution,
  refuseEffectiveFrom,
  refuseRate,
  refuseScope,
} from './split-rule.rules.js';

const rate = (
  merchantBps: number,
  householdBps: number,
  platformBps: number,
  operatorBps: number,
  fundBps: number,
) => ({
  merchantBps,
  householdBps,
  platformBps,
  operatorBps,
  fundBps,
});

describe('a rule', () => {
  it.each([
    ['makes the whole', rate(7000, 2000, 500, 300, 200), null],
    ['A15: falls short of the whole', rate(6999, 2000, 500, 300, 200), 9999],
    ['A15: exceeds the whole', rate(7001, 2000, 500, 300, 200), 10_001],
    ['A15: gives somebody less than nothing', rate(10_100, -100, 0, 0, 0), 10_000],
    ['A15: gives fractions', rate(6999.5, 2000.5, 500, 300, 200), 10_000],
  ])('%s', (_, given, totalBps) => {
    expect(refuseRate(given)).toEqual(totalBps === null ? null : new SplitRuleNotWholeError(totalBps));
  });
});

describe('a rule may be written down', () => {
  const scope = { productId: '', merchantId: '', channelKind: '*' };

  it.each([
    ['for everything', scope, 'key', []],
    ['for a channel', { ...scope, channelKind: 'FAIR' }, 'key', []],
    ['for a product at a channel', { ...scope, productId: 'prd_1', channelKind: 'COUNTER' }, 'key', []],
    ['for a merchant', { ...scope, merchantId: 'mer_1' }, 'key', []],
    ['for a channel that is none', { ...scope, channelKind: 'MARKET' }, 'key', ['channelKind']],
    ['for a product that is none', { ...scope, productId: 'mer_1' }, 'key', ['productId']],
    ['for both', { ...scope, productId: 'prd_1', merchantId: 'mer_1' }, 'key', ['merchantId']],
    ['without a key', scope, '', ['idempotencyKey']],
    ['with a key too long', scope, 'k'.repeat(65), ['idempotencyKey']],
    [
      'with everything wrong',
      { productId: 'x', merchantId: 'y', channelKind: '' },
      '中',
      ['productId', 'merchantId', 'merchantId', 'channelKind', 'idempotencyKey'],
    ],
  ])('%s', (_, given, key, paths) => {
    expect((refuseScope(given, key)?.fields ?? []).map(({ path }) => path)).toEqual(paths);
  });

  it.each([
    [100, 'COUNTER', []],
    [0, '*', []],
    [10_000, 'ZONE', []],
    [10_001, 'ZONE', ['bps']],
    [-1, 'ZONE', ['bps']],
    [0.5, 'ZONE', ['bps']],
    [100, 'MARKET', ['channelKind']],
  ])('a contribution of %s on %s: %j is wrong', (bps, channelKind, paths) => {
    expect((refuseContribution({ bps, channelKind }, 'key')?.fields ?? []).map(({ path }) => path)).toEqual(
      paths,
    );
  });
});

describe('a rule takes effect', () => {
  const now = new Date('2026-10-31T15:55:00Z');

  it.each([
    ['2026-10-31T15:59:59.999Z', true],
    ['2026-10-31T16:00:00Z', false],
    ['2029-10-31T15:55:00Z', false],
    ['2029-11-01T15:55:00.001Z', true],
    ['2026-10-31T15:55:00Z', true],
    ['2019-01-01T00:00:00Z', true],
  ])('A16: at %s, published at 15:55: refused %s', (effectiveFrom, isRefused) => {
    expect(refuseEffectiveFrom(new Date(effectiveFrom), now) !== null).toBe(isRefused);
  });
});

describe('an act', () => {
  it.each([
    ['PROPOSE', ['DRAFT']],
    ['DECIDE', ['PROPOSED']],
    ['WITHDRAW', ['DRAFT', 'PROPOSED']],
  ] as const)('%s begins at %j and nowhere else', (act, states) => {
    expect(RULE_STATES.filter((state) => refuseAct(act, state) === null)).toEqual(states);
  });
});

describe("the providers' limits", () => {
  const wechat = { code: 'WECHAT_MERCHANT', nonSellerMaxBps: 3000 };
  const stripe = { code: 'STRIPE', nonSellerMaxBps: null };

  it.each([
    // merchant  contribution  providers → non-seller part, refused
    [7000, 0, [wechat], 3000, false],
    [6900, 0, [wechat], 3100, true],
    [7000, 100, [wechat], 3100, true],
    [7100, 100, [wechat], 3000, false],
    [6900, 0, [stripe], 3100, false],
    [6900, 0, [], 3100, false],
    [6900, 0, [stripe, wechat], 3100, true],
    [50, 100, [stripe], 10_000, false],
  ])(
    'A15: %i for the merchant less %i contributed, by %o: %i, refused %s',
    (merchantBps, contributed, caps, bps, isRefused) => {
      expect(nonSellerBps({ merchantBps }, contributed)).toBe(bps);
      expect(refuseCaps(bps, caps) !== null).toBe(isRefused);
    },
  );
});
