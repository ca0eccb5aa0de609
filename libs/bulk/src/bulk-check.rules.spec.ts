import { CountyFinder } from '#libs/division';
import {
  type CheckedRow,
  type GoodsOnSale,
  ROW_FAULTS,
  checkRows,
  checkTogether,
  faultMessage,
  faultsOf,
  faultsText,
  markUnserved,
  parcelsOf,
} from './bulk-check.rules.js';
import type { BulkCells } from './bulk-sheet.rules.js';

const inStock = (available: number): GoodsOnSale => ({
  available,
  netWeightG: 2_500,
  presale: null,
  isAdopted: false,
});

const TERMS = {
  counties: new CountyFinder([
    { code: '430211', name: '天元区', above: ['湖南省', '株洲市'] },
    { code: '110105', name: '朝阳区', above: ['北京市'] },
    { code: '220104', name: '朝阳区', above: ['吉林省', '长春市'] },
  ]),
  variantOf: new Map([
    ['YL-5', 'var_5'],
    ['YL-9', 'var_9'],
    ['OLD', 'var_old'],
    ['TREE', 'var_tree'],
  ]),
  onSale: new Map([
    ['var_5', inStock(10)],
    ['var_9', inStock(999)],
    ['var_tree', { ...inStock(999), isAdopted: true }],
  ]),
};
const GOOD: BulkCells = {
  RECIPIENT: '李桂英',
  PHONE: '13900001234',
  COUNTY: '株洲市天元区',
  ADDRESS: '泰山路 1 号',
  GOODS: 'YL-5',
  QUANTITY: '2',
};
const rows = (...changes: readonly Partial<BulkCells>[]) =>
  changes.map((change, index) => ({ rowNo: index + 2, cells: { ...GOOD, ...change } }));
const check = (...changes: readonly Partial<BulkCells>[]) =>
  checkTogether(checkRows(rows(...changes), TERMS), TERMS);
const saysOf = ({ faults }: CheckedRow) => faults.map(({ column, code }) => `${column} ${code}`);

it.each<[string, Partial<BulkCells>, string[]]>([
  ['nothing wrong', {}, []],
  ['a number with a dot of a spreadsheet', { QUANTITY: '2.0' }, []],
  ['emoji and rare characters', { RECIPIENT: '㐂😀', ADDRESS: '𠮷野路' }, []],
  ['what looks like a formula', { RECIPIENT: '=1+1' }, []],
  ['what is adopted by its number', { GOODS: 'TREE', QUANTITY: '5' }, ['GOODS ADOPTED']],
  [
    'nothing at all',
    { RECIPIENT: '', PHONE: '', COUNTY: '', ADDRESS: '', GOODS: '', QUANTITY: '' },
    ['RECIPIENT', 'PHONE', 'COUNTY', 'ADDRESS', 'GOODS', 'QUANTITY'].map((column) => `${column} REQUIRED`),
  ],
  [
    'too much',
    { RECIPIENT: '李'.repeat(61), ADDRESS: '路'.repeat(201) },
    ['RECIPIENT TOO_LONG', 'ADDRESS TOO_LONG'],
  ],
  ['no phone', { PHONE: '一三九' }, ['PHONE PHONE']],
  ['no county', { COUNTY: '天堂区' }, ['COUNTY COUNTY_UNKNOWN']],
  ['one of two counties', { COUNTY: '朝阳区' }, ['COUNTY COUNTY_AMBIGUOUS']],
  ['a code of nothing', { GOODS: 'NONE' }, ['GOODS GOODS_UNKNOWN']],
  ['a prototype', { GOODS: '__proto__' }, ['GOODS GOODS_UNKNOWN']],
  ['what is not on sale', { GOODS: 'OLD' }, ['GOODS NOT_ON_SALE']],
  ['no quantity', { QUANTITY: '0' }, ['QUANTITY QUANTITY']],
  ['a negative quantity', { QUANTITY: '-1' }, ['QUANTITY QUANTITY']],
  ['half a box', { QUANTITY: '1.5' }, ['QUANTITY QUANTITY']],
  ['too many', { QUANTITY: '1000' }, ['QUANTITY QUANTITY']],
  ['more than there is', { QUANTITY: '11' }, ['QUANTITY SOLD_OUT']],
  ['two faults at once', { PHONE: '1', QUANTITY: '1e3' }, ['PHONE PHONE', 'QUANTITY QUANTITY']],
])('says of %s', (_, change, faults) => {
  expect(check(change).map(saysOf)).toEqual([faults]);
});

it('counts the stock down row by row: who comes first is served', () => {
  const change = (n: number, quantity: string) => ({ PHONE: `1390000000${n}`, QUANTITY: quantity });

  expect(check(change(1, '6'), change(2, '5'), change(3, '4')).map(saysOf)).toEqual([
    [],
    ['QUANTITY SOLD_OUT'],
    [],
  ]);
});

