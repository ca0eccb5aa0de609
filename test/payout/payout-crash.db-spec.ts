import { refused } from '#libs/kernel';
import { type PayoutView, PayoutBatchReader } from '#libs/settlement';
import { MOMENTS, Plug, PlugPulled } from '../harness/plug.js';
import { PayoutRooms, answer } from './payout-rooms.js';

let rooms: PayoutRooms;
let plug: Plug;

beforeAll(async () => {
  rooms = await PayoutRooms.open();
  plug = new Plug(rooms.rooms.database);
});
beforeEach(() => rooms.clock.set('2026-11-03T08:00:00.000Z'));
afterEach(() => rooms.proveAndForget());
afterAll(() => rooms.close());

const RIPE = new Date('2026-11-02T02:00:00Z');
const PAYEES = ['mer_1', 'mer_2', 'hhd_1'] as const;

const provide = async () => {
  for (const payeeId of PAYEES) {
    await rooms.account(payeeId);
    await rooms.credit(payeeId, 20_000n, RIPE);
  }
};
const made = <T>(result: T) => {
  if (refused(result)) throw new Error(result.message.en);
  return result;
};
/** The clockwork, round by round, until the run is through; a lease of somebody dead runs out meanwhile. */
const plannedOut = async (): Promise<void> => {
  for (;;) {
    await rooms.work();
    const [run] = (await rooms.reader.runs({ first: 1, after: null })).nodes;
    if (run?.state === 'PLANNED') return;
    rooms.clock.advance(60_000);
  }
};
/** Finance's day from the cut-off to the bank's answer, as somebody does it who begins again after each breakdown. */
const day = async (): Promise<void> => {
  await plannedOut();
  const wish = { method: 'BANK', encoding: 'UTF_8', idempotencyKey: 'of-this-day' } as const;
  const batchId = made(await rooms.batches.create(rooms.maker, wish));
  // Whoever begins again finds it approved already, by the same hand.
  await rooms.batches.vote(rooms.checker, batchId as string, 'APPROVE', null);
  const file = await rooms.export(batchId as string);
  sent.add(file.bytes.toString());
  const payouts = (await Promise.all(PAYEES.map((payeeId) => rooms.payout(payeeId)))) as [
    PayoutView,
    PayoutView,
    PayoutView,
  ];
  const lines = payouts.map(
    (payout, index) => ({ payout, result: index === 2 ? 'REJECTED' : 'PAID' }) as const,
  );
  made(await rooms.results.import(rooms.maker, batchId as string, answer(file.batchNo, lines)));
};
/** What has been carried to the bank. */
const sent = new Set<string>();

describe('a payout is sent once, whatever dies', () => {
  it('at whichever moment of the day the plug is pulled', async () => {
    await provide();
    sent.clear();
    const count = await plug.transactionsOf(day);
    await rooms.proveAndForget();
    expect(count).toBeGreaterThan(8);

    let pulled = 0;
    for (let nth = 1; nth <= count; nth += 1) {
      for (const moment of MOMENTS) {
        await provide();
        sent.clear();
        plug.arm(nth, moment);
        if (await plug.survive(day)) pulled += 1;

        // One file, whose lines are the three payouts; two are paid once, and the third is the payee's again.
        expect(sent.size).toBe(1);
        expect([...sent][0]?.match(/^D,/gm)).toHaveLength(3);
        expect(await rooms.balanceOf('asset:bank:main')).toBe(-40_000n);
        expect(await Promise.all(PAYEES.map((payeeId) => rooms.availableOf(payeeId)))).toEqual([
          0n,
          0n,
          20_000n,
        ]);
        expect(await rooms.freeOf('hhd_1')).toBe(20_000n);
        for (const payeeId of PAYEES) expect(await rooms.payoutsOf(payeeId)).toHaveLength(1);
        await rooms.proveAndForget();
      }
    }

    expect(pulled).toBe(3 * count);
  }, 120_000);

  it('by two who do the whole day at once', async () => {
    await provide();
    sent.clear();

    await Promise.all([day(), day(), day()]);

    expect(sent.size).toBe(1);
    expect(await rooms.balanceOf('asset:bank:main')).toBe(-40_000n);
    expect(await rooms.rooms.database.query('SELECT id FROM payout_run')).toHaveLength(1);
    expect(await rooms.rooms.database.query('SELECT id FROM payout_import')).toHaveLength(1);
  });
});

it('D16 goes on where it died: 60 of 100, then the other 40, and one file', async () => {
  const payees = Array.from({ length: 100 }, (_, index) => `hhd_${String(index).padStart(3, '0')}`);
  for (const payeeId of payees) {
    await rooms.account(payeeId);
    await rooms.credit(payeeId, 2_000n, RIPE);
  }
  // Each round of the clockwork opens, leases and takes a step of twenty; the fourth step dies with everything written.
  const stepsOfSixty = await plug.transactionsOf(async () => {
    for (let round = 0; round < 3; round += 1) await rooms.runs.work();
  });
  expect((await rooms.reader.runs({ first: 1, after: null })).nodes[0]).toMatchObject({
    state: 'PLANNING',
    payoutCount: 60,
  });
  expect(stepsOfSixty).toBe(9);
  plug.arm(3, 'WITHIN');
  await expect(rooms.runs.work()).rejects.toThrow(PlugPulled);
  const before = await Promise.all(payees.slice(0, 60).map((payeeId) => rooms.payout(payeeId)));
  expect(await rooms.payoutsOf(payees[60] ?? '')).toEqual([]);
  const wish = { method: 'BANK', encoding: 'UTF_8', idempotencyKey: 'too-early' } as const;
  expect(await rooms.batches.create(rooms.maker, wish)).toMatchObject({ code: 'NOTHING_TO_PAY_OUT' });

  // Whoever comes next waits for the dead one's lease.
  expect(await rooms.runs.work()).toBe(0);
  rooms.clock.advance(5 * 60_000);
  await rooms.work();

  expect((await rooms.reader.runs({ first: 9, after: null })).nodes).toMatchObject([
    { state: 'PLANNED', payoutCount: 100, totalFen: 200_000n },
  ]);
  for (const payeeId of payees) expect(await rooms.payoutsOf(payeeId)).toHaveLength(1);
  const after = await Promise.all(payees.slice(0, 60).map((payeeId) => rooms.payout(payeeId)));
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  const { batchId, file } = await rooms.exported();
  expect(file.bytes.toString().match(/^D,/gm)).toHaveLength(100);
  expect(await rooms.rooms.get(PayoutBatchReader).byId(batchId)).toMatchObject({
    lineCount: 100,
    totalFen: 200_000n,
  });
});
