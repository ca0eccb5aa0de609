import {
  type HarvestGround,
  type HarvestWish,
  refuseHarvest,
  refuseTestReport,
  weightOf,
} from './harvest-batch.rules.js';

const wish: HarvestWish = {
  productId: 'prd_1',
  villageCode: '430225209225',
  harvestedFrom: '2026-11-01',
  harvestedUntil: '2026-11-10',
  dailyG: null,
  weightG: 2_000_000,
  bestBeforeOn: '2026-12-01',
  linkageAgreementId: null,
};
const ground: HarvestGround = {
  today: '2026-11-02',
  originCountyCode: '430225',
  isPerishable: true,
  village: { code: '430225209225', level: 'VILLAGE' },
  agreementIds: ['lnk_1'],
};

describe('a harvest', () => {
  it.each<[string, Partial<HarvestWish>, Partial<HarvestGround>, string[]]>([
    ['with all that is asked', {}, {}, []],
    ['by the day', { dailyG: 200_000, weightG: null }, {}, []],
    ['of an agreement of one’s own', { linkageAgreementId: 'lnk_1' }, {}, []],
    ['of one day', { harvestedUntil: '2026-11-01' }, {}, []],
    ['that lasts for ever on a shelf', { bestBeforeOn: null }, { isPerishable: false }, []],
    ['that ends before it begins', { harvestedUntil: '2026-10-31' }, {}, ['harvestedUntil']],
    ['of half a year and more', { harvestedUntil: '2027-04-30' }, {}, ['harvestedUntil']],
    ['of nothing', { weightG: 0 }, {}, ['weightG']],
    ['of no amount', { weightG: null }, {}, ['weightG']],
    ['of two amounts', { dailyG: 1 }, {}, ['weightG']],
    ['of too much', { weightG: 2_000_000_001 }, {}, ['weightG']],
    ['of too much in ten days', { weightG: null, dailyG: 200_000_001 }, {}, ['dailyG']],
    ['of years ago', { harvestedFrom: '2025-01-01', harvestedUntil: '2025-01-02' }, {}, ['harvestedFrom']],
    ['of no village', {}, { village: null }, ['villageCode']],
    ['of a township', {}, { village: { code: '430225209', level: 'TOWNSHIP' } }, ['villageCode']],
    ['of another county', {}, { originCountyCode: '430224' }, ['villageCode']],
    ['fresh, for ever', { bestBeforeOn: null }, {}, ['bestBeforeOn']],
    ['best before it was picked', { bestBeforeOn: '2026-10-01' }, {}, ['bestBeforeOn']],
    ['of somebody else’s agreement', { linkageAgreementId: 'lnk_2' }, {}, ['linkageAgreementId']],
    ['wrong in two things', { weightG: 0 }, { village: null }, ['weightG', 'villageCode']],
  ])('%s', (_, changes, around, paths) => {
    const refusal = refuseHarvest({ ...wish, ...changes }, { ...ground, ...around });
    expect(refusal?.fields.map(({ path }) => path) ?? []).toEqual(paths);
  });

  it('weighs what is said, or its days together', () => {
    expect(weightOf(wish)).toBe(2_000_000);
    expect(weightOf({ ...wish, weightG: null, dailyG: 50_000 })).toBe(500_000);
  });
});

describe('a test report', () => {
  const report = {
    batchId: 'bat_1',
    fileId: 'fil_1',
    laboratory: '株洲市农产品检测中心',
    reportNo: 'NO.2026-1',
    testedOn: '2026-11-01',
    result: 'PASSED',
  } as const;
  it.each([
    ['with all that is asked', {}, true, []],
    ['without its file', {}, false, ['fileId']],
    ['of nobody', { laboratory: '　' }, true, ['laboratory']],
    ['without a number', { reportNo: '' }, true, ['reportNo']],
    ['of tomorrow', { testedOn: '2026-11-03' }, true, ['testedOn']],
    ['of years ago', { testedOn: '2025-01-01' }, true, ['testedOn']],
    [
      'of nothing at all',
      { laboratory: 'x'.repeat(81), reportNo: ' ' },
      false,
      ['fileId', 'laboratory', 'reportNo'],
    ],
  ])('%s', (_, changes, isOwnFile, paths) => {
    const refusal = refuseTestReport({ ...report, ...changes }, { today: '2026-11-02', isOwnFile });
    expect(refusal?.fields.map(({ path }) => path) ?? []).toEqual(paths);
  });
});
