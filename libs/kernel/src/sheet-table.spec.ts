import { tableIn } from './sheet-table.js';

it('finds columns by any of their names, those that are needed at least', () => {
  const heads = { GOODS: ['货号', 'sku'], COUNT: ['数量'], NOTE: ['备注'] } as const;
  const sheet = [['清单'], ['数量（*）'.replaceAll(/[（）]/g, ''), 'S K U'], ['2', 'YL-5', 'x']];

  expect(tableIn(sheet, heads, ['GOODS'])).toEqual({
    columns: new Set(['GOODS', 'COUNT']),
    rows: [{ rowNo: 3, cells: { GOODS: 'YL-5', COUNT: '2', NOTE: '' } }],
  });
  expect(tableIn(sheet, heads, ['NOTE', 'COUNT'])).toEqual({ missing: ['NOTE'] });
});
