import { DAY_MS } from '#libs/kernel';
import { DisputeBookingService, type RefundClaim } from '#libs/settlement';
import { SettlementRooms, claim, goods } from './settlement-rooms.js';

const ORDER = { disputeId: 'dsp_1', orderId: 'ord_1' };

describe('a dispute in the books', () => {
  let house: SettlementRooms;

  beforeAll(async () => {
    house = await SettlementRooms.open();
  });
  afterEach(() => house.proveAndForget());
  afterAll(() => house.close());

  const disputes = () => house.rooms.get(DisputeBookingService);
  const within = (
    work: (tx: Parameters<Parameters<typeof house.rooms.database.transaction>[0]>[0]) => Promise<void>,
  ) => house.rooms.database.transaction(work);
  const open = () => within((tx) => disputes().open(tx, ORDER, house.rooms.clock.now()));
  const withdraw = (amountFen: bigint) =>
    within((tx) => disputes().withdraw(tx, { ...ORDER, amountFen, feeFen: 1_500n }, house.cause()));
  const win = (amountFen: bigint) =>
    within((tx) => disputes().win(tx, { ...ORDER, amountFen }, house.cause()));
  const lose = (given: RefundClaim) => within((tx) => disputes().lose(tx, 'dsp_1', given, house.cause()));

  it('E5, E6 takes what was not refunded, holds the lines, and gives both back when won; the fee stays', async () => {
    await house.sell(goods('oln_1', 10_000n));
    await house.reserve(claim(2_500n));
    await house.settle('rfd_1', 2_500n);

    await open();
    await withdraw(7_500n);

    expect(await house.books()).toMatchObject({
      'asset:receivable:dispute': 7_500,
      'expense:psp_fee': 1_500,
      'asset:psp:stripe:cny': -1_500,
      'liability:held:mer_1': 5_250,
    });
    await house.release();
    expect(await house.books()).toMatchObject({ 'liability:held:mer_1': 5_250 });

    await win(7_500n);

    expect(await house.books()).toEqual({
      'asset:psp:stripe:cny': 6_000,
      'expense:psp_fee': 1_500,
      'liability:available:mer_1': 5_250,
      'liability:available:hhd_1': 1_500,
      'liability:available:chp_1': 225,
      'liability:available:fund:430225': 150,
      'revenue:platform_fee': 375,
    });
  });

  it('C6: lost of goods that the platform paid a part of gives it its coupon back', async () => {
    await house.sell(goods('oln_1', 10_000n, { subsidyFen: 1_000n }));
    await open();
    await withdraw(9_000n);

    await lose(claim(9_000n, [{ lineId: 'oln_1', amountFen: 9_000n, subsidyFen: 1_000n }]));

    expect(await house.books()).toEqual({ 'asset:psp:stripe:cny': -1_500, 'expense:psp_fee': 1_500 });
  });

  it('E8 lost is taken from the shares, and leaves the receivable at nothing', async () => {
    await house.sell(goods('oln_1', 10_000n));
    await open();
    await withdraw(10_000n);

    await lose(claim(10_000n));
    await lose(claim(10_000n));

    expect(await house.books()).toEqual({ 'asset:psp:stripe:cny': -1_500, 'expense:psp_fee': 1_500 });
  });

  it('E9 told backwards ends the same', async () => {
    await house.sell(goods('oln_1', 10_000n));

    await lose(claim(10_000n));
    await withdraw(10_000n);
    await open();
    await house.release();

    expect(await house.books()).toEqual({ 'asset:psp:stripe:cny': -1_500, 'expense:psp_fee': 1_500 });
  });

  it('E9 won before it was opened holds nothing afterwards', async () => {
    await house.sell(goods('oln_1', 10_000n));
    await win(10_000n);
    await open();
    await withdraw(10_000n);

    await house.release();

    expect(await house.books()).toMatchObject({ 'liability:available:mer_1': 7_000 });
    expect(await house.books()).not.toHaveProperty('asset:receivable:dispute');
  });
});

describe('lines that a case holds', () => {
  let house: SettlementRooms;

  beforeAll(async () => {
    house = await SettlementRooms.open();
  });
  afterEach(() => house.proveAndForget());
  afterAll(() => house.close());

  const hold = (caseRef: string, lineIds: readonly string[] | 'ALL') =>
    house.rooms.database.transaction((tx) =>
      house.releases.hold(tx, { caseRef, orderId: 'ord_1', lineIds }, 'AFTER_SALE', house.rooms.clock.now()),
    );
  const lift = (caseRef: string) =>
    house.rooms.database.transaction((tx) =>
      house.releases.lift(tx, { caseRef, orderId: 'ord_1' }, house.cause()),
    );
  const available = async () => (await house.books())['liability:available:mer_1'] ?? 0;

  it('D7 are released when the case closes, not when the window ends', async () => {
    await house.sell(goods('oln_1', 10_000n));
    await hold('cas_1', ['oln_1']);

    await house.release();
    expect(await available()).toBe(0);

    house.rooms.clock.advance(3 * DAY_MS);
    await lift('cas_1');
    await lift('cas_1');
    expect(await available()).toBe(7_000);
    await house.release();
    expect(await available()).toBe(7_000);
  });

  it('D7 that are lifted before the window ends are released at its end', async () => {
    await house.sell(goods('oln_1', 10_000n));
    await hold('cas_1', ['oln_1']);
    await lift('cas_1');
    expect(await available()).toBe(0);

    await house.release();

    expect(await available()).toBe(7_000);
  });

  it('D8 keep back themselves alone', async () => {
    await house.sell(goods('oln_1', 1_000n), goods('oln_2', 2_000n), goods('oln_3', 4_000n));
    await hold('cas_1', ['oln_2']);

    await house.release();
    expect(await available()).toBe(700 + 2_800);

    await lift('cas_1');
    expect(await available()).toBe(700 + 1_400 + 2_800);
  });

  it('D8 wait for the last of their cases', async () => {
    await house.sell(goods('oln_1', 1_000n), goods('oln_2', 2_000n));
    await hold('cas_1', ['oln_1', 'oln_2']);
    await hold('dsp_1', 'ALL');
    await house.release();

    await lift('cas_1');
    expect(await available()).toBe(0);

    await lift('dsp_1');
    expect(await available()).toBe(2_100);
  });

  it('D8 are refunded from what is held while they wait', async () => {
    await house.sell(goods('oln_1', 10_000n));
    await hold('cas_1', ['oln_1']);
    await house.release();

    await house.reserve(claim(2_500n));
    await lift('cas_1');

    expect(await available()).toBe(5_250);
    expect(await house.sharesOf('oln_1')).toMatchObject([
      { reversed: '1750', released: '5250' },
      {},
      {},
      {},
      {},
    ]);
  });
});
