import { allocate, fen, sumFen } from '#libs/kernel';
import { RefundExceedsRemainderError } from './split.errors.js';
import {
  type LineRules,
  type SaleLine,
  type ShareRow,
  accountOf,
  feeBearersOf,
  freightDraftOf,
  lineDraftOf,
  remainderOf,
  reversalsOf,
  sharesOfFreight,
  sharesOfLine,
} from './split.rules.js';

const rule = (...bps: [number, number, number, number, number]): LineRules => {
  const [merchantBps, householdBps, platformBps, operatorBps, fundBps] = bps;
  const shares = { merchantBps, householdBps, platformBps, operatorBps, fundBps };
  const origin = { version: 1, scopeKey: '*', effectiveFrom: new Date(0), feeBearer: 'PLATFORM' as const };
  return { split: { id: 'spr_1', ...origin, ...shares }, contribution: null };
};
const contributing = (rules: LineRules, bps: number): LineRules => ({
  ...rules,
  contribution: { id: 'ctr_1', version: 1, scopeKey: '*', effectiveFrom: new Date(0), bps },
});
const RULE_A = rule(7000, 2000, 500, 300, 200);
const RULE_A0 = rule(7300, 2000, 500, 0, 200);

const line = (goodsFen: bigint, more: Partial<SaleLine> = {}): SaleLine => ({
  lineId: 'oln_1',
  merchantOrderId: 'mor_1',
  merchantId: 'mer_1',
  productId: 'prd_1',
  goodsFen,
  subsidyFen: 0n,
  isCertified: true,
  channelKind: 'COUNTER',
  operatorId: 'chp_1',
  originCountyCode: '430225',
  saleCountyCode: '430211',
  households: [{ householdId: 'hhd_1', weight: 1 }],
  ...more,
});

const ranks = ['MERCHANT', 'HOUSEHOLD', 'PLATFORM', 'OPERATOR', 'FUND'] as const;
const splitOf = (rules: LineRules, sale: SaleLine) => {
  const shares = sharesOfLine(rules, sale);
  return ranks.map((kind) =>
    sumFen(shares.filter((share) => share.payeeKind === kind).map((share) => share.shareFen)),
  );
};
const standing = (shares: readonly bigint[], lineId = 'oln_1'): ShareRow[] =>
  shares.map((shareFen, index) => ({
    lineId,
    rankNo: index + 1,
    merchantOrderId: 'mor_1',
    ruleId: 'spr_1',
    payeeKind: ranks[index] ?? 'HOUSEHOLD',
    payeeId: `payee_${index}`,
    shareFen,
    reversedFen: 0n,
    releasedFen: 0n,
    assignedFen: 0n,
    feeFen: 0n,
    releasedAt: null,
    dueAt: null,
  }));

/** Takes a refund and returns what it took, and the shares after it. */
function take(shares: readonly ShareRow[], amountFen: bigint): [bigint[], ShareRow[]] {
  const reversals = reversalsOf(shares, [{ lineId: 'oln_1', amountFen }]);
  if (reversals instanceof RefundExceedsRemainderError) throw new Error(reversals.message.en);
  const taken = shares.map(
    (share) => reversals.find((reversal) => reversal.share === share)?.amountFen ?? 0n,
  );
  return [
    taken,
    shares.map((share, index) => ({ ...share, reversedFen: share.reversedFen + (taken[index] ?? 0n) })),
  ];
}

