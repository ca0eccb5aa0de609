import { jest } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { AuditService } from '#libs/identity';
import { DAY_MS, newId } from '#libs/kernel';
import { PayoutReader } from '#libs/settlement';
import { countStatements } from '../harness/statements.js';
import { makeMerchant } from '../make/merchant.make.js';
import { PayoutRooms } from './payout-rooms.js';

let rooms: PayoutRooms;

beforeAll(async () => {
  rooms = await PayoutRooms.open();
});
beforeEach(() => rooms.clock.set('2026-11-03T08:00:00.000Z')); // Tuesday, 16:00 in Shanghai.
afterEach(() => rooms.proveAndForget());
afterAll(() => rooms.close());

/** Before the cut-off of Monday, so that Tuesday's run takes it. */
const RIPE = new Date('2026-11-02T07:59:59.999Z');
const skipsOf = async (runId: string) =>
  (await rooms.reader.skips(runId, null, { first: 100, after: null })).nodes.map(
    ({ payeeId, reason, amountFen }) => [payeeId, reason, amountFen],
  );

describe('the account an applicant has said', () => {
  const proposeFirst = () =>
    rooms.rooms.database.transaction((tx) =>
      rooms.accounts.proposeFirst(
        tx,
        rooms.maker,
        { kind: 'MERCHANT', id: 'mer_1' },
        {
          method: 'BANK',
          accountName: '炎陵黄桃合作社',
          bankName: '炎陵农商银行（演示）',
          bankCode: null,
          accountNumber: '6230000000000004321',
          idempotencyKey: newId('key'),
        },
      ),
    );
  const current = () =>
    rooms.rooms.database.query<{ id: string; lastFour: string }>(
      "SELECT id, last_four AS lastFour FROM payee_account WHERE current_of = 'mer_1'",
    );

  it('is theirs where there is none, and then stays as it is', async () => {
    await proposeFirst();
    const first = await current();
    await proposeFirst();

    expect(first).toMatchObject([{ lastFour: '4321' }]);
    expect(await current()).toEqual(first);
  });

  it('does not take the place of one that the owner is saying at that moment', async () => {
    const isWritten = new Promise<void>((written) => {
      jest.spyOn(rooms.rooms.get(AuditService), 'record').mockImplementationOnce(async () => {
        written();
        await sleep(300); // Long enough for the other one to stand before the owner's row.
      });
    });
    const [id] = await Promise.all([
      rooms.propose('mer_1', '6230000000000009999'),
      isWritten.then(proposeFirst),
    ]);
    jest.restoreAllMocks();

    expect(await current()).toEqual([{ id, lastFour: '9999' }]);
  });
});

