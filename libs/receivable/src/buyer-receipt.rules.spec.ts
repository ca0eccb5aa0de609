import { refused } from '#libs/kernel';
import { type ReceiptWish, allocateReceipt, receiptHash, refuseReceipt } from './buyer-receipt.rules.js';

const WISH: ReceiptWish = {
  unitId: 'pru_1',
  source: 'BANK',
  reference: 'ICBC-0001',
  amountFen: 1_000n,
  receivedOn: '2026-11-02',
  allocations: null,
};
const OPEN = [
  { orderId: 'ord_c', dueOn: '2026-12-03', openFen: 300n },
  { orderId: 'ord_b', dueOn: '2026-12-01', openFen: 500n },
  { orderId: 'ord_a', dueOn: '2026-12-03', openFen: 400n },
];

describe('a receipt', () => {
  it.each<[string, Partial<ReceiptWish>, readonly string[]]>([
    ['as it should be', {}, []],
    ['of yesterday', { receivedOn: '2026-11-01' }, []],
    ['of tomorrow', { receivedOn: '2026-11-03' }, ['receivedOn']],
    ['of nothing', { amountFen: 0n }, ['amountFen']],
    ['of less than nothing', { amountFen: -1n }, ['amountFen']],
    ['without a number', { reference: '' }, ['reference']],
    ['with a number that is none', { reference: '流水一二三四' }, ['reference']],
    ['for an order twice', { allocations: [one('ord_a', 1n), one('ord_a', 1n)] }, ['allocations']],
    ['for an order with nothing', { allocations: [one('ord_a', 0n)] }, ['allocations']],
    ['for more than it is', { allocations: [one('ord_a', 999n), one('ord_b', 2n)] }, ['allocations']],
  ])('%s', (_, changes, paths) => {
    const refusal = refuseReceipt({ ...WISH, ...changes }, '2026-11-02');

    expect(refusal?.fields.map(({ path }) => path) ?? []).toEqual(paths);
  });

  it('is another one with other content, and the same in whatever order its orders are named', () => {
    const [a, b] = [one('ord_a', 1n), one('ord_b', 2n)];
    const hash = receiptHash({ ...WISH, allocations: [a, b] });

    expect(receiptHash({ ...WISH, allocations: [b, a] })).toEqual(hash);
    for (const other of [
      WISH,
      { ...WISH, allocations: [a] },
      { ...WISH, allocations: [a, b], amountFen: 1n },
      { ...WISH, allocations: [a, b], unitId: 'pru_2' },
      { ...WISH, allocations: [a, b], receivedOn: '2026-11-01' },
    ])
      expect(receiptHash(other)).not.toEqual(hash);
  });

  it.each([
    [0n, []],
    [499n, [['ord_b', 499n]]],
    [500n, [['ord_b', 500n]]],
    [
      901n,
      [
        ['ord_b', 500n],
        ['ord_a', 400n],
        ['ord_c', 1n],
      ],
    ],
    [
      9_999n,
      [
        ['ord_b', 500n],
        ['ord_a', 400n],
        ['ord_c', 300n],
      ],
    ],
  ] as const)(
    'of %s pays the oldest due first, and of one day in the order of ids: %j',
    (amountFen, expected) => {
      const paid = allocateReceipt(OPEN, { amountFen, allocations: null });
      if (refused(paid)) throw new Error(paid.message.en);

      expect(paid.map(({ orderId, amountFen: part }) => [orderId, part])).toEqual(expected);
    },
  );

  it.each([
    [[one('ord_c', 300n)], null],
    [[one('ord_c', 301n)], ['allocations.0.amountFen']],
    [[one('ord_a', 1n), one('ord_other', 1n)], ['allocations.1.amountFen']],
  ] as const)('pays what is said and no more than is owed: %j', (allocations, paths) => {
    const paid = allocateReceipt(OPEN, { amountFen: 1_000n, allocations });

    if (paths === null) expect(paid).toEqual(allocations);
    else expect(refused(paid) && paid.fields.map(({ path }) => path)).toEqual(paths);
  });
});

function one(orderId: string, amountFen: bigint) {
  return { orderId, amountFen };
}
