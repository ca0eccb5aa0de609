import {
  VOLUME_DIMENSIONS,
  type VolumeDimension,
  type VolumeQuestion,
  dimensionsOf,
  expressionOf,
  factExpressionOf,
  narrowing,
  planOf,
  refuseCube,
} from './volume-cube.rules.js';
import { ROLLUPS } from './volume-rollup.rules.js';

const question = (dimensions: VolumeDimension[], more: Partial<VolumeQuestion> = {}): VolumeQuestion => ({
  from: '2026-01-01',
  to: '2026-12-31',
  dimensions,
  filters: {},
  scope: { by: 'ORIGIN_COUNTY', codes: 'ALL' },
  ...more,
});
const CLOSED = { CHANNEL: ['ONLINE', 'COUNTER'] };
const tables = (asked: VolumeQuestion) => planOf(asked)?.map(({ rollup }) => rollup.table) ?? null;

describe('the plan of a question', () => {
  it.each<[string, VolumeQuestion, string[] | null]>([
    ['the whole', question([]), ['volume_origin_month']],
    ['months and counties', question(['MONTH', 'ORIGIN_COUNTY']), ['volume_origin_month']],
    ['channels', question(['CHANNEL']), ['volume_county_month']],
    ['products', question(['PRODUCT']), ['volume_product_month']],
    ['products by channel', question(['PRODUCT', 'CHANNEL']), ['volume_month']],
    ['from where to where', question(['ORIGIN_COUNTY', 'CONSUMPTION_COUNTY']), ['volume_matrix_month']],
    ['units', question(['UNIT']), ['volume_unit_month']],
    ['merchants', question(['MERCHANT', 'LINKED']), ['volume_merchant_month']],
    ['places of sale by day', question(['DAY', 'CHANNEL_POINT']), ['volume_point_day']],
    ['days', question(['DAY']), ['volume_origin_day']],
    ['days of channels', question(['DAY', 'CHANNEL']), ['volume_county_day']],
    ['weeks of products', question(['WEEK', 'PRODUCT']), ['volume_day']],
    ['sources', question(['SOURCE']), ['volume_county_month']],
    [
      'what a scope needs',
      question(['CHANNEL_POINT'], { scope: { by: 'SALE_COUNTY', codes: ['430225'] } }),
      ['volume_point_month'],
    ],
    ['products of a category', question(['DAY'], { productIds: ['prd_1'] }), ['volume_day']],
    [
      'what a filter needs',
      question(['MONTH'], { filters: { CERTIFIED: ['YES'] } }),
      ['volume_county_month'],
    ],
    [
      'days around months',
      question([], { from: '2026-01-31', to: '2026-04-01' }),
      ['volume_origin_month', 'volume_origin_day', 'volume_origin_day'],
    ],
    ['days only', question([], { from: '2026-01-02', to: '2026-01-30' }), ['volume_origin_day']],
    ['part of a month of what is kept by month', question(['UNIT'], { to: '2026-12-30' }), null],
    ['what nobody keeps together', question(['UNIT', 'CHANNEL_POINT']), null],
    ['days of units', question(['DAY', 'UNIT']), null],
  ])('for %s', (_, asked, expected) => {
    expect(tables(asked)).toEqual(expected);
  });

  it.each([
    ['2026-01-01', '2026-01-31', [['2026-01-01', '2026-01-31']]],
    [
      '2026-01-31',
      '2026-04-01',
      [
        ['2026-02-01', '2026-03-31'],
        ['2026-01-31', '2026-01-31'],
        ['2026-04-01', '2026-04-01'],
      ],
    ],
    [
      '2025-12-15',
      '2026-02-28',
      [
        ['2026-01-01', '2026-02-28'],
        ['2025-12-15', '2025-12-31'],
      ],
    ],
    ['2026-02-28', '2026-03-01', [['2026-02-28', '2026-03-01']]],
    ['2024-02-01', '2024-02-29', [['2024-02-01', '2024-02-29']]],
    ['2024-02-01', '2024-02-28', [['2024-02-01', '2024-02-28']]],
  ])('cuts %s to %s into whole months and the days around them', (from, to, expected) => {
    expect(planOf(question([], { from, to }))?.map((part) => [part.from, part.to])).toEqual(expected);
  });

  it('is there for every single dimension, and made of what its rollups hold', () => {
    for (const dimension of VOLUME_DIMENSIONS) {
      const [part] = planOf(question([dimension])) ?? [];
      expect([dimension, part?.rollup.table]).toEqual([dimension, expect.any(String)]);
      if (part) expect(dimensionsOf(part.rollup)).toContain(dimension);
      expect(factExpressionOf(dimension)).toMatch(/f\./);
    }
  });

  it('knows every rollup', () => {
    for (const rollup of ROLLUPS) expect(tables(question(dimensionsOf(rollup)))).toEqual([rollup.table]);
  });
});

