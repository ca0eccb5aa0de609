import { refused } from '#libs/kernel';
import {
  type VolumeAxis,
  VolumeFactService,
  type VolumeFilter,
  type VolumeLine,
  VolumeReader,
  VolumeRollupService,
  factsOfPaid,
  factsOfPlaced,
  factsOfReceived,
  factsOfRefunded,
  factsOfReversed,
} from '#libs/volume';
import { VolumeFactRepository } from '../../libs/volume/src/volume-fact.repository.js';
import { VolumeRollupRepository } from '../../libs/volume/src/volume-rollup.repository.js';
import { FakeClock } from '../harness/clock.js';
import { type TestDatabase, createTestDatabase } from '../harness/database.js';
import { countStatements, statementsOf } from '../harness/statements.js';

const ROLL_MAX = 1_000;

const line = (lineId: string, goodsFen: bigint, more: Partial<VolumeLine> = {}): VolumeLine => ({
  lineId,
  goodsFen,
  quantity: 2,
  weightG: 5000n,
  originCountyCode: '430225',
  productId: 'prd_peach',
  merchantId: 'mer_1',
  channelKind: 'PAVILION',
  channelPointId: 'chp_1',
  saleCountyCode: '430202',
  buyerKind: 'CONSUMER',
  isCertified: true,
  linkageAgreementId: '',
  ...more,
});

