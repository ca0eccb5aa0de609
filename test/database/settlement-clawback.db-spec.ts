import { LedgerAccountService } from '#libs/ledger';
import { ClawbackService } from '#libs/settlement';
import { SettlementRooms, claim, goods } from './settlement-rooms.js';

describe('a refund of money that is being paid out, or has been', () => {
  let house: SettlementRooms;

  beforeAll(async () => {
    house = await SettlementRooms.open();
  });
  afterEach(() => house.proveAndForget());
  afterAll(() => house.close());

  const sellAndRelease = async () => {
    await house.sell(goods('oln_1', 10_000n));
    await house.release();
  };
  /** A later sale, of another order, released at once. */
  const sellMore = async (amountFen: bigint) => {
    const line = goods('oln_9', amountFen, { merchantOrderId: 'mor_9' });
    await house.capture(amountFen, { lines: [line], freights: [] }, 'KEPT', undefined, 'ord_9');
    await house.release('mor_9', 'ord_9');
  };

  it('D12 takes what no payout under way is promised, and puts the rest on the payee', async () => {
    await house.sell(goods('oln_1', 6_000n, { households: [{ householdId: 'hhd_1', weight: 1 }] }));
    await house.release();
    // The cooperative has 4200 of the 6000; as in the case, a payout holds all but a thousand of it.
    await house.promise('mer_1', 3_200n);

    await house.reserve(claim(3_000n));

    expect(await house.books()).toMatchObject({
      'liability:available:mer_1': 3_200,
      'asset:receivable:clawback:mer_1': 1_100,
      'liability:available:hhd_1': 600,
      'liability:refund_payable': 3_000,
    });
    await house.finish('mer_1', 'POST');
    expect(await house.books()).not.toHaveProperty('liability:available:mer_1');
  });

  it('D12 in its own numbers: 6000 available, 5000 promised, 3000 back', async () => {
    await house.capture(6_000n, {
      lines: [],
      freights: [{ merchantOrderId: 'mor_1', merchantId: 'mer_1', freightFen: 6_000n }],
    });
    await house.release();
    await house.promise('mer_1', 5_000n);

    await house.reserve(claim(3_000n, [{ lineId: 'mor_1', amountFen: 3_000n }]));

    expect(await house.books()).toMatchObject({
      'liability:available:mer_1': 5_000,
      'asset:receivable:clawback:mer_1': 2_000,
    });
    await house.finish('mer_1', 'POST');
    expect(await house.books()).toEqual({
      'asset:psp:stripe:cny': 6_000,
      'asset:bank:main': -5_000,
      'asset:receivable:clawback:mer_1': 2_000,
      'liability:refund_payable': 3_000,
    });
  });

  it('C14 after payout is owed by merchant, operator and fund, and absorbed by the platform for the household', async () => {
    await sellAndRelease();
    await house.payOut('mer_1', 7_000n);
    await house.payOut('hhd_1', 2_000n);
    await house.payOut('chp_1', 300n);
    await house.payOut('fund:430225', 200n);

    await house.reserve(claim(2_500n));
    await house.settle('rfd_1', 2_500n);

    expect(await house.books()).toEqual({
      'asset:bank:main': -9_500,
      'asset:psp:stripe:cny': 7_500,
      'asset:receivable:clawback:mer_1': 1_750,
      'asset:receivable:clawback:chp_1': 75,
      'asset:receivable:clawback:fund:430225': 50,
      'expense:household_absorption': 500,
      'revenue:platform_fee': 375,
    });
  });

  it('C14 is paid out of the next credit, in one journal, and no further than it is owed', async () => {
    await sellAndRelease();
    await house.payOut('mer_1', 7_000n);
    await house.payOut('chp_1', 300n);
    await house.reserve(claim(2_500n));

    await sellMore(1_000n);
    expect(await house.books()).toMatchObject({ 'asset:receivable:clawback:mer_1': 1_050 });
    expect(await house.books()).not.toHaveProperty('liability:available:mer_1');
    const journals = await house.reader.journalsOfSubject('ord_9');
    expect(journals.filter(({ kind }) => kind === 'clawback_offset')).toMatchObject([
      {
        transfers: [
          {
            debit: 'liability:available:chp_1',
            credit: 'asset:receivable:clawback:chp_1',
            amountFen: 30n,
          },
          {
            debit: 'liability:available:mer_1',
            credit: 'asset:receivable:clawback:mer_1',
            amountFen: 700n,
          },
        ],
      },
    ]);
  });

  it('C11 that fails after payout owes nobody anything any more', async () => {
    await sellAndRelease();
    await house.payOut('mer_1', 7_000n);
    await house.payOut('hhd_1', 2_000n);
    const before = await house.books();
    await house.reserve(claim(2_500n));

    await house.undo('rfd_1');
    await house.undo('rfd_1');

    expect(await house.books()).toEqual(before);
  });

  it('C11 that fails when some of it has been paid back gives the payee that much', async () => {
    await sellAndRelease();
    await house.payOut('mer_1', 7_000n);
    await house.reserve(claim(2_500n));
    await sellMore(1_000n);

    await house.undo('rfd_1');

    expect(await house.books()).toMatchObject({ 'liability:available:mer_1': 700 });
    expect(await house.books()).not.toHaveProperty('asset:receivable:clawback:mer_1');
  });

  it('C11 of two, the one that fails pays with what it brings back what is owed for the other', async () => {
    await sellAndRelease();
    await house.payOut('mer_1', 5_250n);
    await house.reserve(claim(2_500n));
    await house.reserve(claim(2_500n, undefined, 'rfd_2'));
    expect(await house.books()).toMatchObject({ 'asset:receivable:clawback:mer_1': 1_750 });

    await house.undo('rfd_1');

    expect(await house.books()).not.toHaveProperty('asset:receivable:clawback:mer_1');
    expect(await house.books()).not.toHaveProperty('liability:available:mer_1');
  });

  it('D13 a payout that the bank rejects pays what is owed, too, and once', async () => {
    await sellAndRelease();
    await house.promise('mer_1', 7_000n);
    await house.reserve(claim(2_500n));
    expect(await house.books()).toMatchObject({ 'asset:receivable:clawback:mer_1': 1_750 });
    const clawbacks = house.rooms.get(ClawbackService);
    expect(await clawbacks.offsetDue(10)).toBe(0);

    await house.finish('mer_1', 'VOID');

    expect(await clawbacks.offsetDue(10)).toBe(1);
    expect(await clawbacks.offsetDue(10)).toBe(0);
    expect(await house.books()).toMatchObject({ 'liability:available:mer_1': 5_250 });
    expect(await house.books()).not.toHaveProperty('asset:receivable:clawback:mer_1');
  });

  it('D13 an account that is frozen does not keep the others from paying', async () => {
    await sellAndRelease();
    await house.promise('mer_1', 7_000n);
    await house.promise('chp_1', 300n);
    await house.reserve(claim(5_000n));
    const set = (state: 'FROZEN' | 'OPEN') =>
      house.rooms.database.transaction((tx) =>
        house.rooms.get(LedgerAccountService).setState(tx, 'liability:available:chp_1', state),
      );
    await set('FROZEN');
    await house.finish('mer_1', 'VOID');
    await house.finish('chp_1', 'VOID');

    const clawbacks = house.rooms.get(ClawbackService);
    expect(await clawbacks.offsetDue(1)).toBe(1);
    expect(await house.books()).not.toHaveProperty('asset:receivable:clawback:mer_1');
    expect(await clawbacks.offsetDue(1)).toBe(0);
    await set('OPEN');
    expect(await clawbacks.offsetDue(1)).toBe(1);
    expect(await house.books()).not.toHaveProperty('asset:receivable:clawback:chp_1');
  });

  it('a payee who is frozen holds nobody else up: what comes in stays, and what they owe is paid once they are thawed', async () => {
    await sellAndRelease();
    await house.payOut('mer_1', 7_000n);
    await house.reserve(claim(2_500n));
    const set = (state: 'FROZEN' | 'OPEN') =>
      house.rooms.database.transaction((tx) =>
        house.rooms.get(LedgerAccountService).setState(tx, 'liability:available:mer_1', state),
      );
    await set('FROZEN');
    const sale = { lines: [goods('oln_2', 10_000n, { merchantOrderId: 'mor_2' })], freights: [] };
    await house.capture(10_000n, sale, 'KEPT', undefined, 'ord_2');
    await house.release('mor_2', 'ord_2');
    await house.undo('rfd_1');

    expect(await house.books()).toMatchObject({
      'liability:available:mer_1': 7_000 + 1_750,
      'asset:receivable:clawback:mer_1': 1_750,
      'liability:available:hhd_1': 4_000,
    });
    const clawbacks = house.rooms.get(ClawbackService);
    expect(await clawbacks.offsetDue(10)).toBe(0);
    await set('OPEN');
    expect(await clawbacks.offsetDue(10)).toBe(1);
    expect(await house.books()).toMatchObject({ 'liability:available:mer_1': 7_000 });
    expect(await house.books()).not.toHaveProperty('asset:receivable:clawback:mer_1');
  });

  it('C13 that meets a release and a payout at the same moment loses no fen and overdraws nobody', async () => {
    await house.sell(goods('oln_1', 10_000n));
    await house.release();
    await house.capture(
      10_000n,
      { lines: [goods('oln_2', 10_000n, { merchantOrderId: 'mor_2' })], freights: [] },
      'KEPT',
      undefined,
      'ord_2',
    );

    await Promise.all([
      house.release('mor_2', 'ord_2'),
      house.promise('mer_1', 6_000n),
      house.promise('hhd_1', 2_000n),
      house.reserve(claim(5_000n, undefined, 'rfd_1')),
      house.reserve(claim(5_000n, undefined, 'rfd_2')),
    ]);
    await house.rooms.get(ClawbackService).offsetDue(10);

    // Whoever came first: 14,000 were the cooperative's, 7,000 went back, 6,000 are promised.
    const books = await house.books();
    const owed = books['asset:receivable:clawback:mer_1'] ?? 0;
    expect((books['liability:available:mer_1'] ?? 0) - owed).toBe(7_000);
    expect(owed === 0 || books['liability:available:mer_1'] === 6_000 + 0).toBe(true);
    expect(books['liability:available:hhd_1']).toBe(2_000 + (books['expense:household_absorption'] ?? 0));
    expect(books['liability:refund_payable']).toBe(10_000);
  });
});
