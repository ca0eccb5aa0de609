import { type Fen, newId } from '#libs/kernel';
import { LedgerReader, LedgerService } from '#libs/ledger';
import {
  type RefundClaim,
  RefundReversalService,
  type Sale,
  SaleSplitService,
  SplitRuleReader,
} from '#libs/settlement';
import { LedgerRepository } from '../../libs/ledger/src/ledger.repository.js';
import { SplitRepository } from '../../libs/settlement/src/split.repository.js';
import { FakeClock } from '../harness/clock.js';
import { type TestDatabase, createTestDatabase } from '../harness/database.js';
import { countStatements } from '../harness/statements.js';

const clock = new FakeClock();
const cause = (at = clock.now()) => ({ eventId: newId('evt'), at });

const goods = (
  lineId: string,
  goodsFen: Fen,
  more: Partial<Sale['lines'][number]> = {},
): Sale['lines'][number] => ({
  lineId,
  merchantOrderId: 'mor_1',
  merchantId: 'mer_1',
  goodsFen,
  channelKind: 'COUNTER',
  operatorId: 'chp_1',
  originCountyCode: '430225',
  households: [{ householdId: 'hhd_1', weight: 1 }],
  ...more,
});

describe('a sale', () => {
  let test: TestDatabase;
  let sales: SaleSplitService;
  let refunds: RefundReversalService;
  let reader: LedgerReader;

  beforeAll(async () => {
    test = await createTestDatabase();
    reader = new LedgerReader(test.database);
    const ledger = new LedgerService(new LedgerRepository(clock));
    const splits = new SplitRepository();
    sales = new SaleSplitService(ledger, new SplitRuleReader(test.database), splits);
    refunds = new RefundReversalService(ledger, reader, splits, clock);
  });
  afterEach(async () => {
    expect((await reader.trialBalance()).differenceFen).toBe(0n);
    expect(await reader.disagreements()).toEqual([]);
    await test.database.transaction(async (tx) => {
      for (const table of ['ledger_transfer', 'ledger_journal', 'split_share', 'split_reversal', 'outbox'])
        await tx.write(`DELETE FROM ${table}`);
      await tx.write('UPDATE ledger_account SET debits_posted_fen = 0, credits_posted_fen = 0, version = 0');
    });
  });
  afterAll(() => test.drop());

  const order = { orderId: 'ord_1', paymentId: 'pay_1', intentRef: 'pi_1' };
  const capture = (
    amountFen: Fen,
    sale: Sale | null,
    disposition: 'KEPT' | 'LATE' | 'DUPLICATE' | 'MISMATCHED' = 'KEPT',
    at = clock.now(),
  ) =>
    test.database.transaction((tx) =>
      sales.capture(tx, { ...order, amountFen, disposition }, sale, cause(at)),
    );
  const sell = (...lines: Sale['lines']) => {
    const total = lines.reduce((sum, line) => sum + line.goodsFen, 0n);
    return capture(total, { lines, freights: [] });
  };
  const claim = (
    amountFen: Fen,
    parts: RefundClaim['parts'] = [{ lineId: 'oln_1', amountFen }],
    refundId = 'rfd_1',
  ): RefundClaim => ({
    refundId,
    orderId: 'ord_1',
    amountFen,
    disposition: 'KEPT',
    parts,
  });
  const reserve = (given: RefundClaim) =>
    test.database.transaction((tx) => refunds.reserve(tx, given, cause()));
  const settle = (refundId: string, amountFen: Fen) =>
    test.database.transaction((tx) => refunds.settle(tx, refundId, amountFen, cause()));
  const undo = (refundId: string) =>
    test.database.transaction((tx) => refunds.undo(tx, { refundId, orderId: 'ord_1' }, cause()));
  const release = (merchantOrderId = 'mor_1') =>
    test.database.transaction((tx) => sales.release(tx, { orderId: 'ord_1', merchantOrderId }, cause()));
  /** The accounts that hold anything. */
  const books = async () => {
    const { nodes } = await reader.accounts('', { first: 100, after: null });
    return Object.fromEntries(
      nodes
        .filter(({ balanceFen }) => balanceFen !== 0n)
        .map(({ code, balanceFen }) => [code, Number(balanceFen)]),
    );
  };
  const sharesOf = (lineId: string) =>
    test.database.query(
      'SELECT CAST(share_fen AS CHAR) AS share, CAST(reversed_fen AS CHAR) AS reversed, CAST(released_fen AS CHAR) AS released FROM split_share WHERE line_id = ? ORDER BY rank_no',
      [lineId],
    );
  const emitted = async () =>
    (await test.database.query<{ name: string }>('SELECT name FROM outbox ORDER BY id')).map(
      ({ name }) => name,
    );

  it('A1: is captured and split in one go, and leaves nothing in escrow', async () => {
    await sell(goods('oln_1', 10_000n));

    expect(await books()).toEqual({
      'asset:psp:stripe:cny': 10_000,
      'liability:held:mer_1': 7000,
      'liability:held:hhd_1': 2000,
      'liability:deferred_fee': 500,
      'liability:held:chp_1': 300,
      'liability:held:fund:430225': 200,
    });
  });

  it('A10: away from counters follows R-A0', async () => {
    await sell(goods('oln_1', 10_000n, { channelKind: 'ONLINE', operatorId: null }));

    expect(await books()).toMatchObject({ 'liability:held:mer_1': 7300, 'liability:held:fund:430225': 200 });
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

    await capture(8670n, { lines, freights });

    expect(await books()).toEqual({
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
    await test.database.transaction((tx) =>
      tx.insert('split_rule', [{ ...rule, effectiveFrom: new Date('2026-10-31T16:00:00Z') }]),
    );
    const sale = { lines: [goods('oln_1', 10_000n)], freights: [] };

    await capture(10_000n, sale, 'KEPT', new Date('2026-10-31T15:59:59Z'));
    expect(await books()).toMatchObject({ 'liability:held:mer_1': 7000, 'liability:deferred_fee': 500 });
    await reserve(claim(5000n));
    expect(await books()).toMatchObject({ 'liability:held:mer_1': 3500, 'liability:deferred_fee': 250 });

    const next = {
      ...order,
      orderId: 'ord_2',
      paymentId: 'pay_2',
      intentRef: 'pi_2',
      amountFen: 10_000n,
      disposition: 'KEPT',
    } as const;
    const [line] = sale.lines;
    const later = cause(new Date('2026-10-31T16:00:00Z'));
    await test.database.transaction((tx) =>
      sales.capture(tx, next, { lines: line ? [{ ...line, lineId: 'oln_9' }] : [], freights: [] }, later),
    );
    expect(await books()).toMatchObject({
      'liability:held:mer_1': 3500 + 7050,
      'liability:deferred_fee': 250 + 450,
    });
    await test.database.transaction((tx) => tx.write("DELETE FROM split_rule WHERE id = 'spr_test'"));
  });

  it('A19: with a gift in it splits the rest', async () => {
    await sell(goods('oln_1', 10_000n), goods('oln_2', 0n));

    expect(await sharesOf('oln_2')).toEqual([]);
    await release();
    expect((await books())['liability:available:mer_1']).toBe(7000);
  });

  it('A20: without households keeps their pool for the county, also past release', async () => {
    await sell(goods('oln_1', 10_000n, { households: [] }));
    await release();

    expect(await books()).toMatchObject({
      'liability:held:household_pool:430225': 2000,
      'liability:available:mer_1': 7000,
    });

    await reserve(claim(10_000n));
    expect(await books()).toEqual({ 'asset:psp:stripe:cny': 10_000, 'liability:refund_payable': 10_000 });
  });

  it('B1: is captured once, however often it is told of', async () => {
    for (let n = 0; n < 3; n += 1) await sell(goods('oln_1', 10_000n));

    expect(await books()).toMatchObject({ 'asset:psp:stripe:cny': 10_000, 'liability:held:mer_1': 7000 });
    expect(await sharesOf('oln_1')).toHaveLength(5);
  });

  it('must make what was paid', async () => {
    const sale = { lines: [goods('oln_1', 9999n)], freights: [] };

    await expect(capture(10_000n, sale)).rejects.toThrow('the shares make what was paid');
    expect(await books()).toEqual({});
  });

  it('E1: costs the platform what the provider charges, once', async () => {
    const fee = { orderId: 'ord_1', movementRef: 'txn_1', feeFen: 169n };
    for (const feeFen of [169n, 169n]) {
      await test.database.transaction((tx) => sales.chargeFee(tx, { ...fee, feeFen }, cause()));
    }
    await test.database.transaction((tx) =>
      sales.chargeFee(tx, { ...fee, movementRef: 'txn_2', feeFen: 0n }, cause()),
    );

    expect(await books()).toEqual({ 'expense:psp_fee': 169, 'asset:psp:stripe:cny': -169 });
  });

  it('D20: is released once: payees may be paid, the platform has earned its fee', async () => {
    await sell(goods('oln_1', 10_000n));
    await release();
    await release();

    expect(await books()).toEqual({
      'asset:psp:stripe:cny': 10_000,
      'liability:available:mer_1': 7000,
      'liability:available:hhd_1': 2000,
      'liability:available:chp_1': 300,
      'liability:available:fund:430225': 200,
      'revenue:platform_fee': 500,
    });
  });

  it('is released one merchant order at a time', async () => {
    await sell(
      goods('oln_1', 10_000n),
      goods('oln_2', 1000n, { merchantOrderId: 'mor_2', merchantId: 'mer_2' }),
    );
    await release('mor_2');

    expect(await books()).toMatchObject({ 'liability:available:mer_2': 700, 'liability:held:mer_1': 7000 });
  });

  it('is neither released nor refunded before it is split', async () => {
    await expect(release()).rejects.toThrow('ord_1 has been split');
    await expect(reserve(claim(1n))).rejects.toThrow('ord_1 has been split');
  });

  it.each([
    ['LATE', 'liability:escrow'],
    ['DUPLICATE', 'liability:escrow'],
    ['MISMATCHED', 'liability:suspense'],
  ] as const)(
    'B9, B10, B18: money that is %s waits in %s, and goes back from there',
    async (disposition, waiting) => {
      await capture(9900n, null, disposition);
      expect(await books()).toEqual({ 'asset:psp:stripe:cny': 9900, [waiting]: 9900 });

      await reserve({ ...claim(9900n, []), disposition });
      expect(await emitted()).toEqual(['refund.reserved']);
      await settle('rfd_1', 9900n);

      expect(await books()).toEqual({});
    },
  );

  it('C1: is refunded in parts, from what remains, until nothing is left', async () => {
    await sell(goods('oln_1', 10_000n));

    for (const [index, amountFen] of [2500n, 2500n, 5000n].entries()) {
      await reserve(claim(amountFen, [{ lineId: 'oln_1', amountFen }], `rfd_${index}`));
      await settle(`rfd_${index}`, amountFen);
      if (index === 0)
        expect(await books()).toMatchObject({ 'liability:held:mer_1': 5250, 'liability:held:hhd_1': 1500 });
    }

    expect(await books()).toEqual({});
    expect(await emitted()).toEqual(['refund.reserved', 'refund.reserved', 'refund.reserved']);
  });

  it('C9: is never refunded beyond what remains; nothing is written', async () => {
    await sell(goods('oln_1', 10_000n));
    await reserve(claim(2500n));
    const before = await books();

    const refusal = await reserve(claim(7501n, undefined, 'rfd_2'));

    expect(refusal).toMatchObject({ code: 'REFUND_EXCEEDS_REMAINDER', remainderFen: 7500n });
    expect([await books(), await emitted()]).toEqual([before, ['refund.reserved']]);
  });

  it('C11: gets back exactly what a failed refund took', async () => {
    await sell(goods('oln_1', 10_000n));
    const before = await books();
    await reserve(claim(2500n));

    await undo('rfd_1');

    expect(await books()).toEqual(before);
    expect(await sharesOf('oln_1')).toMatchObject([
      { reversed: '0' },
      { reversed: '0' },
      { reversed: '0' },
      { reversed: '0' },
      { reversed: '0' },
    ]);
    await reserve(claim(10_000n, undefined, 'rfd_2'));
    await settle('rfd_2', 10_000n);
    expect(await books()).toEqual({});
  });

  it.each([2500n, 10_000n])(
    'gets back what a failed refund of %s took, released if the window is over by then',
    async (amountFen) => {
      await sell(goods('oln_1', 10_000n));
      await reserve(claim(amountFen));
      await release();

      await undo('rfd_1');

      expect(await books()).toEqual({
        'asset:psp:stripe:cny': 10_000,
        'liability:available:mer_1': 7000,
        'liability:available:hhd_1': 2000,
        'liability:available:chp_1': 300,
        'liability:available:fund:430225': 200,
        'revenue:platform_fee': 500,
      });
      expect(await sharesOf('oln_1')).toMatchObject([{ released: '7000' }, { released: '2000' }, {}, {}, {}]);
    },
  );

  it('C13: after release is refunded from what may be paid out', async () => {
    await sell(goods('oln_1', 10_000n));
    await release();

    await reserve(claim(2500n));

    expect(await books()).toMatchObject({
      'liability:available:mer_1': 5250,
      'revenue:platform_fee': 375,
      'liability:refund_payable': 2500,
    });
  });

  it('C17: gives freight back from the freight share only', async () => {
    const freights = [{ merchantOrderId: 'mor_1', merchantId: 'mer_1', freightFen: 800n }] as const;
    await capture(10_800n, { lines: [goods('oln_1', 10_000n)], freights });

    await reserve(claim(800n, [{ lineId: 'mor_1', amountFen: 800n }]));

    expect(await books()).toMatchObject({ 'liability:held:mer_1': 7000, 'liability:held:hhd_1': 2000 });
  });

  it('C19: is refunded once, however often each step is told of', async () => {
    await sell(goods('oln_1', 10_000n));
    for (let n = 0; n < 2; n += 1) {
      await reserve(claim(2500n));
      await settle('rfd_1', 2500n);
    }

    expect(await books()).toMatchObject({ 'asset:psp:stripe:cny': 7500, 'liability:held:mer_1': 5250 });
  });

  it('is refunded and released at once without losing a fen', async () => {
    await sell(goods('oln_1', 10_000n));

    await Promise.all([
      release(),
      ...Array.from({ length: 4 }, (_, n) => reserve(claim(1000n, undefined, `rfd_${n}`))),
    ]);

    expect(await books()).toMatchObject({
      'liability:available:mer_1': 4200,
      'revenue:platform_fee': 300,
      'liability:refund_payable': 4000,
    });
  });

  it('costs as many statements for 3 lines of 100 households as for one of one', async () => {
    const households = Array.from({ length: 100 }, (_, n) => ({
      householdId: `hhd_${n}` as const,
      weight: n + 1,
    }));
    const many = ['oln_1', 'oln_2', 'oln_3'].map((id) => goods(id, 10_000n, { households }));
    const statementsOf = (orderId: string, lines: Sale['lines']) => {
      const amountFen = lines.reduce((sum, line) => sum + line.goodsFen, 0n);
      const given = {
        orderId,
        paymentId: orderId,
        intentRef: orderId,
        amountFen,
        disposition: 'KEPT',
      } as const;
      const own = lines.map((line) => ({ ...line, lineId: `${orderId}${line.lineId}` }));
      return countStatements(() =>
        test.database.transaction((tx) => sales.capture(tx, given, { lines: own, freights: [] }, cause())),
      );
    };
    await statementsOf('ord_a', many); // Opens accounts.
    await statementsOf('ord_b', many); // Remembers them.

    expect(await statementsOf('ord_c', many)).toBe(await statementsOf('ord_d', [goods('oln_1', 10_000n)]));
  });
});

describe('the tables of settlement', () => {
  let test: TestDatabase;
  const rule = {
    id: 'spr_1',
    version: 9,
    channelKind: 'ZONE',
    merchantBps: 7000,
    householdBps: 2000,
    platformBps: 500,
    operatorBps: 300,
    fundBps: 200,
    effectiveFrom: new Date(0),
  };
  const share = {
    lineId: 'oln_1',
    rankNo: 1,
    merchantOrderId: 'mor_1',
    orderId: 'ord_1',
    ruleId: '',
    payeeKind: 'MERCHANT',
    payeeId: 'mer_1',
    shareFen: 10,
  };
  const reversal = { refundId: 'rfd_1', lineId: 'oln_1', rankNo: 1, amountFen: 1, takenFrom: 'HELD' };

  beforeAll(async () => {
    test = await createTestDatabase();
    await test.database.transaction(async (tx) => {
      await tx.insert('split_rule', [{ ...rule, version: 1 }]);
      await tx.insert('split_share', [{ ...share, lineId: 'oln_good' }]);
      await tx.insert('split_reversal', [{ ...reversal, refundId: 'rfd_good' }]);
    });
  });
  afterAll(() => test.drop());

  it('A15: hold the default rules from the start', async () => {
    expect(await new SplitRuleReader(test.database).all()).toMatchObject([
      { channelKind: 'ZONE' },
      {
        channelKind: '*',
        merchantBps: 7300,
        operatorBps: 0,
        effectiveFrom: new Date('2018-12-31T16:00:00Z'),
      },
      { channelKind: 'COUNTER', merchantBps: 7000, operatorBps: 300 },
    ]);
  });

  it.each([
    ['split_rule_makes_the_whole', 'split_rule', { ...rule, merchantBps: 7001 }],
    ['split_rule_makes_the_whole', 'split_rule', { ...rule, merchantBps: 6999 }],
    ['split_rule_makes_the_whole', 'split_rule', { ...rule, merchantBps: 9100, householdBps: -100 }],
    ['split_rule_version', 'split_rule', { ...rule, id: 'spr_2', version: 1 }],
    ['split_share_payee_known', 'split_share', { ...share, payeeKind: 'FRIEND' }],
    ['split_share_never_over', 'split_share', { ...share, shareFen: -1 }],
    ['split_share_never_over', 'split_share', { ...share, reversedFen: 11 }],
    ['split_share_never_over', 'split_share', { ...share, releasedFen: 11 }],
    ['split_share_never_over', 'split_share', { ...share, reversedFen: -1 }],
    ['split_reversal_amount_positive', 'split_reversal', { ...reversal, amountFen: 0 }],
    ['split_reversal_source_known', 'split_reversal', { ...reversal, takenFrom: 'POCKET' }],
  ])('keep %s', async (constraint, table, row) => {
    const inserting = test.database.transaction((tx) => tx.insert(table, [row]));

    await expect(inserting).rejects.toThrow(constraint);
  });
});
