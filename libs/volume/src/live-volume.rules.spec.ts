import fc from 'fast-check';
import {
  type LiveRow,
  type LiveSale,
  entryOf,
  liveVolumeOf,
  memberOf,
  orderCountsOf,
  saleOf,
  wholeMinuteAt,
} from './live-volume.rules.js';

const DAY = '2026-11-02';
const dataAsOf = new Date('2026-11-02T02:00:00.123Z');

function row(originCountyCode: string, channelKind: LiveRow['channelKind'], paidFen: bigint): LiveRow {
  const rest = {
    orderedFen: paidFen + 1n,
    refundedFen: 0n,
    deliveredFen: 0n,
    recognisedFen: 0n,
    certifiedFen: 0n,
  };
  return { originCountyCode, channelKind, paidFen, ...rest };
}

function sale(lineId: string, originCountyCode: string): LiveSale {
  return {
    lineId,
    paidAt: dataAsOf,
    originCountyCode,
    productId: 'prd_peach',
    channelKind: 'PAVILION',
    paidFen: 9_007_199_254_740_993n,
    isCertified: true,
  };
}

const live = {
  rows: [
    row('430224', 'ONLINE', 500n),
    row('430225', 'PAVILION', 300n),
    row('430225', 'ONLINE', 20n),
    row('', 'ONLINE', 1n),
  ],
  sales: [sale('oln_3', '430225'), sale('oln_2', ''), sale('oln_1', '430224')],
  orders: [
    { counties: ['430224', '430225'], count: 2 },
    { counties: ['430225'], count: 3 },
    { counties: [''], count: 1 },
  ],
  ordersMinuteAt: new Date('2026-11-02T01:58:00Z'),
  dataAsOf,
};

it.each([
  // scope                   total   counties                    sales
  ['ALL' as const, 821n, ['430224', '430225', ''], ['oln_3', 'oln_2', 'oln_1']],
  [['430200'], 820n, ['430224', '430225'], ['oln_3', 'oln_1']],
  [['430225'], 320n, ['430225'], ['oln_3']],
  [['430224', '430225'], 820n, ['430224', '430225'], ['oln_3', 'oln_1']],
  [['430281'], 0n, [], []],
  [[], 0n, [], []],
  [[''], 0n, [], []],
])('shows to %j what is theirs', (scope, totalFen, counties, sales) => {
  const seen = liveVolumeOf(DAY, live, scope);

  expect(seen.totals.paidFen).toBe(totalFen);
  expect(seen.counties.map(({ originCountyCode }) => originCountyCode)).toEqual(counties);
  expect(seen.sales.map(({ lineId }) => lineId)).toEqual(sales);
  expect(seen).toMatchObject({ day: DAY, dataAsOf });
});

it.each([
  ['ALL' as const, 6],
  [['430200'], 5],
  [['430224'], 2],
  [['430225'], 5],
  [['430281'], 0],
  [[], 0],
])('of the orders of a minute %j is shown %s, each once', (scope, ordersPerMinute) => {
  const seen = liveVolumeOf(DAY, live, scope);

  expect(seen).toMatchObject({ ordersPerMinute, ordersMinuteAt: live.ordersMinuteAt });
  expect(liveVolumeOf(DAY, { ...live, orders: null }, scope).ordersPerMinute).toBeNull();
});

it('an order is counted once, whatever of it is counted when', () => {
  const members = [
    ['430225', 'TAOYUAN/ord_1'],
    ['430224', 'TAOYUAN/ord_1'],
    ['430225', 'TAOYUAN/ord_1'],
    ['430225', 'POS|1/7'],
    ['430225', 'TAOYUAN/ord_2'],
  ].map(([originCountyCode = '', orderKey = '']) =>
    memberOf({ originCountyCode, orderKey, paidAt: dataAsOf }),
  );

  expect(orderCountsOf(members)).toEqual([
    { counties: ['430224', '430225'], count: 1 },
    { counties: ['430225'], count: 2 },
  ]);
  expect(orderCountsOf([])).toEqual([]);
});

it.each([
  ['2026-11-02T02:01:14.999Z', '2026-11-02T01:59:00.000Z'],
  ['2026-11-02T02:01:15.000Z', '2026-11-02T02:00:00.000Z'],
  ['2026-11-02T02:02:14.999Z', '2026-11-02T02:00:00.000Z'],
])('at %s the last whole minute began at %s', (now, minute) => {
  expect(wholeMinuteAt(new Date(now)).toISOString()).toBe(minute);
});

it('shows the latest twenty', () => {
  const sales = Array.from({ length: 30 }, (_, n) => sale(`oln_${n}`, '430225'));

  const seen = liveVolumeOf(DAY, { ...live, sales }, 'ALL').sales;

  expect(seen).toEqual(sales.slice(0, 20));
});

it('keeps every fen of a sale on its way through Redis', () => {
  expect(saleOf(entryOf(sale('oln_1', '430225')))).toEqual(sale('oln_1', '430225'));
});

it('adds up to the same totals along counties and channels, whatever was sold', () => {
  const rows = fc.array(
    fc.tuple(
      fc.constantFrom('', '430224', '430225', '430281'),
      fc.constantFrom('ONLINE', 'PAVILION', 'COUNTER', 'UNKNOWN'),
      fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
    ),
  );
  fc.assert(
    fc.property(rows, (history) => {
      const seen = liveVolumeOf(DAY, { ...live, rows: history.map((of) => row(...of)) }, 'ALL');
      const sum = (parts: readonly { readonly figures: { readonly paidFen: bigint } }[]) =>
        parts.reduce((total, { figures }) => total + figures.paidFen, 0n);

      expect(sum(seen.counties)).toBe(seen.totals.paidFen);
      expect(sum(seen.channels)).toBe(seen.totals.paidFen);
    }),
  );
});
