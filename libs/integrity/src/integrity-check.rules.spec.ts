import type { SaleFact } from '#libs/volume';
import {
  type DecidedFlag,
  type Sight,
  addressClusters,
  capacitiesExceeded,
  circlesOf,
  deviceAnomalies,
  duplicateSales,
  nightBulks,
  refundsAfterPeriod,
  rings,
  selfPurchases,
} from './integrity-check.rules.js';

let facts = 0;

const sale = (more: Partial<SaleFact> = {}): SaleFact => {
  facts += 1;
  return {
    id: `vfa_${String(facts).padStart(6, '0')}`,
    factKey: `delivered:oln_${facts}`,
    source: 'PLATFORM',
    sourceSystem: 'TAOYUAN',
    sourceOrderNo: `ord_${facts}`,
    sourceLineNo: `oln_${facts}`,
    paidFen: 0n,
    recognisedFen: 10_000n,
    declaredFen: 0n,
    quantity: 1,
    weightG: 2_500n,
    originCountyCode: '430225',
    originVillageCode: '430225209225',
    productId: 'prd_peach',
    merchantId: 'mer_a',
    sellerCountyCode: '430225',
    channelKind: 'ONLINE',
    channelPointId: '',
    saleCountyCode: '',
    consumptionCountyCode: '',
    buyerKind: 'CONSUMER',
    unitId: '',
    campaignCode: '',
    isCertified: true,
    certificationId: '',
    linkageAgreementId: '',
    buyerKey: `buyer_${facts}`,
    addressKey: '',
    eventAt: new Date('2026-11-01T04:00:00Z'),
    eventDay: '2026-11-01',
    originDay: '2026-11-01',
    recordedAt: new Date('2026-11-01T04:00:01Z'),
    ...more,
  };
};
const many = (count: number, more: Partial<SaleFact> = {}) => Array.from({ length: count }, () => sale(more));
const sight = (more: Partial<Sight>): Sight => ({
  fresh: [],
  merchantsOfBuyer: new Map(),
  selfSales: [],
  decided: new Map(),
  tradeSales: [],
  periodEnds: [],
  sameAddress: [],
  ofVillages: [],
  capacities: [],
  ofCounters: [],
  counterSpans: [],
  nights: [],
  toldBefore: [],
  ...more,
});
const VALUES: Readonly<Record<string, number>> = {
  'SELF_PURCHASE.minFen': 1,
  'RING.days': 30,
  'RING.minFen': 10_000,
  'REFUND_AFTER_PERIOD.days': 5,
  'REFUND_AFTER_PERIOD.shareBp': 3_000,
  'REFUND_AFTER_PERIOD.minFen': 100_000,
  'ADDRESS_CLUSTER.buyers': 5,
  'ADDRESS_CLUSTER.days': 30,
  'CAPACITY_EXCEEDED.shareBp': 11_000,
  'DEVICE_RATE.vendsPerHour': 120,
  'DEVICE_OFFLINE.offlineShareBp': 9_900,
  'DEVICE_CLOCK.aheadMinutes': 10,
  'DEVICE_CLOCK.behindDays': 30,
  'NIGHT_BULK.minFen': 1_000_000,
  'NIGHT_BULK.sales': 20,
  'NIGHT_BULK.toHour': 5,
};
const threshold = (rule: string, name: string) => VALUES[`${rule}.${name}`] ?? Number.NaN;
const works = (...pairs: readonly [string, string][]) =>
  new Map(pairs.map(([buyer, merchant]) => [buyer, new Set([merchant])]));

describe('buying from oneself', () => {
  const bought = (recognisedFen: bigint, more: Partial<SaleFact> = {}) =>
    sale({ buyerKey: 'zhang', recognisedFen, ...more });
  const suspected = (
    fresh: readonly SaleFact[],
    selfSales: readonly SaleFact[] = fresh,
    decided: ReadonlyMap<string, DecidedFlag> = new Map(),
    minFen = 1,
  ) =>
    selfPurchases(sight({ fresh, selfSales, decided }), (rule, name) =>
      name === 'minFen' ? minFen : threshold(rule, name),
    );

  it('is suspected once per buyer and month, with what it came to', () => {
    const fresh = [bought(10_000n), bought(10_000n)];

    expect(suspected(fresh)).toMatchObject([
      {
        rule: 'SELF_PURCHASE',
        subject: 'mer_a:zhang:2026-11',
        numbers: { fen: '20000', sales: '2' },
        facts: [{ id: fresh[0]?.id }, { id: fresh[1]?.id }],
      },
    ]);
  });

  it('counts what was bought before in the month, so that many small ones are not overlooked', () => {
    const all = Array.from({ length: 10 }, () => bought(100n));
    const other = bought(900n, { eventDay: '2026-10-31' });

    expect(suspected(all.slice(9), [...all, other], new Map(), 1_000)).toMatchObject([
      { subject: 'mer_a:zhang:2026-11', numbers: { fen: '1000', sales: '10' } },
    ]);
    expect(suspected(all.slice(9), all, new Map(), 1_001)).toEqual([]);
  });

  it.each([
    ['cleared, and a little', true, 249n, []],
    ['cleared, and a quarter of it', true, 250n, ['mer_a:zhang:2026-11:2']],
    ['confirmed, and anything', false, 1n, ['mer_a:zhang:2026-11:2']],
  ])('%s more bought: is suspected again as far as that goes', (_, isCleared, fen, subjects) => {
    const before = [bought(600n), bought(400n)];
    const after = bought(fen);
    const decided = new Map(before.map(({ id }) => [id, { flagId: 'flg_1', isCleared }]));

    const found = suspected([after], [...before, after], decided);

    expect(found.map(({ subject }) => subject)).toEqual(subjects);
    expect(found.flatMap(({ facts: about }) => about.map(({ id }) => id))).toEqual(
      subjects.length > 0 ? [after.id] : [],
    );
  });

  it('is no suspicion where nothing new is bought', () => {
    expect(suspected([], [bought(10_000n)])).toEqual([]);
  });
});