describe('a run', () => {
  it('sets aside what is ripe, and says to the fen what it is made of', async () => {
    await rooms.account('mer_1');
    await rooms.credit('mer_1', 12_000n, RIPE, 'ord_1');
    await rooms.credit('mer_1', 8_000n, RIPE, 'ord_2');
    await rooms.credit('mer_1', 500n, new Date('2026-11-02T08:00:00Z'), 'ord_3'); // A moment too late.
    await rooms.takeBack('mer_1', 3_000n, rooms.clock.now());

    await rooms.work();

    const payout = await rooms.payout('mer_1');
    expect(payout).toMatchObject({
      amountFen: 17_000n,
      state: 'PLANNED',
      method: 'BANK',
      payeeKind: 'MERCHANT',
    });
    const { nodes } = await rooms.reader.items(payout.id, { first: 100, after: null });
    expect(nodes.map(({ kind, subject, amountFen }) => [kind, subject.slice(0, 5), amountFen])).toEqual([
      ['release', 'ord_1', 12_000n],
      ['release', 'ord_2', 8_000n],
      ['refund_reserved', expect.stringContaining('rfd_'), -3_000n],
    ]);
    expect(await rooms.availableOf('mer_1')).toBe(17_500n);
    expect(await rooms.freeOf('mer_1')).toBe(500n);
  });

  it('waits for the cut-off, and is there once a day', async () => {
    await rooms.account('mer_1');
    await rooms.credit('mer_1', 20_000n, RIPE);
    rooms.clock.set('2026-11-03T07:59:59.999Z');

    await rooms.work();
    expect(await rooms.payoutsOf('mer_1')).toEqual([]);
    rooms.clock.advance(1);
    await rooms.work();
    await rooms.work();

    expect(await rooms.payoutsOf('mer_1')).toHaveLength(1);
    expect((await rooms.reader.runs({ first: 10, after: null })).nodes).toMatchObject([
      {
        day: '2026-11-03',
        origin: 'SCHEDULE',
        state: 'PLANNED',
        payoutCount: 1,
        totalFen: 20_000n,
        startedBy: null,
      },
    ]);
  });

  it('by hand takes what that of the clock would have taken, and leaves it nothing', async () => {
    await rooms.account('mer_1');
    await rooms.credit('mer_1', 20_000n, RIPE);
    await rooms.credit('mer_1', 30_000n, new Date('2026-11-03T01:00:00Z'));
    rooms.clock.set('2026-11-03T02:00:00Z'); // 10:00.

    const runId = await rooms.run();
    rooms.clock.set('2026-11-03T09:00:00Z');
    await rooms.work();

    expect(await rooms.run()).toBe(runId);
    expect((await rooms.payoutsOf('mer_1')).map(({ amountFen }) => amountFen)).toEqual([20_000n]);
    expect((await rooms.reader.run(runId))?.origin).toBe('HAND');
  });

  it('does not begin on a day on which banks rest', async () => {
    rooms.clock.set('2026-10-03T09:00:00Z');

    expect(await rooms.runs.start(rooms.maker)).toMatchObject({
      code: 'NOT_A_WORKING_DAY',
      day: '2026-10-03',
      nextOn: '2026-10-08',
    });
    expect(await rooms.runs.work()).toBe(0);
    expect((await rooms.reader.runs({ first: 10, after: null })).nodes).toEqual([]);
  });

  it('D3 pays a release of Friday on the Sunday that is worked', async () => {
    await rooms.account('mer_1');
    await rooms.credit('mer_1', 20_000n, new Date('2026-09-18T10:00:00+08:00'));

    for (const day of ['18', '19', '20']) {
      rooms.clock.set(`2026-09-${day}T08:30:00Z`);
      await rooms.work();
    }

    const [run] = (await rooms.reader.runs({ first: 10, after: null })).nodes;
    expect(run).toMatchObject({ day: '2026-09-20', payoutCount: 1 });
  });

  it.each([
    ['D10 a household one fen below its minimum', 'hhd_1', 999n, 'BELOW_MINIMUM'],
    ['D10 a household at its minimum', 'hhd_1', 1_000n, null],
    ['D10 a cooperative one fen below its minimum', 'mer_1', 9_999n, 'BELOW_MINIMUM'],
    ['D10 an operator at its minimum', 'chp_1', 10_000n, null],
    ['D10 a fund, which has none', '430225', 1n, null],
  ])('%s', async (_, payeeId, amountFen, reason) => {
    await rooms.account(payeeId);
    await rooms.credit(payeeId, amountFen, RIPE);

    const runId = await rooms.run();

    expect(await skipsOf(runId)).toEqual(reason ? [[payeeId, reason, amountFen]] : []);
    expect((await rooms.payoutsOf(payeeId)).map((payout) => payout.amountFen)).toEqual(
      reason ? [] : [amountFen],
    );
  });

  it('D10 pays to the last fen whoever closes', async () => {
    const { id } = await makeMerchant(rooms.rooms);
    await rooms.rooms.database.transaction((tx) =>
      tx.write("UPDATE merchant SET state = 'CLOSING' WHERE id = ?", [id]),
    );
    await rooms.account(id);
    await rooms.credit(id, 1n, RIPE);

    expect(await skipsOf(await rooms.run())).toEqual([]);
    expect((await rooms.payoutsOf(id)).map(({ amountFen }) => amountFen)).toEqual([1n]);
  });

  it('D10 carries what is too little until it is enough', async () => {
    await rooms.account('hhd_1');
    await rooms.credit('hhd_1', 999n, RIPE, 'ord_1');
    await rooms.work();
    await rooms.credit('hhd_1', 1n, new Date('2026-11-03T01:00:00Z'), 'ord_2');

    rooms.clock.advance(DAY_MS);
    await rooms.work();

    const payout = await rooms.payout('hhd_1');
    expect(payout.amountFen).toBe(1_000n);
    const { nodes } = await rooms.reader.items(payout.id, { first: 9, after: null });
    expect(nodes.map(({ subject }) => subject)).toEqual(['ord_1', 'ord_2']);
  });

  it('D11 leaves money where it is while nobody has verified the account, and says so', async () => {
    const account = await rooms.propose('mer_1');
    await rooms.credit('mer_1', 20_000n, RIPE);
    await rooms.credit('mer_2', 30_000n, RIPE);

    const runId = await rooms.run();

    expect(await skipsOf(runId)).toEqual([
      ['mer_1', 'ACCOUNT_UNVERIFIED', 20_000n],
      ['mer_2', 'NO_ACCOUNT', 30_000n],
    ]);
    expect(await rooms.freeOf('mer_1')).toBe(20_000n);

    await rooms.accounts.verify(rooms.checker, account, 'TEST_TRANSFER', '试付 0.01 元，回单 T1');
    rooms.clock.advance(DAY_MS);
    await rooms.work();
    expect(await rooms.payout('mer_1')).toMatchObject({ amountFen: 20_000n });
  });

  it('D12 a payout in flight is not touched by a refund, which finds what is left', async () => {
    await rooms.account('mer_1');
    await rooms.credit('mer_1', 5_000n, RIPE);
    await rooms.credit('mer_1', 5_000n, RIPE);
    await rooms.work();
    await rooms.credit('mer_1', 1_000n, rooms.clock.now());

    // 11000 stand there, 10000 are on their way.
    await expect(rooms.takeBack('mer_1', 3_000n)).rejects.toThrow('INSUFFICIENT_BALANCE');
    await rooms.takeBack('mer_1', 1_000n);

    expect(await rooms.freeOf('mer_1')).toBe(0n);
    const { batchId, file } = await rooms.exported();
    expect(file.bytes.toString()).toContain('100.00');
    expect(await rooms.batchState(batchId)).toBe('EXPORTED');
  });

  it('does not stop at an account that is frozen, and leaves it alone', async () => {
    await rooms.account('mer_1');
    await rooms.account('mer_2');
    await rooms.credit('mer_1', 20_000n, RIPE);
    await rooms.credit('mer_2', 30_000n, RIPE);
    const state = (word: string) =>
      rooms.rooms.database.transaction((tx) =>
        tx.write('UPDATE ledger_account SET state = ? WHERE code = ?', [word, 'liability:available:mer_1']),
      );
    await state('FROZEN');

    const runId = await rooms.run();
    await state('OPEN');

    expect(await skipsOf(runId)).toEqual([['mer_1', 'NOT_FREE', 20_000n]]);
    expect((await rooms.payout('mer_2')).amountFen).toBe(30_000n);
  });

  it('D17 is one, however many begin it at once', async () => {
    await rooms.account('mer_1');
    await rooms.credit('mer_1', 20_000n, RIPE);

    const ids = await Promise.all(Array.from({ length: 4 }, () => rooms.runs.start(rooms.maker)));
    await Promise.all(Array.from({ length: 4 }, () => rooms.work()));
    await rooms.work();

    expect(new Set(ids).size).toBe(1);
    expect(await rooms.payoutsOf('mer_1')).toHaveLength(1);
    expect(await rooms.freeOf('mer_1')).toBe(0n);
  });

  it('D17 refuses whoever held the lease before', async () => {
    await rooms.account('mer_1');
    await rooms.credit('mer_1', 20_000n, RIPE);
    const runId = await rooms.start();
    // Somebody takes the lease (number 1), is taken for dead, and another takes it (number 2).
    await rooms.rooms.database.transaction((tx) =>
      tx.write('UPDATE payout_run SET fencing = 2, leased_until = NULL WHERE id = ?', [runId]),
    );

    expect(await rooms.runs.step({ id: runId, fencing: 1 })).toBe(0);
    expect(await rooms.payoutsOf('mer_1')).toEqual([]);
    expect(await rooms.runs.step({ id: runId, fencing: 2 })).toBeGreaterThan(0);
    expect(await rooms.payoutsOf('mer_1')).toHaveLength(1);
  });

  it('is taken over once its holder has been silent for five minutes', async () => {
    await rooms.credit('mer_1', 20_000n, RIPE);
    const runId = await rooms.start();
    const leasedUntil = new Date(rooms.clock.now().getTime() + 300_000);
    await rooms.rooms.database.transaction((tx) =>
      tx.write('UPDATE payout_run SET fencing = 1, leased_until = ? WHERE id = ?', [leasedUntil, runId]),
    );

    expect(await rooms.runs.work()).toBe(0);
    rooms.clock.set(leasedUntil.toISOString());
    expect(await rooms.runs.work()).toBeGreaterThan(0);
  });

  it('pays again what has been paid out before only if it is new', async () => {
    await rooms.account('mer_1');
    await rooms.credit('mer_1', 20_000n, RIPE);
    await rooms.work();
    await rooms.credit('mer_1', 15_000n, new Date('2026-11-03T02:00:00Z'));

    rooms.clock.advance(DAY_MS);
    await rooms.work();
    rooms.clock.advance(DAY_MS);
    await rooms.work();

    expect((await rooms.payoutsOf('mer_1')).map(({ amountFen }) => amountFen)).toEqual([15_000n, 20_000n]);
  });

  it('costs the same number of statements for one payee and for twenty', async () => {
    const costOf = async (count: number) => {
      for (let index = 0; index < count; index += 1) {
        const payeeId = newId('hhd');
        await rooms.account(payeeId);
        await rooms.credit(payeeId, 2_000n, RIPE);
      }
      const runId = await rooms.start();
      // Behind a first run, so that the accounts of the bank are open already.
      await rooms.rooms.database.transaction((tx) =>
        tx.write('UPDATE payout_run SET fencing = 1 WHERE id = ?', [runId]),
      );
      const cost = await countStatements(() => rooms.runs.step({ id: runId, fencing: 1 }));
      await rooms.proveAndForget();
      return cost;
    };
    await costOf(1);

    expect(await costOf(20)).toBe(await costOf(1));
  });
});

it('what nobody has answered for three working days is overdue', async () => {
  await rooms.account('mer_1');
  await rooms.credit('mer_1', 20_000n, RIPE);
  await rooms.work();
  await rooms.exported();
  const overdue = async (day: string) =>
    (await rooms.rooms.get(PayoutReader).unresolvedSince(day, { first: 10, after: null })).nodes.map(
      ({ payeeId }) => payeeId,
    );

  // Sent on Tuesday: Wednesday, Thursday, Friday.
  expect((await rooms.payout('mer_1')).resolveBy).toBe('2026-11-06');
  expect(await overdue('2026-11-06')).toEqual([]);
  expect(await overdue('2026-11-07')).toEqual(['mer_1']);
});
