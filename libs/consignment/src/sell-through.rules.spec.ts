import type { PlaceOnDays } from '#libs/channel';
import {
  type SellThroughCells,
  type SellThroughKnowledge,
  fileFault,
  isMonthOpenFor,
  linesHash,
  linesIn,
  placesByWord,
  readLine,
} from './sell-through.rules.js';

const HEAD = ['行号', '门店', '商品编码', '销售日期', '数量', '金额（元）'];

describe('linesIn', () => {
  it('finds the head below a title, and says rows as the spreadsheet does', () => {
    const lines = linesIn([
      ['十一月销售'],
      HEAD,
      ['1', '专区', 'P-1', '', '２', '8.50'],
      ['', '', '', '', '', ''],
    ]);
    expect(lines).toEqual([
      { rowNo: 3, cells: { KEY: '1', PLACE: '专区', GOODS: 'P-1', DAY: '', QUANTITY: '2', AMOUNT: '8.50' } },
    ]);
  });

  it('says which columns are missing; a day is not needed', () => {
    expect(linesIn([['行号', '数量']])).toEqual({ missing: ['PLACE', 'GOODS', 'AMOUNT'] });
    expect(fileFault('COLUMNS_MISSING', ['GOODS']).message).toEqual({
      zh: '缺少列：货号',
      en: 'Columns are missing: Goods code.',
    });
  });

  it('the same list is the same in any file', () => {
    const rows = ['1', '专区', 'P-1', '', '2', '8.50'];
    const hash = (sheet: string[][]) =>
      linesHash(linesIn(sheet) as ReturnType<typeof linesIn> & []).toString('hex');
    expect(hash([HEAD, rows])).toBe(hash([['标题'], [...HEAD, '备注'], [...rows, '好卖']]));
  });
});

describe('readLine', () => {
  const place: PlaceOnDays = {
    id: 'chp_1',
    name: '神农城专区',
    steps: [
      { effectiveOn: '2026-11-03', state: 'OPEN' },
      { effectiveOn: '2026-11-10', state: 'SUSPENDED' },
      { effectiveOn: '2026-11-15', state: 'OPEN' },
    ],
    contracted: [{ from: '2026-01-01', to: '2026-11-18' }],
  };
  const known: SellThroughKnowledge = {
    month: '2026-11-01',
    today: '2026-11-20',
    placesOf: placesByWord([
      place,
      { ...place, id: 'chp_2', name: '重名' },
      { ...place, id: 'chp_3', name: '重名', contracted: null },
    ]),
    variantOf: new Map([['P-1', 'var_1']]),
  };
  const cells: SellThroughCells = {
    KEY: 'A1',
    PLACE: '神农城专区',
    GOODS: 'P-1',
    DAY: '2026-11-05',
    QUANTITY: '2',
    AMOUNT: '1,008.50',
  };

  it('reads a row', () => {
    expect(readLine(cells, known, false)).toEqual({
      rowKey: 'A1',
      channelPointId: 'chp_1',
      variantId: 'var_1',
      soldOn: '2026-11-05',
      quantity: 2,
      amountFen: 100_850n,
    });
  });

  it.each<[Partial<SellThroughCells>, string]>([
    [{ DAY: '2026/11/5' }, ''],
    [{ DAY: '2026年11月5日' }, ''],
    [{ DAY: '20261105' }, ''],
    [{ PLACE: 'chp_3', DAY: '' }, ''],
    [{ QUANTITY: '0', AMOUNT: '0.00' }, ''],
    [{ QUANTITY: '2.0', AMOUNT: '¥8' }, ''],
    [{ DAY: '2026-11-10' }, ''],
    [{ KEY: '' }, 'KEY REQUIRED'],
    [{ KEY: 'x'.repeat(65) }, 'KEY TOO_LONG'],
    [{ KEY: '1.23456789012346E+17', GOODS: '6.9E+12' }, 'KEY DIGITS_LOST|GOODS DIGITS_LOST'],
    [{ PLACE: '别处' }, 'PLACE NOT_FOUND'],
    [{ PLACE: '重名' }, 'PLACE AMBIGUOUS'],
    [{ DAY: '2026-11-02' }, 'PLACE NOT_OPEN'],
    [{ DAY: '2026-11-11' }, 'PLACE NOT_OPEN'],
    [{ DAY: '2026-11-19' }, 'PLACE NO_CONTRACT'],
    [{ GOODS: 'P-2' }, 'GOODS NOT_FOUND'],
    [{ DAY: '2026-11-31' }, 'DAY NOT_A_DAY'],
    [{ DAY: '2026-10-31' }, 'DAY OTHER_MONTH|PLACE NOT_OPEN'],
    [{ PLACE: 'chp_3', DAY: '2026-11-21' }, 'DAY IN_FUTURE'],
    [{ QUANTITY: '1.5' }, 'QUANTITY NOT_A_NUMBER'],
    [{ QUANTITY: '' }, 'QUANTITY REQUIRED'],
    [{ QUANTITY: '1000001' }, 'QUANTITY OUT_OF_RANGE'],
    [{ AMOUNT: '8.505' }, 'AMOUNT NOT_A_NUMBER'],
    [{ AMOUNT: '-8' }, 'AMOUNT NOT_A_NUMBER'],
    [{ AMOUNT: '0' }, 'AMOUNT CONTRADICTS'],
    [{ AMOUNT: '100000000.01' }, 'AMOUNT OUT_OF_RANGE'],
  ])('%j: %s', (change, expected) => {
    const read = readLine({ ...cells, ...change }, known, false);
    const faults = Array.isArray(read) ? read.map(({ column, code }) => `${column} ${code}`) : [];
    expect(faults.join('|')).toBe(expected);
  });

  it('a key that stands there twice', () => {
    expect(readLine(cells, known, true)).toEqual([{ column: 'KEY', code: 'TWICE' }]);
  });
});

it.each([
  ['2026-11-01', true],
  ['2025-12-01', true],
  ['2025-11-01', false],
  ['2026-12-01', false],
  ['2026-11-02', false],
  ['2026-13-01', false],
])('the month %s: %s', (month, isOpen) => {
  expect(isMonthOpenFor(month, '2026-11-20')).toBe(isOpen);
});
