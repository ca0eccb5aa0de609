import { SettlementRooms, claim, goods } from './settlement-rooms.js';

describe('a refund of a sale', () => {
  let house: SettlementRooms;

  beforeAll(async () => {
    house = await SettlementRooms.open();
  });
  afterEach(() => house.proveAndForget());
  afterAll(() => house.close());

  it('C1: is refunded in parts, from what remains, until nothing is left', async () => {
    await house.sell(goods('oln_1', 10_000n));

    for (const [index, amountFen] of [2500n, 2500n, 5000n].entries()) {
      await house.reserve(claim(amountFen, [{ lineId: 'oln_1', amountFen }], `rfd_${index}`));
      await house.settle(`rfd_${index}`, amountFen);
      if (index === 0)
        expect(await house.books()).toMatchObject({
          'liability:held:mer_1': 5250,
          'liability:held:hhd_1': 1500,
        });
    }

    expect(await house.books()).toEqual({});
    expect(await house.emitted()).toEqual(['refund.reserved', 'refund.reserved', 'refund.reserved']);
  });

  it('C9: is never refunded beyond what remains; nothing is written', async () => {
    await house.sell(goods('oln_1', 10_000n));
    await house.reserve(claim(2500n));
    const before = await house.books();

    const refusal = await house.reserve(claim(7501n, undefined, 'rfd_2'));

    expect(refusal).toMatchObject({ code: 'REFUND_EXCEEDS_REMAINDER', remainderFen: 7500n });
    expect([await house.books(), await house.emitted()]).toEqual([before, ['refund.reserved']]);
  });

  it('C11: gets back exactly what a failed refund took', async () => {
    await house.sell(goods('oln_1', 10_000n));
    const before = await house.books();
    await house.reserve(claim(2500n));

    await house.undo('rfd_1');

    expect(await house.books()).toEqual(before);
    expect(await house.sharesOf('oln_1')).toMatchObject([
      { reversed: '0' },
      { reversed: '0' },
      { reversed: '0' },
      { reversed: '0' },
      { reversed: '0' },
    ]);
    await house.reserve(claim(10_000n, undefined, 'rfd_2'));
    await house.settle('rfd_2', 10_000n);
    expect(await house.books()).toEqual({});
  });

  it.each([2500n, 10_000n])(
    'gets back what a failed refund of %s took, released if the window is over by then',
    async (amountFen) => {
      await house.sell(goods('oln_1', 10_000n));
      await house.reserve(claim(amountFen));
      await house.release();

      await house.undo('rfd_1');

      expect(await house.books()).toEqual({
        'asset:psp:stripe:cny': 10_000,
        'liability:available:mer_1': 7000,
        'liability:available:hhd_1': 2000,
        'liability:available:chp_1': 300,
        'liability:available:fund:430225': 200,
        'revenue:platform_fee': 500,
      });
      expect(await house.sharesOf('oln_1')).toMatchObject([
        { released: '7000' },
        { released: '2000' },
        {},
        {},
        {},
      ]);
    },
  );

  it('C13: after release is refunded from what may be paid out', async () => {
    await house.sell(goods('oln_1', 10_000n));
    await house.release();

    await house.reserve(claim(2500n));

    expect(await house.books()).toMatchObject({
      'liability:available:mer_1': 5250,
      'revenue:platform_fee': 375,
      'liability:refund_payable': 2500,
    });
  });

  it('C17: gives freight back from the freight share only', async () => {
    const freights = [{ merchantOrderId: 'mor_1', merchantId: 'mer_1', freightFen: 800n }] as const;
    await house.capture(10_800n, { lines: [goods('oln_1', 10_000n)], freights });

    await house.reserve(claim(800n, [{ lineId: 'mor_1', amountFen: 800n }]));

    expect(await house.books()).toMatchObject({ 'liability:held:mer_1': 7000, 'liability:held:hhd_1': 2000 });
  });

  describe('C6: that the platform paid a part of', () => {
    /** A18 as one line: 7870, of which the buyer paid 6870. */
    const sell = () => house.sell(goods('oln_1', 7870n, { subsidyFen: 1000n }));
    const refund = (amountFen: bigint, subsidyFen: bigint, refundId = 'rfd_1') =>
      house.reserve(claim(amountFen, [{ lineId: 'oln_1', amountFen, subsidyFen }], refundId));

    it('gives the buyer what they paid and the platform its coupon, in parts as whole', async () => {
      await sell();

      await refund(687n, 100n);
      expect(await house.books()).toEqual({
        'asset:psp:stripe:cny': 6870,
        'expense:subsidy': 900,
        'liability:refund_payable': 687,
        'liability:held:mer_1': 5509 - 551,
        'liability:held:hhd_1': 1574 - 157,
        'liability:deferred_fee': 394 - 39,
        'liability:held:chp_1': 236 - 24,
        'liability:held:fund:430225': 157 - 16,
      });
      await house.settle('rfd_1', 687n);
      await refund(6183n, 900n, 'rfd_2');
      await house.settle('rfd_2', 6183n);

      expect(await house.books()).toEqual({});
    });

    it('takes both from what has been released', async () => {
      await sell();
      await house.release();

      await refund(687n, 100n);

      expect(await house.books()).toMatchObject({
        'expense:subsidy': 900,
        'liability:refund_payable': 687,
        'liability:available:mer_1': 5509 - 551,
      });
    });

    it('is owed both by a payee who has been paid out, and absorbed for a household', async () => {
      await sell();
      await house.release();
      await house.payOut('mer_1', 5509n);
      await house.payOut('hhd_1', 1574n);

      await refund(6870n, 1000n);
      await house.settle('rfd_1', 6870n);

      expect(await house.books()).toEqual({
        'asset:bank:main': -7083,
        'asset:receivable:clawback:mer_1': 5509,
        'expense:household_absorption': 1574,
      });
    });

    it.each(['held', 'released meanwhile', 'released before', 'paid out'])(
      'C11: has everything as before when the refund fails, %s',
      async (standing) => {
        await sell();
        if (standing === 'released before' || standing === 'paid out') await house.release();
        if (standing === 'paid out') await house.payOut('mer_1', 5000n);
        const before = await house.books();
        await refund(2290n, 333n);
        expect(await house.books()).toMatchObject({ 'expense:subsidy': 667 });
        if (standing === 'released meanwhile') await house.release();

        await house.undo('rfd_1');
        await house.undo('rfd_1'); // Told twice.

        const released = {
          'liability:available:mer_1': 5509,
          'liability:available:hhd_1': 1574,
          'liability:available:chp_1': 236,
          'liability:available:fund:430225': 157,
          'revenue:platform_fee': 394,
        };
        const sums = { 'asset:psp:stripe:cny': 6870, 'expense:subsidy': 1000 };
        expect(await house.books()).toEqual(
          standing === 'released meanwhile' ? { ...sums, ...released } : before,
        );
      },
    );

    it('takes no more than the shares hold, and then nothing is written', async () => {
      await sell();
      const before = await house.books();

      expect(await refund(6870n, 1001n)).toMatchObject({ code: 'REFUND_EXCEEDS_REMAINDER' });

      expect(await house.books()).toEqual(before);
    });
  });

  it.each([
    ['held', false],
    ['released', true],
  ])('E3: leaves the provider’s fee where it is, %s', async (_, isReleased) => {
    await house.sell(goods('oln_1', 10_000n));
    await house.charge({ orderId: 'ord_1', paymentId: 'pay_ord_1', movementRef: 'txn_1', feeFen: 220n });
    if (isReleased) await house.release();

    await house.reserve(claim(2500n));
    await house.settle('rfd_1', 2500n);

    expect(await house.books()).toMatchObject({
      'expense:psp_fee': 220,
      'asset:psp:stripe:cny': 10_000 - 220 - 2500,
      [`liability:${isReleased ? 'available' : 'held'}:mer_1`]: 5250,
    });
  });

  it('C19: is refunded once, however often each step is told of', async () => {
    await house.sell(goods('oln_1', 10_000n));
    for (let n = 0; n < 2; n += 1) {
      await house.reserve(claim(2500n));
      await house.settle('rfd_1', 2500n);
    }

    expect(await house.books()).toMatchObject({ 'asset:psp:stripe:cny': 7500, 'liability:held:mer_1': 5250 });
  });

  it('is refunded and released at once without losing a fen', async () => {
    await house.sell(goods('oln_1', 10_000n));

    await Promise.all([
      house.release(),
      ...Array.from({ length: 4 }, (_, n) => house.reserve(claim(1000n, undefined, `rfd_${n}`))),
    ]);

    expect(await house.books()).toMatchObject({
      'liability:available:mer_1': 4200,
      'revenue:platform_fee': 300,
      'liability:refund_payable': 4000,
    });
  });
});
