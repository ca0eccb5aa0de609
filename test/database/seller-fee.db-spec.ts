import { SplitReader } from '#libs/settlement';
import { countStatements } from '../harness/statements.js';
import { SettlementRooms, claim, goods } from './settlement-rooms.js';

describe('a fee that the sellers bear', () => {
  let house: SettlementRooms;

  beforeAll(async () => {
    house = await SettlementRooms.open();
    await house.rooms.database.transaction((tx) =>
      tx.write("UPDATE split_rule SET fee_bearer = 'SELLER' WHERE scope_key = 'C:COUNTER'"),
    );
  });
  afterEach(() => house.proveAndForget());
  afterAll(() => house.close());

  const fee = { orderId: 'ord_1', paymentId: 'pay_ord_1', movementRef: 'txn_1', feeFen: 220n };
  const feesOf = async () =>
    (await house.rooms.get(SplitReader).ofOrder('ord_1')).flatMap(({ shares }) =>
      shares.map(({ feeFen }) => feeFen),
    );
  const borne = { asset: 10_000 - 220 };
  const reduced = {
    'asset:psp:stripe:cny': borne.asset,
    'liability:held:mer_1': 7000 - 154,
    'liability:held:hhd_1': 2000 - 44,
    'liability:deferred_fee': 500 - 11,
    'liability:held:chp_1': 300 - 7,
    'liability:held:fund:430225': 200 - 4,
  };

  it('E2: reduces their shares, once', async () => {
    await house.sell(goods('oln_1', 10_000n));
    await house.charge(fee);
    await house.charge(fee);

    expect(await house.books()).toEqual(reduced);
    expect(await feesOf()).toEqual([154n, 44n, 11n, 7n, 4n]);
  });

  it('is passed on too where it was told before the payment', async () => {
    await house.charge(fee);
    expect(await house.books()).toEqual({ 'expense:psp_fee': 220, 'asset:psp:stripe:cny': -220 });

    await house.sell(goods('oln_1', 10_000n));
    await house.sell(goods('oln_1', 10_000n));

    expect(await house.books()).toEqual(reduced);
  });

  it('is passed on once, whichever of fee and payment comes first', async () => {
    await Promise.all([house.sell(goods('oln_1', 10_000n)), house.charge(fee), house.charge(fee)]);

    expect(await house.books()).toEqual(reduced);
  });

  it('of another payment of the order is not theirs', async () => {
    await house.sell(goods('oln_1', 10_000n));
    await house.charge({ ...fee, paymentId: 'pay_duplicate' });

    expect(await house.books()).toMatchObject({ 'expense:psp_fee': 220, 'liability:held:mer_1': 7000 });
  });

  it('leaves alone the lines whose fee the platform bears', async () => {
    await house.sell(
      goods('oln_1', 5000n),
      goods('oln_2', 5000n, { channelKind: 'ONLINE', operatorId: null }),
    );
    await house.charge(fee);

    expect(await house.books()).toMatchObject({
      'expense:psp_fee': 110,
      'liability:held:mer_1': 3500 - 77 + 3650,
    });
  });

  it('is released with what is left of the shares', async () => {
    await house.sell(goods('oln_1', 10_000n));
    await house.charge(fee);
    await house.release();

    expect(await house.books()).toEqual({
      'asset:psp:stripe:cny': 9780,
      'liability:available:mer_1': 6846,
      'liability:available:hhd_1': 1956,
      'liability:available:chp_1': 293,
      'liability:available:fund:430225': 196,
      'revenue:platform_fee': 489,
    });
  });

  it('that is told after release stays with the platform', async () => {
    await house.sell(goods('oln_1', 10_000n));
    await house.release();
    await house.charge(fee);

    expect(await house.books()).toMatchObject({ 'expense:psp_fee': 220, 'liability:available:mer_1': 7000 });
  });

  it.each([
    ['held', false],
    ['released', true],
  ])(
    'E3: is the platform’s again where money that is %s goes back: the provider returns no fee',
    async (_, isReleased) => {
      await house.sell(goods('oln_1', 10_000n));
      await house.charge(fee);
      if (isReleased) await house.release();

      await house.reserve(claim(2500n));
      await house.reserve(claim(7500n, [{ lineId: 'oln_1', amountFen: 7500n }], 'rfd_2'));

      expect(await house.books()).toEqual({
        'asset:psp:stripe:cny': 9780,
        'expense:psp_fee': 220,
        'liability:refund_payable': 10_000,
      });
      expect(await feesOf()).toEqual([0n, 0n, 0n, 0n, 0n]);
    },
  );

  it('costs as many statements for fifty lines as for one', async () => {
    const chargeOf = async (n: number) => {
      const orderId = `ord_${n}`;
      const lines = Array.from({ length: n }, (_, index) => goods(`${orderId}l${index}`, 10_000n));
      await house.capture(10_000n * BigInt(n), { lines, freights: [] }, 'KEPT', undefined, orderId);
      const charged = { ...fee, orderId, paymentId: `pay_${orderId}`, movementRef: `txn_${n}` };
      return countStatements(() => house.charge(charged));
    };
    await chargeOf(2); // Opens accounts.

    expect(await chargeOf(50)).toBe(await chargeOf(1));
  });
});