describe('a ring', () => {
  const merchantsOfBuyer = works(['a', 'mer_a'], ['b', 'mer_b']);
  const there = sale({ buyerKey: 'a', merchantId: 'mer_b' });
  const back = (day: string) =>
    sale({ buyerKey: 'b', merchantId: 'mer_a', eventAt: new Date(`${day}T04:00:00Z`) });

  it.each([
    ['the same day', '2026-11-01', true],
    ['thirty days later', '2026-12-01', true],
    ['thirty-one days later', '2026-12-02', false],
  ])('is closed %s', (_, day, isRing) => {
    const found = rings(sight({ tradeSales: [there, back(day)], merchantsOfBuyer }), threshold);

    expect(found.map(({ numbers }) => numbers['fen'])).toEqual(isRing ? ['20000'] : []);
  });

  it.each([
    ['of three', ['a', 'b', 'c'], [['mer_a', 'mer_b', 'mer_c']]],
    ['of four', ['a', 'b', 'c', 'd'], [['mer_a', 'mer_b', 'mer_c', 'mer_d']]],
    ['of five is too long to look for', ['a', 'b', 'c', 'd', 'e'], []],
  ])('%s', (_, people, expected) => {
    const buys = people.map((buyerKey, index) =>
      sale({ buyerKey, merchantId: `mer_${people[(index + 1) % people.length]}` }),
    );
    const all = works(...people.map((key) => [key, `mer_${key}`] as [string, string]));

    const found = rings(sight({ tradeSales: buys, merchantsOfBuyer: all }), threshold);

    expect(found.map(({ subject }) => subject.split(':').slice(0, -1))).toEqual(expected);
    expect(found.map(({ facts }) => facts.length)).toEqual(expected.map((ring) => ring.length));
  });

  it('of three needs each hop near the next', () => {
    const all = works(['a', 'mer_a'], ['b', 'mer_b'], ['c', 'mer_c']);
    const hop = (buyerKey: string, merchantId: string, day: string) =>
      sale({ buyerKey, merchantId, eventAt: new Date(`${day}T04:00:00Z`) });
    const sales = (day: string) => [
      hop('a', 'mer_b', '2026-11-01'),
      hop('b', 'mer_c', '2026-11-20'),
      hop('c', 'mer_a', day),
    ];
    const count = (day: string) =>
      rings(sight({ tradeSales: sales(day), merchantsOfBuyer: all }), threshold).length;

    expect([count('2026-11-25'), count('2026-12-20')]).toEqual([1, 0]);
  });

  it('is looked for in bounded steps, whoever buys from whom', () => {
    const all = Array.from({ length: 40 }, (_, n) => `mer_${n}`);
    const edges = all.flatMap((buyer) => all.map((seller) => ({ buyer, seller })));

    expect(circlesOf(edges).length).toBeLessThan(20_000);
  });

  it('is not closed by buying one way', () => {
    expect(
      rings(sight({ tradeSales: [there, { ...there, id: 'vfa_x' }], merchantsOfBuyer }), threshold),
    ).toEqual([]);
  });
});

describe('refunds after a month has ended', () => {
  const bought = sale({ recognisedFen: 100_000n, originDay: '2026-10-30', eventDay: '2026-10-31' });
  const back = (fen: bigint, eventDay = '2026-11-02') =>
    sale({ recognisedFen: -fen, originDay: '2026-10-30', eventDay });

  it.each([
    ['a share of three tenths', 30_000n, '2026-11-02', 1],
    ['less', 29_999n, '2026-11-02', 0],
    ['in the same month', 30_000n, '2026-10-31', 0],
  ])('%s', (_, fen, day, count) => {
    expect(refundsAfterPeriod(sight({ periodEnds: [bought, back(fen, day)] }), threshold)).toHaveLength(
      count,
    );
  });
});

it('an address clusters at five buyers', () => {
  const found = (count: number) =>
    addressClusters(sight({ sameAddress: many(count, { addressKey: 'gate' }) }), threshold);

  expect(found(4)).toEqual([]);
  expect(found(5)).toMatchObject([{ subject: 'mer_a:gate:2026-11', numbers: { buyers: '5' } }]);
  expect(
    addressClusters(sight({ sameAddress: many(9, { addressKey: 'gate', buyerKey: 'one' }) }), threshold),
  ).toEqual([]);
});

