import { boundOf, findingOfDifference, findingsOfSale, goodsBackOf } from './volume-books.rules.js';

const SALE = { orderId: 'ord_1', splitFen: 500n, goodsBackFen: 100n, paidFen: 500n, refundedFen: 100n };

it('finds nothing wrong with a sale that both have alike', () => {
  expect(findingsOfSale(SALE, '2026-11-20')).toEqual([]);
});

it.each([
  [{ paidFen: 499n }, 'AMOUNT', 'ord_1', 500n, 499n],
  [{ paidFen: 0n }, 'MISSING_INTERNAL', 'ord_1', 500n, 0n],
  [{ splitFen: 0n }, 'MISSING_EXTERNAL', 'ord_1', 0n, 500n],
  [{ refundedFen: 0n }, 'MISSING_INTERNAL', 'ord_1:refunded', 100n, 0n],
  [{ goodsBackFen: 0n }, 'MISSING_EXTERNAL', 'ord_1:refunded', 0n, 100n],
])('finds a sale of which they differ: %j', (changes, breakClass, subject, expectedFen, actualFen) => {
  expect(findingsOfSale({ ...SALE, ...changes }, '2026-11-20')).toMatchObject([
    { breakClass, subject, expectedFen, actualFen, detail: { day: '2026-11-20' } },
  ]);
});

it('counts of refunds the goods, and neither freight nor what was never kept', () => {
  const refunds = [
    { id: 'rfd_1', orderId: 'ord_1' },
    { id: 'rfd_2', orderId: 'ord_1' },
  ] as const;
  const lines = [
    { refundId: 'rfd_1', orderLineId: 'oln_1', goodsFen: 30n },
    { refundId: 'rfd_2', orderLineId: 'oln_2', goodsFen: 12n },
    { refundId: 'rfd_2', orderLineId: '', goodsFen: 900n },
  ] as const;
  expect([...goodsBackOf(refunds, lines)]).toEqual([['ord_1', 42n]]);
});

it.each([
  [[['a'], ['b']], 2, null],
  [[['a', 'd'], ['b']], 2, 'd'],
  [
    [
      ['a', 'd'],
      ['b', 'c'],
    ],
    2,
    'c',
  ],
  [[[], []], 2, null],
])('of the pages %j of %i both are complete up to %s', (pages, limit, bound) => {
  expect(boundOf(pages, limit)).toBe(bound);
});

it('F11: names county, product, day and every figure that differs', () => {
  const row = {
    day: '2026-11-20',
    originCountyCode: '430225',
    productId: 'prd_1',
    orderedFen: 0n,
    paidFen: 5n,
    refundedFen: 0n,
    deliveredFen: 0n,
    recognisedFen: -7n,
    foundAt: new Date(0),
  };
  expect(findingOfDifference(row)).toMatchObject({
    subject: '2026-11-20 430225 prd_1',
    actualFen: -7n,
    detail: { county: '430225', product: 'prd_1', day: '2026-11-20', paidFen: '5', recognisedFen: '-7' },
  });
});