it('makes one parcel of what goes to one recipient, and refuses the same goods twice', () => {
  const checked = check({}, { GOODS: 'YL-9' }, { QUANTITY: '1' }, { ADDRESS: '泰山路 2 号' });

  expect(checked.map(saysOf)).toEqual([[], [], ['GOODS REPEATED'], []]);
  expect(parcelsOf(checked)).toEqual([
    {
      parcelNo: 1,
      name: '李桂英',
      phone: '13900001234',
      countyCode: '430211',
      address: '泰山路 1 号',
      lines: [
        { rowNo: 2, variantId: 'var_5', quantity: 2 },
        { rowNo: 3, variantId: 'var_9', quantity: 2 },
      ],
    },
    expect.objectContaining({ parcelNo: 2, address: '泰山路 2 号' }),
  ]);
});

it('gives no recipient more lines than an order holds', () => {
  const codes = Array.from({ length: 51 }, (_, index) => `C${index}`);
  const terms = {
    ...TERMS,
    variantOf: new Map(codes.map((code) => [code, `var_${code}`])),
    onSale: new Map(codes.map((code) => [`var_${code}`, inStock(9)])),
  };
  const checked = checkTogether(checkRows(rows(...codes.map((GOODS) => ({ GOODS }))), terms), terms);

  expect(checked.filter(({ faults }) => faults.length > 0).map(saysOf)).toEqual([['GOODS TOO_MANY_LINES']]);
});

describe('what is presold', () => {
  const presale = (id: string, ...freeG: number[]) => ({
    id,
    days: freeG.map((free, index) => ({ day: `2027-07-2${index}`, freeG: free })),
  });
  const early = presale('psl_1', 5_000, 7_500);
  const of = (changes: readonly Partial<BulkCells>[]) => {
    const terms = {
      ...TERMS,
      variantOf: new Map([...TERMS.variantOf, ['P-1', 'var_p1'], ['P-2', 'var_p2'], ['Q', 'var_q']]),
      onSale: new Map([
        ...TERMS.onSale,
        ['var_p1', { available: 3, netWeightG: 2_500, presale: early, isAdopted: false }],
        ['var_p2', { available: 1, netWeightG: 5_000, presale: early, isAdopted: false }],
        ['var_q', { available: 9, netWeightG: 2_500, presale: presale('psl_2', 90_000), isAdopted: false }],
      ]),
    };
    return checkTogether(checkRows(rows(...changes), terms), terms).map(saysOf);
  };
  const to = (n: number, GOODS: string, QUANTITY = '1') => ({ PHONE: `1390000000${n}`, GOODS, QUANTITY });

  it.each<[string, readonly Partial<BulkCells>[], string[][]]>([
    [
      'takes a day of its own for each recipient, as long as there are any',
      [to(1, 'P-1', '2'), to(2, 'P-1', '3'), to(3, 'P-1')],
      [[], [], ['QUANTITY SOLD_OUT']],
    ],
    [
      'goes where it fits, and not in the order of days alone',
      [to(1, 'P-1'), to(2, 'P-2'), to(3, 'P-1')],
      [[], [], []],
    ],
    ['leaves together', [to(1, 'P-1', '2'), to(1, 'P-2')], [[], ['QUANTITY SOLD_OUT']]],
    [
      'is weighed whatever it is packed as',
      [to(1, 'P-2'), to(2, 'P-2'), to(3, 'P-1', '2')],
      [[], [], ['QUANTITY SOLD_OUT']],
    ],
    [
      'is ordered by itself',
      [to(1, 'P-1'), to(1, 'YL-5'), to(1, 'Q'), to(2, 'YL-5'), to(2, 'Q')],
      [[], ['GOODS PRESALE_ALONE'], ['GOODS PRESALE_ALONE'], [], ['GOODS PRESALE_ALONE']],
    ],
  ])('%s', (_, changes, faults) => {
    expect(of(changes)).toEqual(faults);
  });
});

it('marks the rows whose seller sends nothing there, and no others of the parcel', () => {
  const checked = check({}, { GOODS: 'YL-9' });
  const unserved = new Map(checked.map(({ rowNo }) => [rowNo, ['mer_9']]));
  const marked = markUnserved(checked, unserved, (variantId) => (variantId === 'var_9' ? 'mer_9' : 'mer_5'));

  expect(marked.map(saysOf)).toEqual([[], ['COUNTY NOT_SERVED']]);
});

it('says every fault in two languages and reads back what it keeps', () => {
  const faults = ROW_FAULTS.map((code) => ({ column: 'GOODS' as const, code }));

  expect(faultsOf(faultsText(faults))).toEqual(faults);
  for (const fault of faults) {
    const { zh, en } = faultMessage(fault);
    expect(zh).toMatch(/^货号：./);
    expect(en).toMatch(/^Goods code .+\.$/);
  }
  // Six columns with one fault each are what a row can have at most, and fit into their column.
  expect(faultsText(faults.slice(0, 7)).length).toBeLessThan(400);
});
