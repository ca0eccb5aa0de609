import { LISTINGS_MAX, type PlaceFacts, refuseListings, refusePlace } from './channel-point.rules.js';

describe('refusePlace', () => {
  const nowhere = {
    name: '炎陵特色产品馆',
    countyCode: '430225',
    townshipCode: null,
    address: '霞阳镇炎帝路1号',
    longitude: null,
    latitude: null,
    ownerKind: null,
    hostKind: null,
    cabinetKind: null,
    hostName: null,
  };
  const pavilion: PlaceFacts = { ...nowhere, kind: 'PAVILION', ownerKind: 'COUNTY' };

  it.each([
    ['a pavilion', pavilion],
    ['a zone', { ...nowhere, kind: 'ZONE', hostKind: 'MARKET', hostName: '中心市场' }],
    ['a counter', { ...nowhere, kind: 'COUNTER', cabinetKind: 'VISION' }],
    ['a surveyed place', { ...pavilion, townshipCode: '430225100', longitude: 113.77, latitude: 26.49 }],
  ] as const)('accepts %s', (_, place) => {
    expect(refusePlace(place)).toBeNull();
  });

  it.each([
    ['a pavilion that says no owner', { ownerKind: null }, ['ownerKind']],
    ['a pavilion with a cabinet', { cabinetKind: 'SLOT' }, ['cabinetKind']],
    ['a counter told as a pavilion', { kind: 'COUNTER' }, ['ownerKind', 'cabinetKind']],
    ['a nameless place nowhere', { name: '', address: ' ' }, ['name', 'address']],
    ['another county’s township', { townshipCode: '430224100' }, ['townshipCode']],
    ['half a position', { longitude: 113.77 }, ['longitude']],
    ['a position off the globe', { longitude: 181, latitude: -91 }, ['longitude', 'latitude']],
    ['no number as a position', { longitude: Number.NaN, latitude: 1 }, ['longitude']],
  ] as const)('refuses %s', (_, change, paths) => {
    const place: PlaceFacts = { ...pavilion, ...change };

    expect(refusePlace(place)?.fields.map((field) => field.path)).toEqual(paths);
  });
});

describe('refuseListings', () => {
  const products = (count: number) => Array.from({ length: count }, (_, index) => `prd_${index}`);

  it.each([
    ['nothing', [], true],
    ['a full shelf', products(LISTINGS_MAX), true],
    ['one too many', products(LISTINGS_MAX + 1), false],
    ['one twice', ['prd_1', 'prd_2', 'prd_1'], false],
  ])('%s', (_, productIds, isAccepted) => {
    expect(refuseListings(productIds) === null).toBe(isAccepted);
  });
});
