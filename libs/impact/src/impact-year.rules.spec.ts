import type { BoughtLine, PaidOrder } from '#libs/ordering';
import { refuseYear, spanOf, yearOf } from './impact-year.rules.js';

const order = (no: number, paidAt: string, isCancelled = false): PaidOrder => ({
  id: `ord_${no}`,
  paidAt: new Date(paidAt),
  isCancelled,
});
const line = (no: number, orderNo: number, changes: Partial<BoughtLine> = {}): BoughtLine => ({
  id: `oln_${no}`,
  orderId: `ord_${orderNo}`,
  productId: 'prd_1',
  productName: '炎陵黄桃',
  originCountyCode: '430225',
  quantity: 2,
  paidFen: 20_000n,
  ...changes,
});

describe('the year of a buyer', () => {
  it('adds up by month, county and product', () => {
    // Half an hour before midnight of Shanghai, and half an hour after.
    const orders = [order(1, '2026-01-31T15:30:00Z'), order(2, '2026-01-31T16:30:00Z')];
    const lines = [
      line(1, 1),
      line(2, 2, { productName: '炎陵高山黄桃', paidFen: 9_000n, quantity: 1 }),
      line(3, 2, {
        productId: 'prd_2',
        productName: '茶陵紫皮大蒜',
        originCountyCode: '430224',
        paidFen: 30_000n,
      }),
    ];

    expect(yearOf(orders, lines, new Map())).toEqual({
      spentFen: 59_000n,
      orderCount: 2,
      productCount: 2,
      countyCount: 2,
      months: [
        { month: 1, spentFen: 20_000n, orderCount: 1 },
        { month: 2, spentFen: 39_000n, orderCount: 1 },
      ],
      counties: [
        { countyCode: '430224', spentFen: 30_000n },
        { countyCode: '430225', spentFen: 29_000n },
      ],
      products: [
        { productId: 'prd_2', productName: '茶陵紫皮大蒜', quantity: 2, spentFen: 30_000n },
        { productId: 'prd_1', productName: '炎陵高山黄桃', quantity: 3, spentFen: 29_000n },
      ],
    });
  });

  it('takes off what came back, in the month in which it had been paid', () => {
    const orders = [order(1, '2026-03-01T00:00:00Z')];
    const returned = new Map([['oln_1', { quantity: 1, goodsFen: 10_000n }]]);

    expect(yearOf(orders, [line(1, 1)], returned)).toMatchObject({
      spentFen: 10_000n,
      months: [{ month: 3, spentFen: 10_000n, orderCount: 1 }],
      products: [{ quantity: 1, spentFen: 10_000n }],
    });
  });

  it('names nothing that came back whole, and counts no order that was called off', () => {
    const orders = [order(1, '2026-03-01T00:00:00Z', true)];
    const returned = new Map([['oln_1', { quantity: 2, goodsFen: 20_000n }]]);

    expect(yearOf(orders, [line(1, 1)], returned)).toEqual({
      spentFen: 0n,
      orderCount: 0,
      productCount: 0,
      countyCount: 0,
      months: [],
      counties: [],
      products: [],
    });
  });

  it('still counts what was called off and is on its way back, as volume does', () => {
    expect(yearOf([order(1, '2026-03-01T00:00:00Z', true)], [line(1, 1)], new Map())).toMatchObject({
      spentFen: 20_000n,
      orderCount: 0,
      months: [{ month: 3, spentFen: 20_000n, orderCount: 0 }],
    });
  });

  it('has every fen of every list in its sum, however long they are', () => {
    const lines = Array.from({ length: 60 }, (_, no) =>
      line(no, 1, {
        productId: `prd_${no}`,
        originCountyCode: String(430_000 + no),
        paidFen: BigInt(1_000 + no),
      }),
    );
    const year = yearOf([order(1, '2026-03-01T00:00:00Z')], lines, new Map());

    expect([year.spentFen, year.countyCount, year.productCount]).toEqual([61_770n, 60, 60]);
    expect([year.counties.length, year.products.length]).toEqual([50, 20]);
    expect(year.products[0]).toMatchObject({ productId: 'prd_59', spentFen: 1_059n });
  });
});

describe('a year', () => {
  it('is that of Shanghai', () => {
    expect(spanOf(2026)).toEqual({
      from: new Date('2025-12-31T16:00:00Z'),
      before: new Date('2026-12-31T16:00:00Z'),
    });
  });

  it.each([2014, 2101, 2026.5, Number.NaN])('is refused as %s', (year) => {
    expect(refuseYear(year)?.fields[0]?.path).toBe('year');
  });

  it.each([2015, 2026, 2100])('is fine as %s', (year) => {
    expect(refuseYear(year)).toBeNull();
  });
});
