import type { SaleFact } from '#libs/volume';
import {
  type Sight,
  addressClusters,
  capacitiesExceeded,
  deviceAnomalies,
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
  tradeSales: [],
  periodEnds: [],
  sameAddress: [],
  ofVillages: [],
  capacities: [],
  ofCounters: [],
  counterSpans: [],
  nights: [],
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
  const merchantsOfBuyer = works(['zhang', 'mer_a']);

  it('is suspected once per buyer and month, with what it came to', () => {
    const fresh = [sale({ buyerKey: 'zhang' }), sale({ buyerKey: 'zhang' }), sale({ buyerKey: 'li' })];

    expect(selfPurchases(sight({ fresh, merchantsOfBuyer }), threshold)).toMatchObject([
      {
        rule: 'SELF_PURCHASE',
        subject: 'mer_a:zhang:2026-11',
        numbers: { fen: '20000', sales: '2' },
        facts: [{ id: fresh[0]?.id }, { id: fresh[1]?.id }],
      },
    ]);
  });

  it('is no suspicion for buying elsewhere, nor for what went back', () => {
    const fresh = [
      sale({ buyerKey: 'zhang', merchantId: 'mer_b' }),
      sale({ buyerKey: 'zhang', recognisedFen: -1n }),
    ];

    expect(selfPurchases(sight({ fresh, merchantsOfBuyer }), threshold)).toEqual([]);
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
  const capacities = [
    {
      villageCode: '430225209225',
      productId: 'prd_peach',
      seasonFrom: '2026-10-01',
      seasonTo: '2026-11-30',
      capacityG: 10_000n,
    },
  ];

  it.each([
    ['may sell a tenth more than it grows', 11_000n, 0],
    ['and not a gram above', 11_001n, 1],
  ])('%s', (_, weightG, count) => {
    expect(
      capacitiesExceeded(sight({ capacities, ofVillages: [sale({ weightG })] }), threshold),
    ).toHaveLength(count);
  });

  it('gets back what was returned, and counts its own season only', () => {
    const ofVillages = [
      sale({ weightG: 20_000n }),
      sale({ weightG: -10_000n, recognisedFen: -1n }),
      sale({ weightG: 9_000n, eventDay: '2026-12-01' }),
    ];

    expect(capacitiesExceeded(sight({ capacities, ofVillages }), threshold)).toEqual([]);
  });
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
