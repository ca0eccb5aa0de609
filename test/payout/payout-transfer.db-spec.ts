import { HOUR_MS, MINUTE_MS, present } from '#libs/kernel';
import type { RequestRule } from '../../apps/stripe-sandbox/src/faults/plan.js';
import { MOMENTS, Plug } from '../harness/plug.js';
import { PayoutRooms } from './payout-rooms.js';

interface StripeTransfer {
  readonly id: string;
  readonly amount: number;
  readonly amount_reversed: number;
  readonly destination: string;
  readonly transfer_group: string;
  readonly metadata: Readonly<Record<string, string>>;
}

let rooms: PayoutRooms;
let plug: Plug;

beforeAll(async () => {
  rooms = await PayoutRooms.open({ withSandbox: true });
  plug = new Plug(rooms.rooms.database);
  rooms.sandbox.control.freeze();
});
afterEach(async () => {
  rooms.sandbox.control.break({});
  expect(rooms.sandbox.control.mistakes).toEqual([]);
  await rooms.proveAndForget();
});
afterAll(() => rooms.close());

/** Both clocks. */
const advance = async (milliseconds: number) => {
  rooms.clock.advance(milliseconds);
  await rooms.sandbox.control.advance(milliseconds / 1000);
};
const transfers = () => (rooms.sandbox.control.dump()['transfers'] ?? []) as readonly StripeTransfer[];
const transfersOf = (payoutId: string) =>
  transfers().filter(({ metadata }) => metadata['payout_ref'] === payoutId);
const available = () =>
  rooms.sandbox.control.balance().available.find(({ currency }) => currency === 'cny')?.amount ?? 0;
/** The platform has so much at Stripe, and not a fen more. */
const haveAtStripe = (amount: number) => {
  if (amount > available()) rooms.sandbox.control.topUp(amount - available(), 'cny');
};

let number = 0;
/** A merchant whose 20000 fen are in an approved batch. */
const approved = async (
  amount = 20_000,
  float = amount,
): Promise<{ readonly payeeId: string; readonly payoutId: string; readonly account: string }> => {
  const account = present(rooms.sandbox.control.seed({ accounts: 1 }).accounts[0], 'an account');
  haveAtStripe(float);
  const payeeId = `mer_${String((number += 1)).padStart(4, '0')}`;
  await rooms.account(payeeId, account);
  await rooms.credit(payeeId, BigInt(amount), new Date(rooms.clock.now().getTime() - 10 * 24 * HOUR_MS));
  await rooms.rooms.database.transaction((tx) =>
    tx.write(
      "INSERT INTO calendar_day (day, kind, name) VALUES (DATE_ADD(?, INTERVAL 8 HOUR), 'WORKING', 'test') ON DUPLICATE KEY UPDATE kind = 'WORKING'",
      [rooms.clock.now()],
    ),
  );
  await rooms.run();
  const batchId = await rooms.batch({ method: 'STRIPE' });
  await rooms.approve(batchId);
  return { payeeId, payoutId: (await rooms.payout(payeeId)).id, account };
};
const fault = (rule: Partial<RequestRule>) =>
  rooms.sandbox.control.break({ requests: [{ route: 'POST /v1/transfers', ...rule } as RequestRule] });
const send = () => rooms.transfers.sendDue(10);