describe('a question of the cube', () => {
  it.each<[string, VolumeQuestion, string[]]>([
    ['may be asked', question(['MONTH', 'CHANNEL']), []],
    ['may name the unknown', question([], { filters: { ORIGIN_COUNTY: [''] } }), []],
    ['must not end before it begins', question([], { to: '2025-12-31' }), ['filter.to']],
    ['spans ten years', question([], { from: '2010-01-01' }), ['filter.to']],
    ['names a dimension once', question(['MONTH', 'MONTH']), ['groupBy']],
    [
      'names channels that exist',
      question([], { filters: { CHANNEL: ['STREET'] } }),
      ['filter.members.CHANNEL'],
    ],
    ['says yes or no', question([], { filters: { CERTIFIED: ['1'] } }), ['filter.members.CERTIFIED']],
    ['names days that exist', question([], { filters: { DAY: ['2026-02-30x'] } }), ['filter.members.DAY']],
    [
      'names ids that look like ours',
      question([], { filters: { PRODUCT: ["x' OR 1=1"] } }),
      ['filter.members.PRODUCT'],
    ],
    [
      'bounds its values',
      question([], { filters: { PRODUCT: Array(101).fill('prd_1') } }),
      ['filter.members.PRODUCT'],
    ],
    ['is held by some rollup', question(['UNIT', 'CHANNEL_POINT']), ['groupBy']],
  ])('%s', (_, asked, paths) => {
    expect(refuseCube(asked, CLOSED)?.fields.map(({ path }) => path) ?? []).toEqual(paths);
  });

  it('that nobody can answer says which could be', () => {
    const refusal = refuseCube(question(['UNIT', 'CHANNEL_POINT']), CLOSED);

    expect(refusal?.message.en).toContain('UNIT, CHANNEL_POINT');
    expect(refusal?.message.en).toContain('MONTH, YEAR, ORIGIN_COUNTY, CONSUMPTION_COUNTY, BUYER_KIND');
  });

  it('finds nothing for nobody, nor for an empty list', () => {
    const nobody = question([], { scope: { by: 'SALE_COUNTY', codes: [] }, filters: { PRODUCT: [] } });

    expect(narrowing(nobody, factExpressionOf)).toEqual({ conditions: ['FALSE', 'FALSE'], values: [] });
  });

  it('sees its divisions by the county it is asked by', () => {
    const scope = { by: 'SALE_COUNTY', codes: ['430200', '430104'] } as const;
    const [point] = ROLLUPS.filter(({ table }) => table === 'volume_point_day');

    expect(
      narrowing(question([], { scope }), (dimension) => (point ? expressionOf(dimension, point) : '')),
    ).toEqual({
      conditions: ['(sale_county_code LIKE ? OR sale_county_code LIKE ?)'],
      values: ['4302%', '430104%'],
    });
  });
});

describe('products of a category', () => {
  const productIds = Array.from({ length: 500 }, (_, n) => `prd_${n}`);

  it('are as many as there are, because nobody has typed them', () => {
    expect(refuseCube(question([], { productIds }), CLOSED)).toBeNull();
    expect(refuseCube(question([], { filters: { PRODUCT: productIds } }), CLOSED)?.fields).toMatchObject([
      { path: 'filter.members.PRODUCT' },
    ]);
  });

  it('narrow a question, to nothing where there are none', () => {
    const of = (ids: readonly string[]) => narrowing(question([], { productIds: ids }), factExpressionOf);

    expect(of(productIds)).toEqual({ conditions: ['f.product_id IN (?)'], values: [productIds] });
    expect(of([])).toEqual({ conditions: ['FALSE'], values: [] });
  });
});
