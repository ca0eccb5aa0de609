import {
  type VolumeAxis,
  type VolumeFilter,
  factsOfPaid,
  factsOfPlaced,
  factsOfReceived,
  factsOfRefunded,
  factsOfReversed,
} from '#libs/volume';
import { fillPool } from '../harness/pool.js';
import { statementsOf } from '../harness/statements.js';
import { VolumeRooms, line } from './volume-rooms.js';

describe('the volume register', () => {
  let house: VolumeRooms;
  const paidAt = new Date('2026-10-30T02:00:00Z');
  const receivedAt = new Date('2026-10-31T02:00:00Z');

  beforeAll(async () => {
    house = await VolumeRooms.open();
  });
  afterEach(() => house.forget());
  afterAll(() => house.close());

  it('F3: counts the same happening once, however often and in whatever order it is told', async () => {
    const sale = [line('oln_1', 3483n)];
    const refund = [
      {
        refundId: 'rfd_1',
        lineId: 'oln_1',
        goodsFen: 1126n,
        quantity: 1,
        settledAt: new Date('2026-11-05T02:00:00Z'),
      },
    ];
    const told = [
      ...factsOfReversed(sale, paidAt, receivedAt, refund),
      ...factsOfReceived(sale, paidAt, receivedAt),
      ...factsOfRefunded(sale, paidAt, refund),
      ...factsOfPaid(sale, paidAt),
      ...factsOfPlaced(sale, paidAt),
    ];
    for (let n = 0; n < 5; n += 1) {
      for (const fact of told) await house.record(fact);
      await house.rollAll();
    }

    expect((await house.ask({})).totals).toEqual({
      orderedFen: 3483n,
      paidFen: 3483n,
      refundedFen: 1126n,
      deliveredFen: 3483n,
      recognisedFen: 2357n,
      certifiedFen: 2357n,
      quantity: 1,
      weightG: 2500,
    });
  });

  it('F3: is one fact when twenty tell of it at once', async () => {
    await fillPool(house.rooms.database);
    const told = factsOfPaid([line('oln_at_once', 700n)], paidAt);

    const added = await Promise.all(Array.from({ length: 20 }, () => house.record(...told)));
    await house.rollAll();

    expect(added.filter((count) => count > 0)).toEqual([1]);
    expect((await house.ask({})).totals).toMatchObject({ paidFen: 700n });
  });

  it('F2: takes a refund off in its own month, and leaves the month before as it was', async () => {
    const sale = [line('oln_3', 3483n)];
    await house.record(...factsOfReceived(sale, paidAt, receivedAt));
    await house.rollAll();
    const refund = [
      {
        refundId: 'rfd_1',
        lineId: 'oln_3',
        goodsFen: 1126n,
        quantity: 0,
        settledAt: new Date('2026-11-05T02:00:00Z'),
      },
    ];
    await house.record(...factsOfReversed(sale, paidAt, receivedAt, refund));
    await house.rollAll();

    const { rows } = await house.ask({}, ['MONTH']);

    expect(rows).toMatchObject([
      { month: '2026-10-01', recognisedFen: 3483n },
      { month: '2026-11-01', recognisedFen: -1126n },
    ]);
    const origins = await house.rooms.database.query('SELECT DISTINCT origin_day AS day FROM volume_fact');
    expect(origins).toEqual([{ day: '2026-10-30' }]);
  });

  it('F14: takes no more off a line than it was sold for, however it is told and by how many at once', async () => {
    const sale = [line('oln_14', 1000n)];
    const back = (refundId: string, goodsFen: bigint) => [
      { refundId, lineId: 'oln_14', goodsFen, quantity: 0, settledAt: receivedAt },
    ];
    const reverse = (refundId: string, goodsFen: bigint) =>
      house.record(
        ...factsOfRefunded(sale, paidAt, back(refundId, goodsFen)),
        ...factsOfReversed(sale, paidAt, receivedAt, back(refundId, goodsFen)),
      );

    await expect(reverse('rfd_0', 1001n)).rejects.toThrow('volume_line_refund_within');
    await reverse('rfd_1', 600n); // Told before the receipt.
    await reverse('rfd_1', 600n); // Told again.
    await house.record(...factsOfReceived(sale, paidAt, receivedAt));
    await expect(
      house.record(...factsOfReversed(sale, paidAt, receivedAt, back('rfd_2', 401n))),
    ).rejects.toThrow('volume_line_reversal_within');
    const both = await Promise.allSettled([reverse('rfd_3', 250n), reverse('rfd_4', 250n)]);
    await house.rollAll();

    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await house.ask({})).totals).toMatchObject({ refundedFen: 850n, recognisedFen: 150n });
  });

  it('F8: puts 15:59:59Z into October and 16:00:00Z into November', async () => {
    await house.record(
      ...factsOfPaid([line('oln_1', 1n)], new Date('2026-10-31T15:59:59Z')),
      ...factsOfPaid([line('oln_2', 2n)], new Date('2026-10-31T16:00:00Z')),
    );
    await house.rollAll();

    expect((await house.ask({}, ['DAY'])).rows).toMatchObject([
      { day: '2026-10-31', paidFen: 1n },
      { day: '2026-11-01', paidFen: 2n },
    ]);
    expect((await house.ask({}, ['MONTH'])).rows).toMatchObject([
      { month: '2026-10-01', paidFen: 1n },
      { month: '2026-11-01', paidFen: 2n },
    ]);
  });

  it.each<[VolumeAxis, string]>([
    ['DAY', 'F9'],
    ['MONTH', 'F9'],
    ['COUNTY', 'F9'],
    ['PRODUCT', 'F9'],
    ['CHANNEL', 'F9'],
    ['CERTIFIED', 'F9'],
  ])('adds up to the same along %s (%s)', async (axis) => {
    await house.record(
      ...factsOfReceived(
        [
          line('oln_1', 100n),
          line('oln_2', 20n, {
            originCountyCode: '430224',
            productId: 'prd_ginger',
            channelKind: 'ONLINE',
            channelPointId: '',
            isCertified: false,
          }),
          line('oln_3', 3n, { originCountyCode: '', productId: 'prd_tea' }),
        ],
        paidAt,
        receivedAt,
      ),
      ...factsOfReceived([line('oln_4', 4n)], paidAt, new Date('2026-11-01T02:00:00Z')),
    );
    await house.rollAll();

    const { rows, totals } = await house.ask({}, [axis]);

    expect(totals).toMatchObject({ recognisedFen: 127n, certifiedFen: 107n, quantity: 8, weightG: 20_000 });
    expect(rows.reduce((sum, row) => sum + row.recognisedFen, 0n)).toBe(127n);
    expect(rows.length).toBeGreaterThan(1);
  });

  it('answers whole months from the coarser rollup, the same as from days', async () => {
    await house.record(
      ...factsOfReceived(
        [line('oln_1', 100n), line('oln_2', 20n, { productId: 'prd_tea' })],
        paidAt,
        receivedAt,
      ),
    );
    await house.rollAll();
    const whole = { from: '2026-10-01', to: '2026-10-31' };
    let fromMonths: unknown;

    const statements = await statementsOf(async () => {
      fromMonths = (await house.ask(whole, ['MONTH', 'PRODUCT'])).rows;
    });

    expect(statements.at(-1)).toContain('FROM volume_product_month');
    expect(fromMonths).toEqual(
      (await house.ask({ ...whole, from: '2026-09-30' }, ['MONTH', 'PRODUCT'])).rows,
    );
  });

  it('narrows by county, product, channel and certificate', async () => {
    await house.record(
      ...factsOfReceived(
        [
          line('oln_1', 1n),
          line('oln_2', 2n, { originCountyCode: '430224' }),
          line('oln_3', 4n, { channelKind: 'ONLINE' }),
          line('oln_4', 8n, { isCertified: false, productId: 'prd_tea' }),
        ],
        paidAt,
        receivedAt,
      ),
    );
    await house.rollAll();
    const recognised = async (filter: Partial<VolumeFilter>) =>
      (await house.ask(filter)).totals.recognisedFen;

    expect(await recognised({ countyCodes: ['430225'] })).toBe(13n);
    expect(await recognised({ countyCodes: [] })).toBe(0n);
    expect(await recognised({ productIds: ['prd_tea', 'prd_none'] })).toBe(8n);
    expect(await recognised({ channels: ['ONLINE'] })).toBe(4n);
    expect(await recognised({ isCertified: true })).toBe(7n);
    expect(await recognised({ isCertified: false })).toBe(8n);
    expect(await recognised({ from: '2026-11-01' })).toBe(0n);
  });

  it.each<[string, readonly string[] | 'ALL', bigint]>([
    ['the platform', 'ALL', 7n],
    ['the city of Zhuzhou', ['430200'], 3n],
    ['the province', ['430000'], 7n],
    ['the county of Yanling', ['430225'], 1n],
    ['two counties', ['430225', '430124'], 5n],
    ['another city', ['430300'], 0n],
    ['a township', ['430225100'], 0n],
    ['nobody', [], 0n],
    ['an empty code', [''], 0n],
  ])('shows %s what lies within', async (_, scope, expected) => {
    await house.record(
      ...factsOfReceived(
        [
          line('oln_1', 1n),
          line('oln_2', 2n, { originCountyCode: '430224' }),
          line('oln_3', 4n, { originCountyCode: '430124' }),
        ],
        paidAt,
        receivedAt,
      ),
    );
    await house.rollAll();

    expect((await house.ask({}, [], scope)).totals.recognisedFen).toBe(expected);
    expect(
      (await house.ask({ countyCodes: ['430225', '430224', '430124'] }, ['DAY'], scope)).totals.recognisedFen,
    ).toBe(expected);
  });

  it('says since when facts wait, and that figures may still move: until the month is locked', async () => {
    await house.record(...factsOfReceived([line('oln_1', 1n)], paidAt, receivedAt));
    const recordedAt = house.rooms.clock.now();
    house.rooms.clock.advance(60_000);
    const history = { from: '2020-01-01', to: '2020-12-31' };
    const october = { from: '2026-10-01', to: '2026-10-31' };

    // Nobody has begun to close months.
    expect(await house.ask(history)).toMatchObject({ isProvisional: true, dataAsOf: recordedAt });
    await house.closes.keepBook();
    expect(await house.ask(history)).toMatchObject({ isProvisional: true, dataAsOf: recordedAt });

    await house.rollAll();
    expect(await house.ask(history)).toMatchObject({
      isProvisional: false,
      dataAsOf: house.rooms.clock.now(),
    });
    house.rooms.clock.set('2026-11-20T16:00:00Z');
    expect(await house.ask(october)).toMatchObject({ isProvisional: true });
    await house.lockMonth('2026-10-01');
    expect(await house.ask(october)).toMatchObject({ isProvisional: false });
    expect(await house.ask({ from: '2026-10-01', to: '2026-11-01' })).toMatchObject({ isProvisional: true });
    expect(await house.ask({ from: '2020-10-01', to: '2026-10-31' })).toMatchObject({ isProvisional: false });
  });

  it('refuses a question with too many rows, and one with faults', async () => {
    const lines = Array.from({ length: 10_001 }, (_, n) => line(`oln_${n}`, 1n, { productId: `prd_${n}` }));
    await house.record(...factsOfPaid(lines, paidAt));
    await house.rollAll();
    const filter = { from: '2026-01-01', to: '2026-12-31' };

    expect(await house.reader.report(filter, ['PRODUCT'], 'ALL')).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'groupBy' }],
    });
    expect((await house.ask(filter, ['COUNTY'])).rows).toHaveLength(1);
    expect(await house.reader.report({ from: '2026-02-01', to: '2026-01-01' }, [], 'ALL')).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });
});