describe('a transfer', () => {
  it('goes to the connected account once, with what it is for written on it', async () => {
    const { payeeId, payoutId, account } = await approved();

    expect(await send()).toBe(1);
    expect(await send()).toBe(0);

    const [transfer, ...more] = transfersOf(payoutId);
    expect(more).toEqual([]);
    expect(transfer).toMatchObject({
      amount: 20_000,
      destination: account,
      transfer_group: `payout:${payoutId}`,
    });
    expect(await rooms.payout(payeeId)).toMatchObject({ state: 'PAID', providerRef: transfer?.id });
    expect(await rooms.availableOf(payeeId)).toBe(0n);
    expect(await rooms.balanceOf('asset:psp:stripe:cny')).toBe(-20_000n);
    expect(await rooms.batchState(present((await rooms.payout(payeeId)).batchId, 'a batch'))).toBe('CLOSED');
  });

  it('has no file to export', async () => {
    const { payeeId } = await approved();
    const batchId = present((await rooms.payout(payeeId)).batchId, 'a batch');

    expect(await rooms.batches.export(rooms.maker, batchId)).toMatchObject({
      code: 'PAYOUT_BATCH_STATE',
      batchState: 'SENDING',
    });
    await send();
  });

  it.each<[string, Partial<RequestRule>]>([
    ['done, and nobody told', { fault: 'drop_after', nth: [1, 2] }],
    ['never heard of', { fault: 'drop_before', nth: [1, 2] }],
    ['done, and answered with 500', { fault: 'error', status: 500, executed: true, nth: [1, 2] }],
    ['answered with half an answer', { fault: 'truncate', nth: [1, 2] }],
    ['told to come back', { fault: 'error', status: 429, nth: 1 }],
  ])('that is %s is unknown, never failed, and there once in the end', async (_, rule) => {
    const { payeeId, payoutId } = await approved();
    fault(rule);

    await send();
    expect(await rooms.payout(payeeId)).toMatchObject({ state: 'SENT', failureCode: 'unknown' });
    expect(await rooms.freeOf(payeeId)).toBe(0n);
    await advance(MINUTE_MS);
    await send();

    expect(transfersOf(payoutId)).toHaveLength(1);
    expect(await rooms.payout(payeeId)).toMatchObject({ state: 'PAID', failureCode: null });
  });

  it('D18 with too little at Stripe waits, is seen, and is sent once there is enough', async () => {
    const amount = available() + 1;
    const { payeeId, payoutId } = await approved(amount, 0);

    await send();
    expect(await rooms.payout(payeeId)).toMatchObject({ state: 'SENT', failureCode: 'balance_insufficient' });
    expect(await rooms.freeOf(payeeId)).toBe(0n);
    expect(transfersOf(payoutId)).toEqual([]);
    await advance(HOUR_MS);
    await send();
    expect(await rooms.payout(payeeId)).toMatchObject({ state: 'SENT', failureCode: 'balance_insufficient' });

    haveAtStripe(amount);
    await advance(HOUR_MS);
    await send();

    expect(transfersOf(payoutId)).toHaveLength(1);
    expect(await rooms.payout(payeeId)).toMatchObject({ state: 'PAID', failureCode: null });
  });

  it('that Stripe refuses for good gives the money back to the payee', async () => {
    const { payeeId, payoutId, account } = await approved();
    rooms.sandbox.control.changeAccount(account, { capabilities: { transfers: 'inactive' } } as never);

    await send();

    expect(transfersOf(payoutId)).toEqual([]);
    expect(await rooms.payout(payeeId)).toMatchObject({
      state: 'REJECTED',
      failureCode: 'insufficient_capabilities_for_transfer',
    });
    expect(await rooms.freeOf(payeeId)).toBe(20_000n);
  });

  it('does not go to an account that was replaced before it was sent', async () => {
    const { payeeId, payoutId } = await approved();
    await rooms.propose(payeeId, '6230000000000009');

    await send();

    expect(transfersOf(payoutId)).toEqual([]);
    expect(await rooms.payout(payeeId)).toMatchObject({ state: 'REJECTED', failureCode: 'account_changed' });
    expect(await rooms.freeOf(payeeId)).toBe(20_000n);
  });

  it('that cannot be sent does not keep the others waiting, and is tried again', async () => {
    const broken = await approved();
    // A day has one run, so the other is another day's.
    await advance(24 * HOUR_MS);
    const other = await approved(20_000, 40_000);
    const alter = (sql: string) =>
      rooms.rooms.database.transaction((tx) =>
        tx.write(`UPDATE payee_account SET number_cipher = ${sql} WHERE payee_id = ?`, [broken.payeeId]),
      );
    await alter('REVERSE(number_cipher)');

    expect(await rooms.transfers.sendDue(1)).toBe(1);
    expect(await rooms.transfers.sendDue(1)).toBe(1);

    expect(await rooms.payout(broken.payeeId)).toMatchObject({ state: 'SENT' });
    expect(await rooms.payout(other.payeeId)).toMatchObject({ state: 'PAID' });
    await alter('REVERSE(number_cipher)');
    await advance(2 * MINUTE_MS);
    await send();
    expect(await rooms.payout(broken.payeeId)).toMatchObject({ state: 'PAID' });
  });

  it('is sent once by however many processes at once', async () => {
    const { payeeId, payoutId } = await approved();
    const asked = await rooms.countSends(async () => {
      await Promise.all(Array.from({ length: 4 }, send));
    });

    // Asked once, and not only done once: Stripe's own memory of the key is the second line, not the first.
    expect(asked).toBe(1);
    expect(transfersOf(payoutId)).toHaveLength(1);
    expect(await rooms.payout(payeeId)).toMatchObject({ state: 'PAID' });
  });

  it('is sent once whichever moment of sending the process dies at', async () => {
    const probe = await approved();
    const count = await plug.transactionsOf(async () => void (await send()));
    expect(await rooms.payout(probe.payeeId)).toMatchObject({ state: 'PAID' });

    for (let nth = 1; nth <= count; nth += 1) {
      for (const moment of MOMENTS) {
        await rooms.proveAndForget();
        const { payeeId, payoutId } = await approved();
        plug.arm(nth, moment);
        // Each new process comes when the claim of the dead one has run out.
        await plug.survive(async () => {
          await send();
          await advance(3 * MINUTE_MS);
        });
        await advance(3 * MINUTE_MS);
        await send();

        expect([nth, moment, transfersOf(payoutId).length]).toEqual([nth, moment, 1]);
        expect(await rooms.payout(payeeId)).toMatchObject({ state: 'PAID' });
        expect(await rooms.balanceOf('asset:psp:stripe:cny')).toBe(-20_000n);
      }
    }
  }, 60_000);

  it('of which nobody knows after a day is left to finance, who may declare it absent a day later', async () => {
    const { payeeId, payoutId } = await approved();
    fault({ fault: 'drop_before' });
    const absent = () => rooms.transfers.declareAbsent(rooms.maker, payoutId);
    await send();
    await advance(23 * HOUR_MS);
    await send();

    expect(await rooms.payout(payeeId)).toMatchObject({ state: 'SENT', failureCode: 'unclear' });
    rooms.sandbox.control.break({});
    // Whatever comes now, nothing is sent any more.
    expect(await send()).toBe(0);
    expect(await absent()).toMatchObject({ code: 'PAYOUT_STILL_POSSIBLE' });
    await advance(24 * HOUR_MS);
    expect(await absent()).toEqual({ payoutId });

    expect(await rooms.payout(payeeId)).toMatchObject({
      state: 'REJECTED',
      failureCode: 'absent_at_provider',
    });
    expect(await rooms.freeOf(payeeId)).toBe(20_000n);
    expect(transfersOf(payoutId)).toEqual([]);
    expect(await absent()).toMatchObject({ code: 'PAYOUT_STATE' });
  });

  it('that is there after all is found, also after a day without an answer, and is not absent', async () => {
    const { payeeId, payoutId } = await approved();
    rooms.sandbox.control.break({
      requests: [
        { route: 'POST /v1/transfers', fault: 'drop_after' },
        { route: 'GET /v1/transfers', fault: 'error', status: 503 },
      ],
    });
    await send();
    await advance(25 * HOUR_MS);
    await send();
    await advance(HOUR_MS);
    expect(await rooms.transfers.declareAbsent(rooms.maker, payoutId)).toMatchObject({
      code: 'PAYOUT_STILL_POSSIBLE',
    });
    rooms.sandbox.control.break({});
    await send();

    expect(transfersOf(payoutId)).toHaveLength(1);
    expect(await rooms.payout(payeeId)).toMatchObject({ state: 'PAID' });
  });

  it('B7 is not taken for refused because a question about it was', async () => {
    const { payeeId, payoutId } = await approved();
    rooms.sandbox.control.break({
      requests: [
        { route: 'POST /v1/transfers', fault: 'drop_after' },
        { route: 'GET /v1/transfers', fault: 'error', status: 400 },
      ],
    });
    await send();
    await advance(HOUR_MS);
    await send();

    // It is there; had it been given back, the next run would pay it again.
    expect(transfersOf(payoutId)).toHaveLength(1);
    expect(await rooms.payout(payeeId)).toMatchObject({ state: 'SENT', failureCode: 'unknown' });
    expect(await rooms.freeOf(payeeId)).toBe(0n);
    rooms.sandbox.control.break({});
    await advance(HOUR_MS);
    await send();

    expect(await rooms.payout(payeeId)).toMatchObject({ state: 'PAID' });
  });

  it('can be taken back once, while the payee still has it there', async () => {
    const { payeeId, payoutId } = await approved();
    await send();

    const recalled = await Promise.all([
      rooms.transfers.recall(rooms.maker, payoutId, '重复结算'),
      rooms.transfers.recall(rooms.maker, payoutId, '重复结算'),
    ]);

    expect(recalled).toContainEqual({ payoutId });
    expect(transfersOf(payoutId)).toMatchObject([{ amount: 20_000, amount_reversed: 20_000 }]);
    expect(await rooms.payout(payeeId)).toMatchObject({ state: 'RETURNED' });
    expect(await rooms.availableOf(payeeId)).toBe(20_000n);
    expect(await rooms.balanceOf('asset:psp:stripe:cny')).toBe(0n);
    expect(await rooms.transfers.recall(rooms.maker, payoutId, '重复结算')).toMatchObject({
      code: 'PAYOUT_STATE',
    });
  });
});
