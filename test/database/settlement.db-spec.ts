import { countStatements } from '../harness/statements.js';
import { SettlementRooms, claim, goods } from './settlement-rooms.js';

describe('a sale', () => {
  let house: SettlementRooms;

  beforeAll(async () => {
    house = await SettlementRooms.open();
  });
  afterEach(() => house.proveAndForget());
  afterAll(() => house.close());

  it('A1: is captured and split in one go, and leaves nothing in escrow', async () => {
    await house.sell(goods('oln_1', 10_000n));

    expect(await house.books()).toEqual({
      'asset:psp:stripe:cny': 10_000,
      'liability:held:mer_1': 7000,
      'liability:held:hhd_1': 2000,
      'liability:deferred_fee': 500,
      'liability:held:chp_1': 300,
      'liability:held:fund:430225': 200,
    });
  });

  it('A10: away from counters follows R-A0', async () => {
    await house.sell(goods('oln_1', 10_000n, { channelKind: 'ONLINE', operatorId: null }));

    expect(await house.books()).toMatchObject({
      'liability:held:mer_1': 7300,
      'liability:held:fund:430225': 200,
    });
  });

  it('A9: adds up lines that are each split for themselves, over several merchants, with their freight', async () => {
    const lines = [
      goods('oln_1', 3990n),
      goods('oln_2', 2590n),
      goods('oln_3', 1290n, { merchantOrderId: 'mor_2', merchantId: 'mer_2', originCountyCode: '430224' }),
    ];
    const freights = [
      { merchantOrderId: 'mor_1', merchantId: 'mer_1', freightFen: 800n },
      { merchantOrderId: 'mor_2', merchantId: 'mer_2', freightFen: 0n },
    ] as const;

    await house.capture(8670n, { lines, freights });

    expect(await house.books()).toEqual({
      'asset:psp:stripe:cny': 8670,
      'liability:held:mer_1': 2793 + 1813 + 800,
      'liability:held:mer_2': 903,
      'liability:held:hhd_1': 798 + 518 + 258,
      'liability:deferred_fee': 199 + 129 + 64,
      'liability:held:chp_1': 120 + 78 + 39,
      'liability:held:fund:430225': 80 + 52,
      'liability:held:fund:430224': 26,
    });
  });

  it('A16: is split by the rule in force when it was paid, and refunded by the same', async () => {
    const rule = {
      id: 'spr_test',
      version: 2,
      channelKind: 'COUNTER',
      merchantBps: 7050,
      householdBps: 2000,
      platformBps: 450,
      operatorBps: 300,
      fundBps: 200,
    };
    await house.rooms.database.transaction((tx) =>
      tx.insert('split_rule', [{ ...rule, effectiveFrom: new Date('2026-10-31T16:00:00Z') }]),
    );
    const sale = { lines: [goods('oln_1', 10_000n)], freights: [] };

    await house.capture(10_000n, sale, 'KEPT', new Date('2026-10-31T15:59:59Z'));
    expect(await house.books()).toMatchObject({
      'liability:held:mer_1': 7000,
      'liability:deferred_fee': 500,
    });
    await house.reserve(claim(5000n));
    expect(await house.books()).toMatchObject({
      'liability:held:mer_1': 3500,
      'liability:deferred_fee': 250,
    });

    const later = { lines: [goods('oln_9', 10_000n)], freights: [] };
    await house.capture(10_000n, later, 'KEPT', new Date('2026-10-31T16:00:00Z'), 'ord_2');
    expect(await house.books()).toMatchObject({
      'liability:held:mer_1': 3500 + 7050,
      'liability:deferred_fee': 250 + 450,
    });
    await house.rooms.database.transaction((tx) => tx.write("DELETE FROM split_rule WHERE id = 'spr_test'"));
  });

  it('A19: with a gift in it splits the rest', async () => {
    await house.sell(goods('oln_1', 10_000n), goods('oln_2', 0n));

    expect(await house.sharesOf('oln_2')).toEqual([]);
    await house.release();
    expect((await house.books())['liability:available:mer_1']).toBe(7000);
  });

  it('A20: without households keeps their pool for the county, also past release', async () => {
    await house.sell(goods('oln_1', 10_000n, { households: [] }));
    await house.release();

    expect(await house.books()).toMatchObject({
      'liability:held:household_pool:430225': 2000,
      'liability:available:mer_1': 7000,
    });

    await house.reserve(claim(10_000n));
    expect(await house.books()).toEqual({
      'asset:psp:stripe:cny': 10_000,
      'liability:refund_payable': 10_000,
    });
  });

  it('B1: is captured once, however often it is told of', async () => {
    for (let n = 0; n < 3; n += 1) await house.sell(goods('oln_1', 10_000n));

    expect(await house.books()).toMatchObject({
      'asset:psp:stripe:cny': 10_000,
      'liability:held:mer_1': 7000,
    });
    expect(await house.sharesOf('oln_1')).toHaveLength(5);
  });

  it('must make what was paid', async () => {
    const sale = { lines: [goods('oln_1', 9999n)], freights: [] };

    await expect(house.capture(10_000n, sale)).rejects.toThrow('the shares make what was paid');
    expect(await house.books()).toEqual({});
  });

  it('E1: costs the platform what the provider charges, once', async () => {
    const fee = { orderId: 'ord_1', movementRef: 'txn_1', feeFen: 169n };
    await house.charge(fee);
    await house.charge(fee);
    await house.charge({ ...fee, movementRef: 'txn_2', feeFen: 0n });

    expect(await house.books()).toEqual({ 'expense:psp_fee': 169, 'asset:psp:stripe:cny': -169 });
  });

  it('D20: is released once: payees may be paid, the platform has earned its fee', async () => {
    await house.sell(goods('oln_1', 10_000n));
    await house.release();
    await house.release();

    expect(await house.books()).toEqual({
      'asset:psp:stripe:cny': 10_000,
      'liability:available:mer_1': 7000,
      'liability:available:hhd_1': 2000,
      'liability:available:chp_1': 300,
      'liability:available:fund:430225': 200,
      'revenue:platform_fee': 500,
    });
  });

  it('is released one merchant order at a time', async () => {
    await house.sell(
      goods('oln_1', 10_000n),
      goods('oln_2', 1000n, { merchantOrderId: 'mor_2', merchantId: 'mer_2' }),
    );
    await house.release('mor_2');

    expect(await house.books()).toMatchObject({
      'liability:available:mer_2': 700,
      'liability:held:mer_1': 7000,
    });
  });

  it('is neither released nor refunded before it is split', async () => {
    await expect(house.release()).rejects.toThrow('ord_1 has been split');
    await expect(house.reserve(claim(1n))).rejects.toThrow('ord_1 has been split');
  });

  it.each([
    ['LATE', 'liability:escrow'],
    ['DUPLICATE', 'liability:escrow'],
    ['MISMATCHED', 'liability:suspense'],
  ] as const)(
    'B9, B10, B18: money that is %s waits in %s, and goes back from there',
    async (disposition, waiting) => {
      await house.capture(9900n, null, disposition);
      expect(await house.books()).toEqual({ 'asset:psp:stripe:cny': 9900, [waiting]: 9900 });

      await house.reserve({ ...claim(9900n, []), disposition });
      expect(await house.emitted()).toEqual(['refund.reserved']);
      await house.settle('rfd_1', 9900n);

      expect(await house.books()).toEqual({});
    },
  );

  it('costs as many statements for 3 lines of 100 households as for one of one', async () => {
    const households = Array.from({ length: 100 }, (_, n) => ({
      householdId: `hhd_${n}` as const,
      weight: n + 1,
    }));
    const statementsOf = (orderId: string, size: number, more: Parameters<typeof goods>[2] = {}) => {
      const lines = Array.from({ length: size }, (_, n) => goods(`${orderId}l${n}`, 10_000n, more));
      const sale = { lines, freights: [] };
      return countStatements(() => house.capture(10_000n * BigInt(size), sale, 'KEPT', undefined, orderId));
    };
    await statementsOf('ord_a', 3, { households }); // Opens accounts.
    await statementsOf('ord_b', 3, { households }); // Remembers them.

    expect(await statementsOf('ord_c', 3, { households })).toBe(await statementsOf('ord_d', 1));
  });
});
