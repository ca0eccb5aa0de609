import { setTimeout as sleep } from 'node:timers/promises';
import { DAY_MS } from '#libs/kernel';
import { factsOfPaid, factsOfReceived } from '#libs/volume';
import { VolumeRollupRepository } from '../../libs/volume/src/volume-rollup.repository.js';
import { ROLLUPS } from '../../libs/volume/src/volume-rollup.rules.js';
import { countStatements } from '../harness/statements.js';
import { ROLL_MAX, VolumeRooms, line } from './volume-rooms.js';

describe('the rollups of volume', () => {
  let house: VolumeRooms;
  const paidAt = new Date('2026-10-30T02:00:00Z');
  const receivedAt = new Date('2026-10-31T02:00:00Z');

  beforeAll(async () => {
    house = await VolumeRooms.open();
  });
  afterEach(() => house.forget());
  afterAll(() => house.close());

  it('F10: rebuilds byte by byte what was thrown away or altered, and leaves waiting facts to the rollers', async () => {
    const lines = Array.from({ length: 300 }, (_, n) =>
      line(`oln_${n}`, BigInt(n * 7 + 1), {
        originCountyCode: `43022${n % 6}`,
        productId: `prd_${n % 9}`,
        isCertified: n % 2 === 0,
        channelPointId: `chp_${n % 4}`,
        consumptionCountyCode: n % 3 === 0 ? '' : `43010${n % 3}`,
        buyerKind: n % 7 === 0 ? 'UNIT' : 'CONSUMER',
        unitId: n % 7 === 0 ? `unt_${n % 2}` : '',
        campaignCode: n % 10 === 0 ? 'peach-2026' : '',
        merchantId: `mer_${n % 8}`,
        linkageAgreementId: n % 2 === 0 ? 'lnk_1' : '',
      }),
    );
    for (const [index, one] of lines.entries()) {
      if (index % 50 === 0) await house.rollAll();
      await house.record(
        ...factsOfReceived([one], paidAt, new Date(receivedAt.getTime() + index * 7_200_000)),
      );
    }
    await house.rollAll();
    const before = await house.contents();
    await house.rooms.database.transaction(async (tx) => {
      await tx.write('DELETE FROM volume_month');
      await tx.write('DELETE FROM volume_unit_month');
      await tx.write('UPDATE volume_matrix_month SET weight_g = 0');
      await tx.write('UPDATE volume_day SET paid_fen = paid_fen + 1 LIMIT 3');
    });
    await house.record(...factsOfPaid([line('oln_late', 5n)], paidAt));

    await house.rollups.rebuild();

    expect(await house.contents()).toEqual(before);
    await house.rollAll();
    expect((await house.ask({})).totals.paidFen).toBe(5n);
  });

  it('counts every fact once while many roll, record and rebuild at once', async () => {
    const recordAndRoll = async (worker: number) => {
      for (let n = 0; n < 15; n += 1) {
        await house.record(
          ...factsOfPaid([line(`oln_${worker}_${n}`, 10n, { productId: `prd_${n % 3}` })], paidAt),
        );
        await house.rollups.rollUp(7);
        if (worker === 0 && n % 5 === 0) await house.rollups.rebuild();
      }
    };

    await Promise.all(Array.from({ length: 6 }, (_, worker) => recordAndRoll(worker)));
    await house.rollAll();

    expect((await house.ask({})).totals.paidFen).toBe(900n);
    const before = await house.contents();
    await house.rollups.rebuild();
    expect(await house.contents()).toEqual(before);
  });

  it('counts every fact once while it is rebuilt again and again', async () => {
    const lines = Array.from({ length: 400 }, (_, n) => line(`oln_${n}`, 10n, { productId: `prd_${n}` }));
    await house.record(...factsOfPaid(lines, paidAt));
    const rollSlowly = async () => {
      while ((await house.rollups.rollUp(3)) > 0);
    };
    const rebuild = async () => {
      for (let n = 0; n < 12; n += 1) await house.rollups.rebuild();
    };

    await Promise.all([rollSlowly(), rollSlowly(), rebuild(), rollSlowly()]);

    expect((await house.ask({})).totals.paidFen).toBe(4_000n);
    expect((await house.ask({ from: '2026-10-01', to: '2026-10-31' })).totals.paidFen).toBe(4_000n);
  });

  it('lets nobody roll while it is rebuilt, and everybody afterwards', async () => {
    await house.record(...factsOfPaid([line('oln_1', 1n)], paidAt));
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    let isClosed: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => {
      isClosed = resolve;
    });
    const rebuilding = house.rooms.database.transaction(async (tx) => {
      await new VolumeRollupRepository().closeGate(tx);
      isClosed();
      await opened;
    });
    await closed;

    const rolling = Promise.all([house.rollups.rollUp(1), house.rollups.rollUp(1)]);
    const first = await Promise.race([rolling, sleep(150, 'waits')]);
    open();
    await rebuilding;

    expect(first).toBe('waits');
    expect((await rolling).toSorted()).toEqual([0, 1]);
  });

  it('rolls any number of facts with the same number of statements', async () => {
    const sell = (count: number) =>
      house.record(
        ...factsOfPaid(
          Array.from({ length: count }, (_, n) => line(`oln_${count}_${n}`, 1n, { productId: `prd_${n}` })),
          paidAt,
        ),
      );
    await sell(1);
    const forOne = await countStatements(() => house.rollups.rollUp(ROLL_MAX));
    await sell(500);

    expect(await countStatements(() => house.rollups.rollUp(ROLL_MAX))).toBe(forOne);
    expect(forOne).toBe(5 + ROLLUPS.length); // BEGIN, gate, waiting, each rollup, delete, COMMIT
  });

  it('imports five thousand facts, once', async () => {
    const history = Array.from({ length: 5_000 }, (_, n) => {
      const {
        lineId: _lineId,
        goodsFen,
        subsidyFen: _subsidyFen,
        quantity,
        weightG,
        ...attribution
      } = line('', BigInt(100 + n), {
        originCountyCode: `43022${n % 6}`,
        productId: `prd_${n % 40}`,
        channelPointId: '',
      });
      const eventAt = new Date(Date.UTC(2019, 0, 1, 4) + (n % 600) * DAY_MS);
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
    const load = () => house.rooms.database.transaction((tx) => house.facts.importFacts(tx, history));

    expect(await load()).toBe(5_000);
    while ((await house.rollups.rollUp(5_000)) > 0);

    expect(await load()).toBe(0);
    const total = history.reduce((sum, { recognisedFen }) => sum + recognisedFen, 0n);
    expect((await house.ask({ from: '2019-01-01', to: '2020-12-31' })).totals.recognisedFen).toBe(total);
    expect(await house.rooms.database.query('SELECT DISTINCT source FROM volume_fact')).toEqual([
      { source: 'IMPORT' },
    ]);
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
    await house.rooms.database.transaction((tx) =>
      tx.insert('volume_fact', [{ ...row, id: 'vfa_good', factKey: 'good' }]),
    );

    const inserting = house.rooms.database.transaction((tx) =>
      tx.insert('volume_fact', [{ ...row, ...wrong }]),
    );

    await expect(inserting).rejects.toThrow(constraint);
  });
});
