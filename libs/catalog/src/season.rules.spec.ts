import type { HarvestWindow } from './harvest-window.entity.js';
import { nextSeasonOf, windowOf } from './season.rules.js';

describe('the next season of a product', () => {
  it.each([
    ['before it begins', [7, 8], '2026-03-01', '2026-07-01', '2026-08-31', false],
    ['on its first day', [7, 8], '2026-07-01', '2026-07-01', '2026-08-31', true],
    ['on its last day', [7, 8], '2026-08-31', '2026-07-01', '2026-08-31', true],
    ['the day after', [7, 8], '2026-09-01', '2027-07-01', '2027-08-31', false],
    ['of one month, which ends in February', [2, 2], '2027-12-31', '2028-02-01', '2028-02-29', false],
    ['across the year, in its first part', [11, 2], '2026-12-05', '2026-11-01', '2027-02-28', true],
    ['across the year, in its second part', [11, 2], '2027-02-28', '2026-11-01', '2027-02-28', true],
    ['across the year, between two of them', [11, 2], '2027-03-01', '2027-11-01', '2028-02-29', false],
    ['that is a whole year', [1, 12], '2026-06-06', '2026-01-01', '2026-12-31', true],
  ] as const)('%s', (_, [seasonFrom, seasonTo], day, opensOn, closesOn, isOpen) => {
    expect(nextSeasonOf([], { seasonFrom, seasonTo }, day)).toEqual({
      basis: 'SEASON',
      opensOn,
      closesOn,
      isOpen,
    });
  });

  it('is what somebody has planned, rather than what usually is', () => {
    const windows = [
      { opensOn: '2026-07-12', closesOn: '2026-08-20' },
      { opensOn: '2027-07-10', closesOn: '2027-08-20' },
    ];

    expect(nextSeasonOf(windows, { seasonFrom: 7, seasonTo: 8 }, '2026-07-05')).toEqual({
      basis: 'HARVEST_WINDOW',
      opensOn: '2026-07-12',
      closesOn: '2026-08-20',
      isOpen: false,
    });
  });

  it('is unknown of what is sold all year and planned by nobody', () => {
    expect(nextSeasonOf([], { seasonFrom: null, seasonTo: null }, '2026-07-05')).toBeNull();
  });
});

describe('the window a batch was harvested in', () => {
  const of = (villageCode: string | null, opensOn: string, closesOn: string, productId = 'prd_1') =>
    ({ id: `${villageCode} ${opensOn}`, productId, villageCode, opensOn, closesOn }) as HarvestWindow;
  const batch = { productId: 'prd_1', originVillageCode: '430225209201', harvestedOn: '2026-07-20' };
  const [county, village] = [
    of(null, '2026-07-01', '2026-08-31'),
    of('430225209201', '2026-07-20', '2026-07-20'),
  ];

  it.each([
    ["its village's goes before the county's", [county, village], village],
    [
      "the county's, where its village has none",
      [of('430225209202', '2026-07-01', '2026-08-31'), county],
      county,
    ],
    ['none before it opens', [of(null, '2026-07-21', '2026-08-31')], null],
    ['none after it has closed', [of(null, '2026-07-01', '2026-07-19')], null],
    ['none of another product', [of(null, '2026-07-01', '2026-08-31', 'prd_2')], null],
  ])('%s', (_, windows, expected) => {
    expect(windowOf(batch, windows)).toBe(expected);
  });

  it("is never another village's, where nobody knows where it grew", () => {
    expect(windowOf({ ...batch, originVillageCode: null }, [village])).toBeNull();
  });
});