describe('a line is split', () => {
  it.each([
    // case  goods      merchant household platform operator fund
    ['A1', 10_000n, [7000n, 2000n, 500n, 300n, 200n]],
    ['A3', 10_001n, [7001n, 2000n, 500n, 300n, 200n]],
    ['A4', 1n, [1n, 0n, 0n, 0n, 0n]],
    ['A4', 2n, [2n, 0n, 0n, 0n, 0n]],
    ['A4', 3n, [2n, 1n, 0n, 0n, 0n]],
    ['A6', 6n, [4n, 1n, 1n, 0n, 0n]],
    ['A6', 7n, [5n, 2n, 0n, 0n, 0n]],
    ['A7', 12_345n, [8642n, 2469n, 617n, 370n, 247n]],
    ['A7', 8_888n, [6222n, 1777n, 444n, 267n, 178n]],
    ['A7', 1_999n, [1399n, 400n, 100n, 60n, 40n]],
    [
      'A14',
      999_999_999_999n,
      [699_999_999_999n, 200_000_000_000n, 50_000_000_000n, 30_000_000_000n, 20_000_000_000n],
    ],
    [
      'A14',
      9_007_199_254_740_993n,
      [
        6_305_039_478_318_695n,
        1_801_439_850_948_198n,
        450_359_962_737_050n,
        270_215_977_642_230n,
        180_143_985_094_820n,
      ],
    ],
  ])('%s: %s fen by R-A', (_, goodsFen, expected) => {
    expect(splitOf(RULE_A, line(goodsFen))).toEqual(expected);
  });

  it.each([
    ['A10', 10_000n, [7300n, 2000n, 500n, 0n, 200n]],
    ['A10', 9_999n, [7299n, 2000n, 500n, 0n, 200n]],
    ['A10', 19n, [14n, 4n, 1n, 0n, 0n]],
  ])('%s: %s fen without a counter, by R-A0', (_, goodsFen, expected) => {
    expect(splitOf(RULE_A0, line(goodsFen, { operatorId: null }))).toEqual(expected);
  });

  it('A10: the operator of no counter leaves their part to the merchant', () => {
    expect(splitOf(RULE_A, line(10_000n, { operatorId: null }))).toEqual([7300n, 2000n, 500n, 0n, 200n]);
  });

  it('A4: what is nothing makes no share', () => {
    expect(sharesOfLine(RULE_A, line(1n)).map((share) => share.payeeKind)).toEqual(['MERCHANT']);
  });

  it.each([
    ['A11', 1n, [5000n, 5000n], [1n, 0n]],
    ['A11', 3n, [2500n, 2500n, 2500n, 2500n], [1n, 1n, 1n, 0n]],
    ['A12', 100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    ['A12', 5n, [1n, 1n, 1n], [2n, 2n, 1n]],
    ['A12', 10n, [0n, 1n, 1n, 1n], [0n, 4n, 3n, 3n]],
  ])('%s: %s over %j', (_, total, weights, expected) => {
    expect(allocate(fen(total), weights)).toEqual(expected);
  });

  it('A19: a gift of price 0 makes no share', () => {
    expect(sharesOfLine(RULE_A, line(0n))).toEqual([]);
  });

  it.each([
    ['there is no household', []],
    ['nobody has a weight', [{ householdId: 'hhd_1', weight: 0 } as const]],
  ])('A20: the pool waits for its households when %s', (_, households) => {
    const pool = sharesOfLine(RULE_A, line(10_000n, { households })).find(
      ({ payeeKind }) => payeeKind === 'HOUSEHOLD_POOL',
    );

    expect(pool).toMatchObject({ payeeId: '430225', shareFen: 2000n });
    expect(pool && accountOf(pool, 'held')).toBe('liability:held:household_pool:430225');
    expect(pool && accountOf(pool, 'available')).toBe('liability:held:household_pool:430225');
  });

  it('shares the pool by the weights of the agreement', () => {
    const households = [
      { householdId: 'hhd_1', weight: 5 },
      { householdId: 'hhd_2', weight: 3 },
      { householdId: 'hhd_3', weight: 0 },
      { householdId: 'hhd_4', weight: 2 },
    ] as const;

    const shares = sharesOfLine(RULE_A, line(10_000n, { households }));

    expect(shares.map(({ rankNo, payeeId, shareFen }) => [rankNo, payeeId, shareFen])).toEqual([
      [1, 'mer_1', 7000n],
      [2, 'hhd_1', 1000n],
      [3, 'hhd_2', 600n],
      [5, 'hhd_4', 400n],
      [6, '', 500n],
      [7, 'chp_1', 300n],
      [8, '430225', 200n],
    ]);
  });

  it('gives freight whole to the shipper, on a line of its own', () => {
    const freight = { merchantOrderId: 'mor_1', merchantId: 'mer_1', freightFen: 800n } as const;

    expect(sharesOfFreight(freight)).toMatchObject([
      { lineId: 'mor_1', payeeKind: 'MERCHANT', payeeId: 'mer_1', shareFen: 800n },
    ]);
    expect(sharesOfFreight({ ...freight, freightFen: 0n })).toEqual([]);
  });

  it.each([
    ['MERCHANT', 'mer_1', 'liability:held:mer_1', 'liability:available:mer_1'],
    ['HOUSEHOLD', 'hhd_1', 'liability:held:hhd_1', 'liability:available:hhd_1'],
    ['OPERATOR', 'chp_1', 'liability:held:chp_1', 'liability:available:chp_1'],
    ['FUND', '430225', 'liability:held:fund:430225', 'liability:available:fund:430225'],
    ['FUND', '', 'liability:held:fund:unknown', 'liability:available:fund:unknown'],
    ['CONTRIBUTION', '430211', 'liability:held:fund:430211', 'liability:available:fund:430211'],
    ['PLATFORM', '', 'liability:deferred_fee', 'revenue:platform_fee'],
  ] as const)('keeps the share of a %s (%s) in %s, then in %s', (payeeKind, payeeId, held, available) => {
    expect(accountOf({ payeeKind, payeeId }, 'held')).toBe(held);
    expect(accountOf({ payeeKind, payeeId }, 'available')).toBe(available);
  });
});

describe('goods that are not certified contribute out of the merchant part', () => {
  const plain = { isCertified: false } as const;
  const contributionOf = (rules: LineRules, sale: SaleLine) =>
    sharesOfLine(rules, sale).find(({ payeeKind }) => payeeKind === 'CONTRIBUTION');

  it.each([
    // rule  rate  goods → merchant household platform operator fund, contribution
    [RULE_A, 100, 10_000n, [6900n, 2000n, 500n, 300n, 200n], 100n],
    [RULE_A, 100, 10_001n, [6901n, 2000n, 500n, 300n, 200n], 100n],
    [RULE_A0, 100, 9_999n, [7199n, 2000n, 500n, 0n, 200n], 100n],
    [RULE_A, 100, 50n, [35n, 10n, 3n, 1n, 1n], 0n],
    [RULE_A, 100, 51n, [35n, 10n, 3n, 1n, 1n], 1n],
    [RULE_A, 0, 10_000n, [7000n, 2000n, 500n, 300n, 200n], 0n],
    [rule(50, 9950, 0, 0, 0), 100, 10_000n, [0n, 9950n, 0n, 0n, 0n], 50n],
    [rule(0, 10_000, 0, 0, 0), 100, 10_000n, [0n, 10_000n, 0n, 0n, 0n], 0n],
  ] as const)('by %o and %i of %s', (rules, bps, goodsFen, others, contribution) => {
    const sale = line(goodsFen, plain);
    const both = contributing(rules, bps);

    expect(splitOf(both, sale)).toEqual(others);
    expect(contributionOf(both, sale)?.shareFen ?? 0n).toBe(contribution);
  });

  it('to the county of the place of sale, by a rule of its own', () => {
    expect(contributionOf(contributing(RULE_A, 100), line(10_000n, plain))).toMatchObject({
      payeeId: '430211',
      ruleId: 'ctr_1',
      rankNo: 6,
    });
  });

  it('and certified goods do not', () => {
    expect(contributionOf(contributing(RULE_A, 100), line(10_000n))).toBeUndefined();
  });
});

describe('the fee of freight', () => {
  const sold = (merchantOrderId: string, feeBearer: 'PLATFORM' | 'SELLER') =>
    lineDraftOf({ ...RULE_A, split: { ...RULE_A.split, feeBearer } }, line(1n, { merchantOrderId }));
  const freight = { merchantOrderId: 'mor_1', merchantId: 'mer_1', freightFen: 800n } as const;

  it.each([
    [['SELLER'], 'SELLER'],
    [['SELLER', 'SELLER'], 'SELLER'],
    [['SELLER', 'PLATFORM'], 'PLATFORM'],
    [['PLATFORM', 'SELLER'], 'PLATFORM'],
    [[], 'PLATFORM'],
  ] as const)('where that of the goods is borne by %j is borne by %s', (goods, bearer) => {
    const bearers = feeBearersOf([...goods.map((each) => sold('mor_1', each)), sold('mor_2', 'SELLER')]);

    expect(freightDraftOf(freight, bearers)).toMatchObject({
      lineId: 'mor_1',
      baseFen: 800n,
      feeBearer: bearer,
    });
  });
});

describe('a refund takes from what remains', () => {
  it('C1: 2500, 2500 and 5000 of 10000', () => {
    const [first, afterFirst] = take(standing([7000n, 2000n, 500n, 300n, 200n]), 2500n);
    const [second, afterSecond] = take(afterFirst, 2500n);
    const [third, afterThird] = take(afterSecond, 5000n);

    expect([first, second, third]).toEqual([
      [1750n, 500n, 125n, 75n, 50n],
      [1750n, 500n, 125n, 75n, 50n],
      [3500n, 1000n, 250n, 150n, 100n],
    ]);
    expect(afterThird.map(remainderOf)).toEqual([0n, 0n, 0n, 0n, 0n]);
  });

  it('C4: 1, 1, 1 and 97 of 100', () => {
    let shares = standing([70n, 20n, 5n, 3n, 2n]);
    const taken = [1n, 1n, 1n, 97n].map((amountFen) => {
      const [amounts, after] = take(shares, amountFen);
      shares = after;
      return amounts;
    });

    const one = [1n, 0n, 0n, 0n, 0n];
    expect(taken).toEqual([one, one, one, [67n, 20n, 5n, 3n, 2n]]);
  });

  it('C8: a quarter of the line, then 333 of the pool', () => {
    const [quarter] = take(standing([7000n, 1000n, 600n, 400n, 500n, 300n, 200n]), 2500n);
    expect(quarter.slice(1, 4)).toEqual([250n, 150n, 100n]);

    const [ofPool] = take(standing([750n, 450n, 300n]), 333n);
    expect(ofPool).toEqual([166n, 100n, 67n]);
  });

  it.each([7501n, 0n, -1n])('C9: refuses %s when 7500 are left', (amountFen) => {
    const [, left] = take(standing([7000n, 2000n, 500n, 300n, 200n]), 2500n);

    const refusal = reversalsOf(left, [{ lineId: 'oln_1', amountFen }]);

    expect(refusal).toEqual(new RefundExceedsRemainderError(amountFen, 7500n));
  });

  it('C17: takes freight from the freight share only', () => {
    const goods = standing([7000n, 2000n, 500n, 300n, 200n]);
    const freight = standing([800n], 'mor_1');

    const reversals = reversalsOf([...goods, ...freight], [{ lineId: 'mor_1', amountFen: 800n }]);

    expect(reversals).toEqual([{ share: freight[0], amountFen: 800n, takenFrom: 'HELD' }]);
  });

  it('takes from what may be paid out once the share is released', () => {
    const shares = standing([100n]).map((share) => ({
      ...share,
      releasedFen: 100n,
      releasedAt: new Date(0),
    }));

    expect(reversalsOf(shares, [{ lineId: 'oln_1', amountFen: 30n }])).toMatchObject([
      { takenFrom: 'AVAILABLE' },
    ]);
  });

  it('takes an amount for the whole order from all its lines', () => {
    const shares = [...standing([70n, 30n], 'oln_1'), ...standing([300n, 100n], 'oln_2')];

    const reversals = reversalsOf(shares, [{ lineId: null, amountFen: 50n }]);

    expect(reversals).toMatchObject([
      { amountFen: 7n },
      { amountFen: 3n },
      { amountFen: 30n },
      { amountFen: 10n },
    ]);
  });

  it('adds up several parts of one refund', () => {
    const shares = [...standing([70n, 30n], 'oln_1'), ...standing([10n], 'mor_1')];

    const reversals = reversalsOf(shares, [
      { lineId: 'oln_1', amountFen: 50n },
      { lineId: 'mor_1', amountFen: 10n },
      { lineId: 'oln_1', amountFen: 50n },
    ]);

    expect(reversals).toMatchObject([{ amountFen: 70n }, { amountFen: 30n }, { amountFen: 10n }]);
  });
});
