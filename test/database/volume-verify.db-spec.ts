import { execFile } from 'node:child_process';
import { factsOfReceived } from '#libs/volume';
import { VolumeRooms, line } from './volume-rooms.js';

describe('rollups made again and compared', () => {
  let house: VolumeRooms;
  const paidAt = new Date('2026-10-30T02:00:00Z');
  const receivedAt = new Date('2026-10-31T02:00:00Z');

  beforeAll(async () => {
    house = await VolumeRooms.open();
  });
  beforeEach(async () => {
    house.rooms.clock.set('2026-11-04T02:00:00Z');
    for (let n = 0; n < 6; n += 1)
      await house.record(
        ...factsOfReceived([line(`oln_${n}`, 7n, { productId: `prd_${n % 4}` })], paidAt, receivedAt),
      );
    await house.rollAll();
  });
  afterEach(() => house.forget());
  afterAll(() => house.close());

  const write = (sql: string) => house.rooms.database.transaction((tx) => tx.write(sql));
  const wrong = (verdicts: readonly { table: string; isEqual: boolean }[]) =>
    verdicts.filter(({ isEqual }) => !isEqual).map(({ table }) => table);
  /** The command, as a person runs it: its exit code and what it says. */
  const run = (what: string): Promise<{ code: number; said: string }> =>
    house.rooms.database.query<{ name: string }>('SELECT DATABASE() AS name').then(
      ([row]) =>
        new Promise((resolve) => {
          const url = new URL(process.env['DATABASE_URL'] ?? '');
          url.pathname = `/${row?.name}`;
          const env = { ...process.env, DATABASE_URL: url.toString() };
          execFile(process.execPath, ['dist/scripts/volume.js', what], { env }, (error, stdout, stderr) =>
            resolve({ code: Number(error?.code ?? 0), said: stdout + stderr }),
          );
        }),
    );

  it('F10: are the same to the byte, and F11: say which one was altered, in whatever column', async () => {
    expect(wrong(await house.rollups.verify())).toEqual([]);
    await write('UPDATE volume_day SET weight_g = weight_g + 1 LIMIT 1');
    await write("UPDATE volume_unit_month SET buyer_kind = 'NOBODY' LIMIT 1");

    expect(wrong(await house.rollups.verify())).toEqual(['volume_day', 'volume_unit_month']);
    expect(wrong(await house.rollups.verify())).toEqual(['volume_day', 'volume_unit_month']); // Nothing was put right.
    expect(wrong(await house.rollups.rebuild())).toEqual(['volume_day', 'volume_unit_month']);
    expect(wrong(await house.rollups.verify())).toEqual([]);
  });

  it('see two rows that have exchanged their figures', async () => {
    await write(
      `UPDATE volume_day SET recognised_fen = 21 - recognised_fen WHERE product_id IN ('prd_0', 'prd_2')`,
    );

    expect(wrong(await house.rollups.verify())).toEqual(['volume_day']);
  });

  it('by a command that ends with 1 where anything differs, and checks locked months against their hashes', async () => {
    await house.lockMonth('2026-10-01');
    await write('UPDATE volume_month_frozen SET paid_fen = 1 LIMIT 1');
    await write('UPDATE volume_month SET paid_fen = 1 LIMIT 1');

    const { code, said } = await run('verify');

    expect(code).toBe(1);
    expect(said).toContain('✓ volume_day\n');
    expect(said).toContain('✗ volume_month: is not what its facts make');
    expect(said).toContain('✗ 2026-10-01: the frozen figures are not those that were locked');
  }, 120_000); // A process of its own.
});
