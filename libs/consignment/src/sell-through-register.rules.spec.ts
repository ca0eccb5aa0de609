import type { SellThroughLine } from './sell-through.entity.js';
import { causeOf, partsOf, reversalsOf, salesOf } from './sell-through-register.rules.js';

const line = {
  id: 'stl_1',
  month: '2026-11-01',
  revision: 2,
  channelPointId: 'chp_1',
  soldOn: '2026-11-05',
  quantity: 3,
  amountFen: 1_000n,
} as const satisfies Partial<SellThroughLine>;

it('a revision has a key of its own', () => {
  expect(causeOf(line)).toBe('sell_through:stl_1:2');
});

it.each([
  ['one batch', 3, 1_000n, [['bat_1', 3]], ['1 bat_1 3 1000']],
  [
    'two batches',
    3,
    1_000n,
    [
      ['bat_1', 1],
      ['bat_2', 2],
    ],
    ['1 bat_1 1 333', '2 bat_2 2 667'],
  ],
  [
    'a batch, and what none was there of',
    3,
    1_000n,
    [
      ['bat_1', 2],
      ['', 1],
    ],
    ['1 bat_1 2 667', '2  1 333'],
  ],
  [
    'less money than parts',
    3,
    1n,
    [
      ['bat_1', 1],
      ['bat_2', 2],
    ],
    ['1 bat_1 3 1'],
  ],
  ['taken back', 0, 0n, [], []],
] as const)('%s', (_, quantity, amountFen, taken, expected) => {
  const parts = partsOf(
    { ...line, quantity, amountFen },
    taken.map(([batchId, units]) => ({ batchId, quantity: units })),
  );
  expect(parts.map((part) => `${part.partNo} ${part.batchId} ${part.quantity} ${part.amountFen}`)).toEqual(
    expected,
  );
});

it('is told as sales elsewhere are, by trace code where the batch is known, and goes back under the same numbers', () => {
  const parts = partsOf(line, [
    { batchId: 'bat_1', quantity: 2 },
    { batchId: '', quantity: 1 },
  ]);
  const known = {
    productId: 'prd_1',
    netWeightG: 500,
    place: { kind: 'ZONE', countyCode: '430225' },
    traceCodeOf: new Map([['bat_1', 'TRACE-1']]),
  };

  const sales = salesOf(line, parts, 'sth_1', known);

  expect(sales).toEqual([
    {
      type: 'SALE',
      orderNo: '2026-11',
      lineNo: 'stl_1.2.1',
      paidAt: '2026-11-05T00:00:00+08:00',
      deliveredAt: '2026-11-05T00:00:00+08:00',
      paymentRef: 'sth_1',
      amountFen: '667',
      quantity: 2,
      weightG: 1_000,
      traceCode: 'TRACE-1',
      channelKind: 'ZONE',
      channelPointId: 'chp_1',
      saleCountyCode: '430225',
      buyerKind: 'UNKNOWN',
    },
    expect.objectContaining({ lineNo: 'stl_1.2.2', amountFen: '333', productId: 'prd_1' }),
  ]);
  expect(reversalsOf(line, parts)).toEqual([
    {
      type: 'REVERSAL',
      orderNo: '2026-11',
      lineNo: 'stl_1.2.1',
      reversalNo: 'corrected',
      reversedAt: '2026-11-05T00:00:00+08:00',
      amountFen: '667',
      quantity: 2,
    },
    expect.objectContaining({ lineNo: 'stl_1.2.2', amountFen: '333' }),
  ]);
});