describe('the volume register', () => {
  let test: TestDatabase;
  let facts: VolumeFactService;
  let rollups: VolumeRollupService;
  let reader: VolumeReader;
  const clock = new FakeClock();

  beforeAll(async () => {
    test = await createTestDatabase();
    facts = new VolumeFactService(new VolumeFactRepository(clock));
    rollups = new VolumeRollupService(test.database, new VolumeRollupRepository());
    reader = new VolumeReader(test.database, clock);
  });
  afterEach(async () => {
    await test.database.transaction(async (tx) => {
      for (const table of ['volume_fact', 'volume_fact_waiting', 'volume_day', 'volume_month'])
        await tx.write(`DELETE FROM ${table}`);
    });
    clock.set('2026-11-02T02:00:00.000Z');
  });
  afterAll(() => test.drop());

  const record = (...batch: Parameters<VolumeFactService['record']>[1]) =>
    test.database.transaction((tx) => facts.record(tx, batch));
  const rollAll = async () => {
    while ((await rollups.rollUp(ROLL_MAX)) > 0);
  };
  const ask = async (
    filter: Partial<VolumeFilter>,
    groupBy: VolumeAxis[] = [],
    scope: readonly string[] | 'ALL' = 'ALL',
  ) => {
    const report = await reader.report({ from: '2026-01-01', to: '2027-12-31', ...filter }, groupBy, scope);
    if (refused(report)) throw new Error(report.message.en);
    return report;
  };
  const contents = async () => ({
    days: await test.database.query('SELECT * FROM volume_day ORDER BY 1, 2, 3, 4, 5, 6'),
    months: await test.database.query('SELECT * FROM volume_month ORDER BY 1, 2, 3, 4, 5'),
  });
  const paidAt = new Date('2026-10-30T02:00:00Z');
  const receivedAt = new Date('2026-10-31T02:00:00Z');

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
      for (const fact of told) await record(fact);
      await rollAll();
    }

    expect((await ask({})).totals).toEqual({
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

  it('F2: takes a refund off in its own month, and leaves the month before as it was', async () => {
    const sale = [line('oln_3', 3483n)];
    await record(...factsOfReceived(sale, paidAt, receivedAt));
    await rollAll();
    const refund = [
      {
        refundId: 'rfd_1',
        lineId: 'oln_3',
        goodsFen: 1126n,
        quantity: 0,
        settledAt: new Date('2026-11-05T02:00:00Z'),
      },
    ];
    await record(...factsOfReversed(sale, paidAt, receivedAt, refund));
    await rollAll();

    const { rows } = await ask({}, ['MONTH']);

    expect(rows).toMatchObject([
      { month: '2026-10-01', recognisedFen: 3483n },
      { month: '2026-11-01', recognisedFen: -1126n },
    ]);
    const origins = await test.database.query('SELECT DISTINCT origin_day AS day FROM volume_fact');
    expect(origins).toEqual([{ day: '2026-10-30' }]);
  });

  it('F8: puts 15:59:59Z into October and 16:00:00Z into November', async () => {
    await record(
      ...factsOfPaid([line('oln_1', 1n)], new Date('2026-10-31T15:59:59Z')),
      ...factsOfPaid([line('oln_2', 2n)], new Date('2026-10-31T16:00:00Z')),
    );
    await rollAll();

    expect((await ask({}, ['DAY'])).rows).toMatchObject([
      { day: '2026-10-31', paidFen: 1n },
      { day: '2026-11-01', paidFen: 2n },
    ]);
    expect((await ask({}, ['MONTH'])).rows).toMatchObject([
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
    await record(
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
    await rollAll();

    const { rows, totals } = await ask({}, [axis]);

    expect(totals).toMatchObject({ recognisedFen: 127n, certifiedFen: 107n, quantity: 8, weightG: 20_000 });
    expect(rows.reduce((sum, row) => sum + row.recognisedFen, 0n)).toBe(127n);
    expect(rows.length).toBeGreaterThan(1);
  });

  it('answers whole months from the coarser rollup, the same as from days', async () => {
    await record(
      ...factsOfReceived(
        [line('oln_1', 100n), line('oln_2', 20n, { productId: 'prd_tea' })],
        paidAt,
        receivedAt,
      ),
    );
    await rollAll();
    const whole = { from: '2026-10-01', to: '2026-10-31' };
    let fromMonths: unknown;

    const statements = await statementsOf(async () => {
      fromMonths = (await ask(whole, ['MONTH', 'PRODUCT'])).rows;
    });

    expect(statements.at(-1)).toContain('FROM volume_month');
    expect(fromMonths).toEqual((await ask({ ...whole, from: '2026-09-30' }, ['MONTH', 'PRODUCT'])).rows);
  });

  it('narrows by county, product, channel and certificate', async () => {
    await record(
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
    await rollAll();
    const recognised = async (filter: Partial<VolumeFilter>) => (await ask(filter)).totals.recognisedFen;

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
    await record(
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
    await rollAll();

    expect((await ask({}, [], scope)).totals.recognisedFen).toBe(expected);
    expect(
      (await ask({ countyCodes: ['430225', '430224', '430124'] }, ['DAY'], scope)).totals.recognisedFen,
    ).toBe(expected);
  });

  it('says since when facts wait, and that figures may still move', async () => {
    await record(...factsOfReceived([line('oln_1', 1n)], paidAt, receivedAt));
    const recordedAt = clock.now();
    clock.advance(60_000);

    expect(await ask({ from: '2020-01-01', to: '2020-12-31' })).toMatchObject({
      isProvisional: true,
      dataAsOf: recordedAt,
    });

    await rollAll();
    expect(await ask({ from: '2020-01-01', to: '2020-12-31' })).toMatchObject({
      isProvisional: false,
      dataAsOf: clock.now(),
    });
    expect(await ask({ from: '2026-10-01', to: '2026-10-31' })).toMatchObject({ isProvisional: true });
    clock.set('2026-11-05T16:00:00Z');
    expect(await ask({ from: '2026-10-01', to: '2026-10-31' })).toMatchObject({ isProvisional: false });
  });

  it('F10: rebuilds byte by byte what was thrown away or altered, and leaves waiting facts to the rollers', async () => {
    const lines = Array.from({ length: 300 }, (_, n) =>
      line(`oln_${n}`, BigInt(n * 7 + 1), {
        originCountyCode: `43022${n % 6}`,
        productId: `prd_${n % 9}`,
        isCertified: n % 2 === 0,
        channelPointId: `chp_${n % 4}`,
      }),
    );
    for (const [index, one] of lines.entries()) {
      if (index % 50 === 0) await rollAll();
      await record(...factsOfReceived([one], paidAt, new Date(receivedAt.getTime() + index * 7_200_000)));
    }
    await rollAll();
    const before = await contents();
    await test.database.transaction(async (tx) => {
      await tx.write('DELETE FROM volume_month');
      await tx.write('UPDATE volume_day SET paid_fen = paid_fen + 1 LIMIT 3');
    });
    await record(...factsOfPaid([line('oln_late', 5n)], paidAt));

    await rollups.rebuild();

    expect(await contents()).toEqual(before);
    await rollAll();
    expect((await ask({})).totals.paidFen).toBe(5n);
  });

  it('counts every fact once while many roll, record and rebuild at once', async () => {
    const recordAndRoll = async (worker: number) => {
      for (let n = 0; n < 15; n += 1) {
        await record(
          ...factsOfPaid([line(`oln_${worker}_${n}`, 10n, { productId: `prd_${n % 3}` })], paidAt),
        );
        await rollups.rollUp(7);
        if (worker === 0 && n % 5 === 0) await rollups.rebuild();
      }
    };

    await Promise.all(Array.from({ length: 6 }, (_, worker) => recordAndRoll(worker)));
    await rollAll();

    expect((await ask({})).totals.paidFen).toBe(900n);
    const before = await contents();
    await rollups.rebuild();
    expect(await contents()).toEqual(before);
  });

  it('rolls any number of facts with the same number of statements', async () => {
    const sell = (count: number) =>
      record(
        ...factsOfPaid(
          Array.from({ length: count }, (_, n) => line(`oln_${count}_${n}`, 1n, { productId: `prd_${n}` })),
          paidAt,
        ),
      );
    await sell(1);
    const forOne = await countStatements(() => rollups.rollUp(ROLL_MAX));
    await sell(500);

    expect(await countStatements(() => rollups.rollUp(ROLL_MAX))).toBe(forOne);
    expect(forOne).toBe(7); // BEGIN, gate, waiting, days, months, delete, COMMIT
  });

  it('imports twenty thousand facts within seconds, once', async () => {
    const day = 86_400_000;
    const history = Array.from({ length: 20_000 }, (_, n) => {
      const {
        lineId: _lineId,
        goodsFen,
        quantity,
        weightG,
        ...attribution
      } = line('', BigInt(100 + n), {
        originCountyCode: `43022${n % 6}`,
        productId: `prd_${n % 40}`,
        channelPointId: '',
      });
      const eventAt = new Date(Date.UTC(2019, 0, 1, 4) + (n % 600) * day);
      const measures = {
        orderedFen: goodsFen,
        paidFen: goodsFen,
        deliveredFen: goodsFen,
        recognisedFen: goodsFen,
        quantity,
        weightG,
      };
      return {
        ...attribution,
        ...measures,
        factKey: `import:${n}`,
        eventAt,
        originDay: eventAt.toISOString().slice(0, 10),
      };
    });
    const load = () => test.database.transaction((tx) => facts.importFacts(tx, history));
    const startedAt = performance.now();

    expect(await load()).toBe(20_000);
    while ((await rollups.rollUp(5_000)) > 0);
    const elapsedMs = performance.now() - startedAt;

    expect(await load()).toBe(0);
    expect(elapsedMs).toBeLessThan(15_000);
    const total = history.reduce((sum, { recognisedFen }) => sum + recognisedFen, 0n);
    expect((await ask({ from: '2019-01-01', to: '2020-12-31' })).totals.recognisedFen).toBe(total);
    expect(await test.database.query('SELECT DISTINCT source FROM volume_fact')).toEqual([
      { source: 'IMPORT' },
    ]);
    if (process.env['LOG_LEVEL'] === 'info') console.log(`20,000 facts: ${Math.round(elapsedMs)} ms`);
  });

  it('refuses a question with too many rows, and one with faults', async () => {
    const lines = Array.from({ length: 10_001 }, (_, n) => line(`oln_${n}`, 1n, { productId: `prd_${n}` }));
    await record(...factsOfPaid(lines, paidAt));
    await rollAll();
    const filter = { from: '2026-01-01', to: '2026-12-31' };

    expect(await reader.report(filter, ['PRODUCT'], 'ALL')).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'groupBy' }],
    });
    expect((await ask(filter, ['COUNTY'])).rows).toHaveLength(1);
    expect(await reader.report({ from: '2026-02-01', to: '2026-01-01' }, [], 'ALL')).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it.each([
    ['volume_fact_source_known', { source: 'RUMOUR' }],
    ['volume_fact_channel_known', { channelKind: 'STREET' }],
    ['volume_fact_once', { factKey: 'good' }],
  ])('keeps %s', async (constraint, wrong) => {
    const row = {
      id: 'vfa_1',
      factKey: 'k',
      source: 'PLATFORM',
      channelKind: 'ONLINE',
      channelPointId: '',
      originCountyCode: '',
      productId: '',
      merchantId: '',
      saleCountyCode: '',
      buyerKind: '',
      isCertified: false,
      linkageAgreementId: '',
      eventAt: paidAt,
      eventDay: '2026-10-30',
      originDay: '2026-10-30',
      recordedAt: paidAt,
    };
    await test.database.transaction((tx) =>
      tx.insert('volume_fact', [{ ...row, id: 'vfa_good', factKey: 'good' }]),
    );

    const inserting = test.database.transaction((tx) => tx.insert('volume_fact', [{ ...row, ...wrong }]));

    await expect(inserting).rejects.toThrow(constraint);
  });
});
