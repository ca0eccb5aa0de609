import { CellReading, yuanCell } from './sheet-cell.rules.js';
import { PRODUCT_COLUMNS, PRODUCT_EXAMPLES, productKey } from './product-sheet.rules.js';
import { SHIPMENT_COLUMNS, carrierNamed } from './shipment-sheet.rules.js';
import type { LookedEntry } from './sheet-kind.rules.js';
import {
  checkedRows,
  doneOnceKey,
  entriesOf,
  rowsIn,
  tableHash,
  templateLines,
} from './sheet-table.rules.js';

it('reads rows by columns of either language, and leaves examples, blanks and other columns alone', () => {
  const sheet = [
    ['十月发货'],
    ['Tracking number', '快递公司 *', '备注', 'ORDER'],
    ['', '', '示例', '示例：mor_1'],
    ["'=SF1", '顺丰', '轻放', 'mor_1'],
    ['', '', '', ''],
  ];

  expect(rowsIn(sheet, SHIPMENT_COLUMNS)).toEqual([
    { rowNo: 4, cells: { ORDER: 'mor_1', CARRIER: '顺丰', TRACKING_NO: '=SF1' } },
  ]);
});

it.each([
  [[['订单号', '运单号']], 'COLUMNS_MISSING', ['CARRIER']],
  [[['订单号', '快递公司', '运单号']], 'NO_ROWS', []],
  [
    [['订单号', '快递公司', '运单号'], ...Array.from({ length: 10_001 }, () => ['a', 'b', 'c'])],
    'TOO_MANY_ROWS',
    [],
  ],
])('of %j says %s', (sheet, fault, missing) => {
  const read = rowsIn(sheet, SHIPMENT_COLUMNS);
  expect('fault' in read && [read.fault, read.missing.map(({ key }) => key)]).toEqual([fault, missing]);
});

it('is the same table in another order of columns, and another with one cell more', () => {
  const row = (cells: Record<string, string>) => [{ rowNo: 2, cells }];
  const one = tableHash('SHIPMENTS', row({ ORDER: 'a', CARRIER: 'b' }));

  expect(tableHash('SHIPMENTS', row({ CARRIER: 'b', ORDER: 'a' }))).toEqual(one);
  expect(tableHash('SHIPMENTS', row({ CARRIER: 'b', ORDER: 'a', TRACKING_NO: '1' }))).not.toEqual(one);
  expect(tableHash('PRODUCTS', row({ ORDER: 'a', CARRIER: 'b' }))).not.toEqual(one);
  expect(doneOnceKey('a', 'b')).toMatch(/^sheet:[0-9a-f]{40}$/);
  expect(doneOnceKey('ab', '')).not.toBe(doneOnceKey('a', 'b'));
});

it('puts rows of one product together, and lets the others wait for the faulty one', () => {
  const rows = [
    { rowNo: 2, cells: { NAME: '黄桃', PRICE: '1' } },
    { rowNo: 3, cells: { NAME: '茶油' } },
    { rowNo: 4, cells: { NAME: '黄桃', PRICE: 'x' } },
    { rowNo: 5, cells: { PRICE: '1' } },
  ];
  const entries = entriesOf(rows, { keyOf: productKey });
  const looked: LookedEntry[] = [
    {
      entryNo: 1,
      faults: [{ rowNo: 4, column: 'PRICE', code: 'MONEY', message: { zh: '', en: '' } }],
      effect: 'CREATE',
      subjectId: null,
      act: null,
    },
  ];

  expect(entries.map(({ rows: own }) => own.map(({ rowNo }) => rowNo))).toEqual([[2, 4], [3], [5]]);
  expect(
    checkedRows(entries, looked).map(({ rowNo, effect, faults }) => [rowNo, effect, faults[0]?.code]),
  ).toEqual([
    [2, 'CREATE', 'BESIDE_FAULT'],
    [4, 'CREATE', 'MONEY'],
    [3, 'NOTHING', undefined],
    [5, 'NOTHING', undefined],
  ]);
});

it('has templates of which no row is read', () => {
  for (const locale of ['zh-CN', 'en'] as const) {
    const lines = templateLines({ columns: PRODUCT_COLUMNS, examples: PRODUCT_EXAMPLES }, locale);
    expect(rowsIn(lines, PRODUCT_COLUMNS)).toEqual({ fault: 'NO_ROWS', missing: [] });
  }
});

const read = <T>(text: string, of: (reading: CellReading) => T) => {
  const reading = new CellReading();
  return [of(reading), reading.faults[0]?.code];
};
const row = (text: string) => ({ rowNo: 2, cells: { A: text } });

it.each([
  ['', null, undefined],
  ['88', 8_800n, undefined],
  ['¥1,288.5', 128_850n, undefined],
  ['８８．００元', 8_800n, undefined],
  ['0.01', 1n, undefined],
  ['1.234', null, 'MONEY'],
  ['-5', null, 'MONEY'],
  ['很贵', null, 'MONEY'],
])('reads the sum %j as %s', (text, amount, code) => {
  expect(read(text, (reading) => reading.money(row(text), 'A'))).toEqual([amount, code]);
  if (amount !== null)
    expect(read('', (reading) => reading.money(row(yuanCell(amount)), 'A'))).toEqual([amount, undefined]);
});

it.each([
  ['2026-10-01', '2026-10-01', undefined],
  ['2026/1/2', '2026-01-02', undefined],
  ['2026年10月1日', '2026-10-01', undefined],
  ['2026-02-30', null, 'DAY'],
  ['明天', null, 'DAY'],
])('reads the day %j as %s', (text, day, code) => {
  expect(read(text, (reading) => reading.day(row(text), 'A'))).toEqual([day, code]);
});

it.each([
  ['7', 7, undefined],
  ['7.0', 7, undefined],
  ['13', null, 'NUMBER'],
  ['七', null, 'NUMBER'],
  ['7E+14', null, 'DIGITS_LOST'],
  ['#VALUE!', null, 'FORMULA_FAILED'],
])('reads the number %j as %s', (text, number, code) => {
  expect(read(text, (reading) => reading.whole(row(text), 'A', 1, 12))).toEqual([number, code]);
});

it.each([
  ['SF1234567890123456', 'SF1234567890123456', undefined],
  ['  ７７ １２ ', '7712', undefined],
  ['1.23456789012346E+17', null, 'DIGITS_LOST'],
  ['1.23457e+17', null, 'DIGITS_LOST'],
  ['#N/A', null, 'FORMULA_FAILED'],
  ['#1', '#1', undefined],
])('reads the code %j as %s', (text, code, fault) => {
  expect(read(text, (reading) => reading.code(row(text), 'A') && reading.code(row(text), 'A'))).toEqual([
    code,
    fault,
  ]);
});

it.each([
  ['顺丰', '顺丰速运'],
  ['sf', '顺丰速运'],
  ['圆通速递', '圆通速递'],
  ['村里的车', '村里的车'],
])('knows the carrier %s as %s', (text, name) => {
  expect(carrierNamed(text)).toBe(name);
});
