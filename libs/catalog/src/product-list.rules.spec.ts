import { InvalidInputError, present } from '#libs/kernel';
import { expectedDispatch } from './dispatch.rules.js';
import { PRICE_BANDS, isInSeason, monthsOf } from './product-facet.rules.js';
import {
  type ProductFilter,
  conditionsOf,
  isNarrowing,
  refuseFilter,
  whereOf,
} from './product-filter.rules.js';
import { PRODUCT_SORTS, type ProductSort, productOrderOf } from './product-sort.rules.js';

const TODAY = { at: new Date('2026-11-26T04:00:00Z'), day: '2026-11-26' };

describe('conditions', () => {
  it.each<[ProductFilter, string[]]>([
    [{}, ['state']],
    [{ originCountyCode: '430225', categoryCode: null }, ['state', 'county']],
    [{ originCode: '430200', scheme: 'CITY_2024' }, ['state', 'origin', 'certified']],
    [{ isCertified: true, seasonMonth: 7, isInHarvest: false }, ['state', 'certified', 'season', 'harvest']],
    [{ priceFromFen: 0n, productIds: ['prd_1'] }, ['state', 'price', 'ids']],
  ])('of %j are %j', (filter, keys) => {
    expect([...conditionsOf(filter, TODAY).keys()]).toEqual(keys);
  });

  it.each<[ProductFilter, readonly unknown[]]>([
    [{ originCode: '430000' }, ['43%']],
    [{ originCode: '430225' }, ['430225%']],
    [{ originCode: '430225209' }, ['430225', '430225209%']],
    [{ originCode: '430225209225' }, ['430225', '430225209225%']],
    [{ priceFromFen: 1n, priceToFen: 2n }, [1n, 2n]],
    [{ priceToFen: 2n }, [2n]],
    [{ isInHarvest: true }, ['2026-11-26', '2026-11-26']],
    [{ scheme: 'CITY_2024' }, [TODAY.at, TODAY.at, TODAY.at, 'CITY_2024']],
  ])('of %j ask with %j', (filter, values) => {
    const where = whereOf(conditionsOf(filter, TODAY));

    expect(where.values).toEqual(values);
    expect(where.sql.match(/\?/g)).toHaveLength(values.length);
  });

  it('leave out their own for a facet', () => {
    const conditions = conditionsOf({ categoryCode: 'TEA', merchantId: 'mer_1' }, TODAY);

    expect(whereOf(conditions, ['category'])).toEqual({
      sql: "p.state = 'ON_SALE' AND p.merchant_id = ?",
      values: ['mer_1'],
    });
  });
});

describe('a filter', () => {
  it.each<[ProductFilter, boolean]>([
    [{}, false],
    [{ productIds: ['prd_1'], categoryCode: null, parts: [] }, false],
    [{ isCertified: false }, true],
    [{ seasonMonth: 1 }, true],
    [{ parts: [{ key: 'channel', sql: '1', values: [] }] }, true],
  ])('%j asks for more than certain products: %s', (filter, expected) => {
    expect(isNarrowing(filter)).toBe(expected);
  });

  it.each<[ProductFilter, string[]]>([
    [{}, []],
    [{ originCode: '430225209225', seasonMonth: 12, priceFromFen: 5n, priceToFen: 5n }, []],
    [{ originCode: '43%' }, ['filter.originCode']],
    [{ originCode: '4302252092' }, ['filter.originCode']],
    [{ seasonMonth: 0 }, ['filter.seasonMonth']],
    [{ seasonMonth: 13 }, ['filter.seasonMonth']],
    [{ priceFromFen: -1n }, ['filter.priceFromFen']],
    [{ priceToFen: -1n }, ['filter.priceFromFen']],
    [{ priceFromFen: 2n, priceToFen: 1n }, ['filter.priceFromFen']],
    [{ isCertified: false, scheme: 'CITY_2024' }, ['filter.scheme']],
    [{ originCode: 'x', seasonMonth: 99 }, ['filter.originCode', 'filter.seasonMonth']],
  ])('%j is refused for %j', (filter, paths) => {
    expect(refuseFilter(filter)?.fields.map(({ path }) => path) ?? []).toEqual(paths);
  });
});

