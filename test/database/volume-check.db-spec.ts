import { VolumeCheckReader, VolumeCheckService, factsOfReceived } from '#libs/volume';
import { VolumeRooms, line } from './volume-rooms.js';

describe('the nightly comparison of rollups with facts', () => {
  let house: VolumeRooms;
  const paidAt = new Date('2026-10-30T02:00:00Z');

  beforeAll(async () => {
    house = await VolumeRooms.open();
  });
  afterEach(() => house.forget());
  afterAll(() => house.close());

  const write = (sql: string) => house.rooms.database.transaction((tx) => tx.write(sql));
  const check = async () => {
    while ((await house.rooms.get(VolumeCheckService).checkDue(2)) > 0);
  };
  const differences = (scope: readonly string[] | 'ALL' = 'ALL') =>
    house.rooms.get(VolumeCheckReader).differences(scope);
  const sellOnFiveDays = async () => {
    for (let day = 1; day <= 5; day += 1) {
      await house.record(
        ...factsOfReceived([line(`oln_${day}`, 100n)], paidAt, new Date(`2026-11-0${day}T02:00:00Z`)),
        ...factsOfReceived(
          [line(`oln_b${day}`, 7n, { originCountyCode: '430224', productId: 'prd_ginger' })],
          paidAt,
          new Date(`2026-11-0${day}T02:00:00Z`),
        ),
      );
    }
    await house.rollAll();
  };

  it('F11: reports county, product, day and difference of a row that was altered by hand', async () => {
    await sellOnFiveDays();
    await write(
      `UPDATE volume_day SET recognised_fen = recognised_fen + 5, paid_fen = paid_fen - 3
       WHERE day = '2026-11-03' AND origin_county_code = '430224'`,
    );

    await check();

    expect(await differences()).toEqual([
      {
        day: '2026-11-03',
        originCountyCode: '430224',
        productId: 'prd_ginger',
        orderedFen: 0n,
        paidFen: -3n,
        refundedFen: 0n,
        deliveredFen: 0n,
        recognisedFen: 5n,
        foundAt: house.rooms.clock.now(),
      },
    ]);
    expect(await differences(['430225'])).toEqual([]);
    expect(await differences(['430200'])).toHaveLength(1);
    expect(await differences([])).toEqual([]);
    expect(await house.blockers.ofMonth('2026-11-01')).toMatchObject([
      { kind: 'ROLLUP_DIFFERS', count: 1, stopsLock: true },
    ]);
  });

  it('finds a row that is gone, one that nobody made, and one whose sum is right at the wrong place', async () => {
    await sellOnFiveDays();
    await write("DELETE FROM volume_day WHERE day = '2026-11-01' AND origin_county_code = '430225'");
    await write(
      "UPDATE volume_day SET day = '2027-03-01' WHERE day = '2026-11-02' AND origin_county_code = '430224'",
    );

    await check();

    expect((await differences()).map(({ day, recognisedFen }) => [day, recognisedFen])).toEqual([
      ['2027-03-01', 7n],
      ['2026-11-02', -7n],
      ['2026-11-01', -100n],
    ]);
  });

  it('takes nothing that is under way for a difference, and forgets what has been put right', async () => {
    await sellOnFiveDays();
    await house.record(
      ...factsOfReceived([line('oln_waiting', 9n)], paidAt, new Date('2026-11-01T02:00:00Z')),
    );
    await write("UPDATE volume_day SET weight_g = 1 WHERE day = '2026-11-05'");
    await check();
    expect(await differences()).toHaveLength(2);
    await check(); // The round of the day is over.
    await house.rollups.rebuild();
    expect(await differences()).toHaveLength(2);

    house.rooms.clock.set('2026-11-03T02:00:00.000Z');
    await check();

    expect(await differences()).toEqual([]);
    const rounds = await house.rooms.database.query(
      `SELECT checked_on AS checkedOn, day_count AS dayCount, difference_count AS found FROM volume_check ORDER BY 1`,
    );
    expect(rounds).toEqual([
      { checkedOn: '2026-11-02', dayCount: 5, found: 2 },
      { checkedOn: '2026-11-03', dayCount: 5, found: 0 },
    ]);
  });

  it('goes on where it stopped, and looks at each day once however many look', async () => {
    await sellOnFiveDays();
    const service = house.rooms.get(VolumeCheckService);
    const done = await Promise.all([1, 2, 3, 4, 5, 6, 7].map(() => service.checkDue(1)));

    expect(done.reduce((sum, n) => sum + n, 0)).toBe(5);
  });
});
