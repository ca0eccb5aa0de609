import { resultRows } from './bulk-file.rules.js';
import type { BulkParcelView, BulkRowView } from './bulk-order.reader.js';
import { type BulkOrderWish, isSameWish, refusePrepaid, stateAfter } from './bulk-order.rules.js';

it.each([
  ['PLACING', 'EACH_BY_ITSELF', 3, 1, 'PLACING'],
  ['PLACING', 'EACH_BY_ITSELF', 0, 3, 'PLACED'],
  ['PLACING', 'ALL_OR_NOTHING', 3, 0, 'PLACING'],
  ['PLACING', 'ALL_OR_NOTHING', 3, 1, 'UNDOING'],
  ['PLACING', 'ALL_OR_NOTHING', 0, 1, 'UNDOING'],
  ['PLACING', 'ALL_OR_NOTHING', 0, 0, 'PLACED'],
  ['SIGNING', 'ALL_OR_NOTHING', 1, 1, 'SIGNING'],
  ['SIGNING', 'EACH_BY_ITSELF', 0, 1, 'SIGNED'],
  ['UNDOING', 'ALL_OR_NOTHING', 1, 0, 'UNDOING'],
  ['UNDOING', 'ALL_OR_NOTHING', 0, 1, 'UNDONE'],
] as const)('%s, %s, with %d left and %d refused, is %s', (state, mode, left, refusals, next) => {
  expect(stateAfter(state, { mode, left, refusals })).toBe(next);
});

const WISH: BulkOrderWish = {
  bulkOrderId: 'blk_1',
  totalFen: 100n,
  mode: 'EACH_BY_ITSELF',
  paymentTerm: 'ON_ACCOUNT',
  isForUnion: true,
  invoiceTitleId: '',
  campaignCode: '',
};

it.each([
  [{}, true],
  [{ totalFen: 101n }, false],
  [{ mode: 'ALL_OR_NOTHING' }, false],
  [{ paymentTerm: 'PREPAID' }, false],
  [{ isForUnion: false }, false],
  [{ invoiceTitleId: 'pit_1' }, false],
  [{ campaignCode: 'MONTH' }, false],
] as const)('saying yes again with %j is the same: %s', (change, isSame) => {
  expect(isSameWish({ ...WISH, confirmedAt: new Date() }, { ...WISH, ...change })).toBe(isSame);
  expect(isSameWish({ ...WISH, confirmedAt: null }, { ...WISH, ...change })).toBe(false);
});

it.each([
  ['PREPAID', 20, true],
  ['PREPAID', 21, false],
  ['ON_ACCOUNT', 2_000, true],
] as const)('%s for %d recipients: %s', (paymentTerm, parcels, isTaken) => {
  expect(refusePrepaid({ paymentTerm }, parcels) === null).toBe(isTaken);
});

it('tells of every row what became of it, in the language of whoever reads', () => {
  const row = (rowNo: number, parcelNo: number | null, faults: BulkRowView['faults'] = []): BulkRowView => ({
    rowNo,
    parcelNo,
    recipient: '=李桂英',
    phone: '139',
    county: '炎陵县',
    address: '路',
    goods: 'YL-5',
    quantity: '1',
    faults,
  });
  const parcel = (parcelNo: number, changes: Partial<BulkParcelView>): BulkParcelView => ({
    bulkOrderId: 'blk_1',
    parcelNo,
    name: '李桂英',
    phone: '139',
    countyCode: '430225',
    address: '路',
    totalFen: 1_080n,
    state: 'PLACED',
    orderId: `ord_${parcelNo}`,
    refusal: null,
    ...changes,
  });
  const refusal = { code: 'INSUFFICIENT_STOCK', message: { zh: '库存不足', en: 'Sold out.' } };
  const whole = {
    rows: [row(2, 1), row(3, 2), row(4, 3), row(5, null, [{ column: 'GOODS', code: 'GOODS_UNKNOWN' }])],
    parcels: [parcel(1, {}), parcel(2, {}), parcel(3, { state: 'REFUSED', orderId: null, refusal })],
  };
  const told = (locale: 'zh-CN' | 'en') =>
    resultRows(whole, new Set(['ord_2']), locale).map((cells) => [cells[0], ...cells.slice(7)]);

  expect(told('zh-CN')).toEqual([
    ['行号', '结果', '订单号', '订单金额', '说明'],
    ['2', '已下单', 'ord_1', '¥10.80', ''],
    ['3', '订单已取消', 'ord_2', '¥10.80', ''],
    ['4', '未能下单', '', '¥10.80', '库存不足'],
    ['5', '有误', '', '', '货号：没有这个货号'],
  ]);
  expect(told('en')[4]).toEqual(['5', 'faulty', '', '', 'Goods code is no code of goods.']);
});
