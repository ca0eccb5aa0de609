import { listHash, listIn } from './bulk-sheet.rules.js';

const HEAD = ['收货人', '手机号', '县市区', '详细地址', '货号', '数量'];
const ROW = ['李桂英', '139 0000 1234', '430211', '泰山路 1 号', 'YL-5', '2'];

it('finds the columns by name, in any order, below a title, and leaves others alone', () => {
  const list = listIn([
    ['2027 年春节慰问清单'],
    [],
    ['序号', '数量 *', 'SKU', '地址', 'County', '联系电话', '姓名（必填）'.replace(/（.*/, ''), '备注'],
    ['1', '２', 'ＹＬ-5', '泰山路 1 号', '430211', '139 0000 1234', '李桂英', '谢谢'],
    ['', '', '', '', '', '', '', ''],
    ['3', '1'],
  ]);

  expect(list).toEqual([
    {
      rowNo: 4,
      cells: {
        RECIPIENT: '李桂英',
        PHONE: '13900001234',
        COUNTY: '430211',
        ADDRESS: '泰山路 1 号',
        GOODS: 'YL-5',
        QUANTITY: '2',
      },
    },
    {
      rowNo: 6,
      cells: { RECIPIENT: '', PHONE: '', COUNTY: '', ADDRESS: '', GOODS: '', QUANTITY: '1' },
    },
  ]);
});

it.each([
  [[['收货人', '数量']], ['PHONE', 'COUNTY', 'ADDRESS', 'GOODS']],
  [[[]], ['RECIPIENT', 'PHONE', 'COUNTY', 'ADDRESS', 'GOODS', 'QUANTITY']],
  [
    [['a'], ['b'], ['c'], ['d'], ['e'], HEAD],
    ['RECIPIENT', 'PHONE', 'COUNTY', 'ADDRESS', 'GOODS', 'QUANTITY'],
  ],
])('of %j says which columns are missing', (sheet, missing) => {
  expect(listIn(sheet)).toEqual({ missing });
});

it('is the same list in another order of columns, and another with one quantity more', () => {
  const hashOf = (sheet: string[][]) => {
    const list = listIn(sheet);
    return 'missing' in list ? 'none' : listHash(list).toString('hex');
  };
  const turned = [HEAD.toReversed(), ROW.toReversed()];

  expect(hashOf(turned)).toBe(hashOf([['清单'], HEAD, ROW]));
  expect(hashOf([HEAD, [...ROW.slice(0, 5), '3']])).not.toBe(hashOf([HEAD, ROW]));
});
