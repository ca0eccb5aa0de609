import { endOf, onItsWay, refuseTransfer, transferHash } from './stock-transfer.rules.js';

const peach = { variantId: 'var_1', batchId: 'bat_1', quantity: 2 };
const wish = {
  merchantId: 'mer_1',
  fromPointId: null,
  toPointId: 'chp_1',
  note: '',
  lines: [peach],
  causeKey: 'go-1',
};

it.each([
  ['nothing', {}, []],
  ['from a place to itself', { toPointId: null }, ['toPointId']],
  ['no goods', { lines: [] }, ['lines']],
  ['a batch twice', { lines: [peach, peach] }, ['lines.1']],
  ['no key', { causeKey: '' }, ['causeKey']],
  ['too many words', { note: '字'.repeat(401) }, ['note']],
] as const)('refuses %s', (_, change, paths) => {
  expect(refuseTransfer({ ...wish, ...change })?.fields.map(({ path }) => path) ?? []).toEqual(paths);
});

it('is another one where anything is another', () => {
  for (const other of [{ toPointId: 'chp_2' }, { note: '中秋' }, { lines: [{ ...peach, quantity: 3 }] }])
    expect(transferHash({ ...wish, ...other })).not.toBe(transferHash(wish));
});

const line = (quantity: number, receivedUnits = 0, lostUnits = 0, returnedUnits = 0) => ({
  quantity,
  receivedUnits,
  lostUnits,
  returnedUnits,
});

it.each([
  ['nothing said yet', [line(5)], 5, null],
  ['some received', [line(5, 3)], 2, null],
  ['all received', [line(5, 5)], 0, 'RECEIVED'],
  ['received and lost', [line(5, 3, 2)], 0, 'RECEIVED'],
  ['all lost', [line(5, 0, 5)], 0, 'RECEIVED'],
  ['received and called back', [line(5, 3, 0, 2)], 0, 'RECEIVED'],
  ['all called back', [line(5, 0, 0, 5)], 0, 'CANCELLED'],
  ['one of two lines on its way', [line(5, 5), line(2, 1)], 1, null],
] as const)('%s', (_, lines, left, end) => {
  expect(lines.reduce((sum, each) => sum + onItsWay(each), 0)).toBe(left);
  expect(endOf(lines)).toBe(end);
});