describe('an order', () => {
  it.each<[ProductSort, string, string]>([
    ['NEWEST', '2026-11-26 04:00:00.000000', 'p.listed_at DESC, p.id DESC'],
    ['PRICE_UP', '8800', 'p.price_from_fen ASC, p.id ASC'],
    ['PRICE_DOWN', '8800', 'p.price_from_fen DESC, p.id DESC'],
    ['JIN_PRICE', '1760', 'p.jin_price_from_fen ASC, p.id ASC'],
    ['SOLD', '-3', 'p.sold_quantity DESC, p.id DESC'],
  ])('by %s goes on after %s', (sort, value, orderBy) => {
    const order = productOrderOf(sort, [sort, value, 'prd_1']);

    expect(order).toMatchObject({ orderBy, after: { values: [value, value, 'prd_1'] } });
    for (const other of PRODUCT_SORTS.filter((one) => one !== sort))
      expect(productOrderOf(other, [sort, value, 'prd_1'])).toBeInstanceOf(InvalidInputError);
  });

  it.each([
    ['NEWEST', 'yesterday', 'prd_1'],
    ['PRICE_UP', '1e9', 'prd_1'],
    ['PRICE_UP', '', 'prd_1'],
    ['SOLD', '1; DROP', 'prd_1'],
    ['SOLD', '1', ''],
    ['SOLD', '1', '桃'],
  ] as const)('by %s does not go on after %j, %j', (sort, value, id) => {
    expect(productOrderOf(sort, [sort, value, id])).toBeInstanceOf(InvalidInputError);
  });
});

describe('facets', () => {
  it.each([
    [7, 7, 8, true],
    [8, 7, 8, true],
    [9, 7, 8, false],
    [11, 11, 2, true],
    [1, 11, 2, true],
    [3, 11, 2, false],
    [5, 5, 5, true],
  ])('month %d is in the season %d to %d: %s', (month, from, to, expected) => {
    expect(isInSeason(month, from, to)).toBe(expected);
  });

  it('count the products of each month in which there is something', () => {
    const months = monthsOf([
      { seasonFrom: 7, seasonTo: 8, productCount: 3 },
      { seasonFrom: 12, seasonTo: 1, productCount: 2 },
      { seasonFrom: 8, seasonTo: 8, productCount: 1 },
    ]);

    expect(months).toEqual([
      { month: 1, productCount: 2 },
      { month: 7, productCount: 3 },
      { month: 8, productCount: 4 },
      { month: 12, productCount: 2 },
    ]);
  });

  it('cut prices into bands without gap or overlap, the last one open', () => {
    for (const [index, band] of PRICE_BANDS.entries()) {
      const next = PRICE_BANDS[index + 1];
      expect(band.toFen).toBe(next ? next.fromFen - 1n : null);
    }
    expect(present(PRICE_BANDS[0], 'a band').fromFen).toBe(0n);
  });
});

it.each([
  ['in stock leaves', true, ['2027-07-20'], { basis: 'IN_STOCK', notBefore: null }],
  [
    'sold out waits for the next harvest',
    false,
    ['2027-07-20', '2028-07-20'],
    { basis: 'HARVEST', notBefore: '2027-07-20' },
  ],
  [
    'sold out while it is harvested may leave from today',
    false,
    ['2026-11-01'],
    { basis: 'HARVEST', notBefore: '2026-11-26' },
  ],
  ['otherwise nobody knows', false, [], null],
])('%s', (_, isInStock, opens, expected) => {
  const windows = opens.map((opensOn) => ({ opensOn }));

  expect(expectedDispatch(isInStock, windows, '2026-11-26')).toEqual(expected);
});