describe('a village', () => {
  const grows = (soldG: bigint) => [
    {
      villageCode: '430225209225',
      productId: 'prd_peach',
      seasonFrom: '2026-10-01',
      seasonTo: '2026-11-30',
      capacityG: 10_000n,
      soldG,
    },
  ];
  const flagged = (soldG: bigint, ofVillages: readonly SaleFact[]) =>
    capacitiesExceeded(sight({ capacities: grows(soldG), ofVillages }), threshold);

  it.each([
    ['may sell a tenth more than it grows', 11_000n, 0],
    ['and not a gram above', 11_001n, 1],
  ])('%s', (_, soldG, count) => {
    expect(flagged(soldG, [sale({ weightG: 1n })])).toHaveLength(count);
  });

  it('is suspected of its latest sales only, as many as are too much, of the season and what counted', () => {
    const [early, late, latest] = ['2026-10-02', '2026-10-20', '2026-11-01'].map((eventDay) =>
      sale({ eventDay, weightG: 5_000n }),
    );
    const others = [
      sale({ eventDay: '2026-12-01', weightG: 9_000n }),
      sale({ eventDay: '2026-11-02', weightG: -9_000n, recognisedFen: -1n }),
      sale({ eventDay: '2026-11-02', weightG: 9_000n, productId: 'prd_tea' }),
    ];
    const facts = [early, late, latest].flatMap((fact) => fact ?? []);

    expect(flagged(15_000n, [...others, ...facts])[0]?.facts.map(({ id }) => id)).toEqual([latest?.id]);
    expect(flagged(16_001n, [...others, ...facts])[0]?.facts.map(({ id }) => id)).toEqual([
      latest?.id,
      late?.id,
    ]);
  });

  it('is suspected anew with every further quarter, whatever was said of the one before', () => {
    const subject = (soldG: bigint) => flagged(soldG, [sale({ weightG: 20_000n })])[0]?.subject;

    expect(subject(11_001n)).toBe(subject(12_499n));
    expect(subject(12_500n)).not.toBe(subject(12_499n));
  });
});

it('a sale of ours that a partner had told of is suspected by the partner’s line', () => {
  const own = sale({ paidFen: 500n, recognisedFen: 0n });
  const told = [sale({ source: 'PARTNER', recognisedFen: 500n })];

  expect(
    duplicateSales(
      sight({
        toldBefore: [
          { own, told },
          { own, told: [] },
        ],
      }),
    ),
  ).toMatchObject([
    {
      rule: 'DUPLICATE_SALE',
      subject: told[0]?.id,
      numbers: { fen: '500', ownFen: '500' },
      facts: [{ id: told[0]?.id }],
    },
  ]);
});

describe('a counter', () => {
  const at = { channelKind: 'COUNTER', channelPointId: 'chp_1' } as const;
  const rulesOf = (more: Partial<Sight>) => deviceAnomalies(sight(more), threshold).map(({ rule }) => rule);

  it('vends 120 times an hour at most', () => {
    expect(rulesOf({ ofCounters: many(120, at) })).toEqual([]);
    expect(rulesOf({ ofCounters: many(121, at) })).toEqual(['DEVICE_RATE']);
  });

  it('does not sell while it cannot be reached', () => {
    const span = { counterId: 'chp_1', day: '2026-11-01', operatingMinutes: 1_440, offlineMinutes: 1_440 };

    expect(rulesOf({ ofCounters: [sale(at)], counterSpans: [span] })).toEqual(['DEVICE_OFFLINE']);
    expect(rulesOf({ ofCounters: [sale(at)], counterSpans: [{ ...span, offlineMinutes: 700 }] })).toEqual([]);
    expect(rulesOf({ counterSpans: [span] })).toEqual([]);
  });

  it.each([
    ['two days offline', '2026-11-03T04:00:00Z', []],
    ['a clock a quarter of an hour ahead', '2026-11-01T03:45:00Z', ['DEVICE_CLOCK']],
    ['a clock of last summer', '2026-12-20T04:00:00Z', ['DEVICE_CLOCK']],
  ])('%s', (_, recordedAt, rules) => {
    expect(rulesOf({ fresh: [sale({ ...at, recordedAt: new Date(recordedAt) })] })).toEqual(rules);
  });
});

describe('a night', () => {
  const paid = { paidFen: 50_000n, recognisedFen: 0n };
  const found = (count: number, hour: string) =>
    nightBulks(
      sight({ nights: many(count, { ...paid, eventAt: new Date(`2026-10-31T${hour}:30:00Z`) }) }),
      threshold,
    );

  it.each([
    ['twenty sales at half past two', 20, '18', 1],
    ['nineteen', 19, '18', 0],
    ['twenty at half past five', 20, '21', 0],
    ['twenty at half past four', 20, '20', 1],
  ])('%s', (_, count, hour, flags) => {
    expect(found(count, hour)).toHaveLength(flags);
  });
});
