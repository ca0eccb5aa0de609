import { SplitReader } from '#libs/settlement';
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
      scopeKey: 'C:COUNTER',
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

  it('A18: is split on its whole base where the platform pays a part of it', async () => {
    const lines = [
      goods('oln_1', 3990n, { subsidyFen: 507n }),
      goods('oln_2', 2590n, { subsidyFen: 329n }),
      goods('oln_3', 1290n, { subsidyFen: 164n }),
    ];
    await house.sell(...lines);
    await house.sell(...lines); // Told twice.

    expect(await house.books()).toEqual({
      'asset:psp:stripe:cny': 6870,
      'expense:subsidy': 1000,
      'liability:held:mer_1': 5509,
      'liability:held:hhd_1': 1574,
      'liability:deferred_fee': 392,
      'liability:held:chp_1': 237,
      'liability:held:fund:430225': 158,
    });
    expect(
      (await house.reader.journalsOfSubject('ord_1')).map(({ kind, transfers }) => [kind, transfers[0]]),
    ).toMatchObject([
      ['payment_captured', { debit: 'asset:psp:stripe:cny', credit: 'liability:escrow', amountFen: 6870n }],
      ['subsidy', { debit: 'expense:subsidy', credit: 'liability:escrow', amountFen: 1000n }],
      ['order_split', expect.objectContaining({ debit: 'liability:escrow' })],
    ]);
  });

  it('contributes to the county of the place of sale where goods are not certified, and refunds take that back too', async () => {
    await house.sell(goods('oln_1', 10_000n, { isCertified: false }), goods('oln_2', 10_000n));

    expect(await house.books()).toMatchObject({
      'liability:held:mer_1': 6900 + 7000,
      'liability:held:fund:430211': 100,
      'liability:held:fund:430225': 400,
    });

    await house.reserve(claim(5000n));
    expect(await house.books()).toMatchObject({
      'liability:held:mer_1': 3450 + 7000,
      'liability:held:fund:430211': 50,
      'liability:held:fund:430225': 300,
    });

    await house.release();
    expect((await house.books())['liability:available:fund:430211']).toBe(50);
  });

  it('contributes nothing online, where no rule asks for it', async () => {
    await house.sell(
      goods('oln_1', 10_000n, { isCertified: false, channelKind: 'ONLINE', operatorId: null }),
    );

    expect((await house.books())['liability:held:mer_1']).toBe(7300);
  });

  it('A14: of 9 007 199 254 740 993 fen comes back from the database as it went in', async () => {
    await house.sell(goods('oln_1', 9_007_199_254_740_993n));

    const [line] = await house.rooms.get(SplitReader).ofOrder('ord_1');
    expect(line?.baseFen).toBe(9_007_199_254_740_993n);
    expect(line?.shares.map(({ payeeKind, shareFen }) => [payeeKind, shareFen])).toEqual([
      ['MERCHANT', 6_305_039_478_318_695n],
      ['HOUSEHOLD', 1_801_439_850_948_198n],
      ['PLATFORM', 450_359_962_737_050n],
      ['OPERATOR', 270_215_977_642_230n],
      ['FUND', 180_143_985_094_820n],
    ]);
  });

  it.each([
    [
      'a share is not what it was',
      "UPDATE split_share SET share_fen = share_fen + 1 WHERE line_id = 'oln_2' AND rank_no = 1",
    ],
    ['a share is gone', "DELETE FROM split_share WHERE line_id = 'oln_2' AND rank_no = 3"],
    ['all shares are gone', "DELETE FROM split_share WHERE line_id = 'oln_2'"],
    ['the base is not what it was', "UPDATE split_line SET base_fen = base_fen - 1 WHERE line_id = 'oln_2'"],
    ['the base is gone', "DELETE FROM split_line WHERE line_id = 'oln_2'"],
    [
      'more was taken back than refunds took',
      "UPDATE split_share SET reversed_fen = 1 WHERE line_id = 'oln_2' AND rank_no = 1",
    ],
    [
      'a refund took more than was taken back',
      "UPDATE split_reversal SET amount_fen = amount_fen + 1 WHERE line_id = 'oln_2' AND rank_no = 1",
    ],
    [
      'an undone refund still counts',
      "UPDATE split_reversal SET undone_at = '2026-01-01' WHERE line_id = 'oln_2'",
    ],
  ])('R10: is found uneven where %s', async (_, statement) => {
    const uneven = () => house.rooms.get(SplitReader).unevenLines(10);
    await house.sell(goods('oln_1', 10_000n), goods('oln_2', 10_000n), goods('oln_3', 999n));
    await house.reserve(claim(500n, [{ lineId: 'oln_2', amountFen: 500n }]));
    expect(await uneven()).toEqual([]);

    await house.rooms.database.transaction((tx) => tx.write(statement));

    expect((await uneven()).map(({ lineId, orderId }) => [lineId, orderId])).toEqual([['oln_2', 'ord_1']]);
    expect(await house.rooms.get(SplitReader).unevenLines(10, 'oln_2')).toEqual([]);
    await house.rooms.database.transaction(async (tx) => {
      for (const table of ['split_line', 'split_share', 'split_reversal'])
        await tx.write(`DELETE FROM ${table}`);
    });
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
    const fee = { orderId: 'ord_1', paymentId: 'pay_ord_1', movementRef: 'txn_1', feeFen: 169n };
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

    const one = await statementsOf('ord_d', 1);
    expect(await statementsOf('ord_c', 3, { households })).toBe(one);

    const rules = Array.from({ length: 500 }, (_, n) => ({
      id: `spr_many${n}`,
      version: 1,
      scopeKey: `P:prd_${n}`,
      productId: `prd_${n}`,
      channelKind: '*',
      merchantBps: 8000,
      householdBps: 2000,
      platformBps: 0,
      operatorBps: 0,
      fundBps: 0,
      effectiveFrom: new Date(0),
    }));
    await house.rooms.database.transaction((tx) => tx.insert('split_rule', rules));
    const lines = Array.from({ length: 50 }, (_, n) => goods(`many${n}`, 10_000n, { productId: `prd_${n}` }));
    const sale = { lines, freights: [] };
    expect(await countStatements(() => house.capture(500_000n, sale, 'KEPT', undefined, 'ord_many'))).toBe(
      one,
    );
    await house.rooms.database.transaction((tx) =>
      tx.write("DELETE FROM split_rule WHERE id LIKE 'spr_many%'"),
    );
    expect((await house.rooms.get(SplitReader).ofOrder('ord_many'))[7]?.shares[0]?.shareFen).toBe(8000n);
  });
});
