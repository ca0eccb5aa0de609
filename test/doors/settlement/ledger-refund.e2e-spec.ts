import { DAY_MS, present, refused } from '#libs/kernel';
import { LedgerReader } from '#libs/ledger';
import { MerchantOrderService, OrderReader, OrderService } from '#libs/ordering';
import {
  type PaymentMethod,
  PaymentReader,
  PaymentService,
  RefundReader,
  RefundRequestService,
} from '#libs/payment';
import { VolumeReader, VolumeRollupService } from '#libs/volume';
import { World } from '../../harness/world.js';
import { type PayableOrder, Postbag, deliverWebhooks, makePayableOrder } from '../../make/payment.make.js';
import { receiveOrder } from '../../make/receipt.make.js';

describe('a refund, from the request to the provider and through the books', () => {
  let world: World;
  let postbag: Postbag;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'], withSandbox: true });
    world.clock.set(world.sandbox.control.now.toISOString());
    postbag = new Postbag(world.sandbox, world.clock);
  });
  afterAll(() => world.close());
  afterEach(async () => {
    expect((await world.get(LedgerReader).trialBalance()).differenceFen).toBe(0n);
    expect(await world.get(LedgerReader).disagreements()).toEqual([]);
    expect(await balanceOf('liability:escrow')).toBe(0n);
    expect(await balanceOf('liability:refund_payable')).toBe(0n);
  });

  const balanceOf = async (code: string) =>
    (await world.get(LedgerReader).accountByCode(code))?.balanceFen ?? 0n;
  const creditOf = ({ merchantId }: { readonly merchantId: `mer_${string}` }) =>
    world.get(LedgerReader).balancesOfPayee(merchantId);
  /** Both clocks, so that signatures stay fresh. */
  const advance = async (milliseconds: number) => {
    world.clock.advance(milliseconds);
    await world.sandbox.control.advance(milliseconds / 1_000);
  };
  /** Hands over whatever Stripe has to tell until it has nothing more to tell. Wallets take a moment for a refund. */
  const hear = async () => {
    for (let round = 0; round < 3; round += 1) {
      await deliverWebhooks(world, postbag);
      await world.settle();
      await advance(10_000);
    }
  };
  const pay = async (order: PayableOrder, method: PaymentMethod = 'ALIPAY') => {
    const payment = await world.get(PaymentService).start(order.buyerId, order.orderId, method);
    if (refused(payment)) throw new Error(payment.message.en);
    const { intentRef, checkoutRef } = present(
      await world.get(PaymentReader).byId(payment.id),
      'the payment',
    );
    world.sandbox.control.authorise(present(checkoutRef ?? intentRef, 'a reference'));
    await hear();
    const paid = present(await world.get(PaymentReader).byId(payment.id), 'the payment');
    return present(paid.intentRef, 'an intent');
  };
  const sell = async (method?: PaymentMethod) => {
    const order = await makePayableOrder(world, { priceFen: 10_000n, quantity: 4 });
    const intentRef = await pay(order, method);
    const [line] = await world.get(OrderReader).linesOfOrder(order.orderId);
    const { id: orderLineId, merchantId } = present(line, 'a line');
    return { ...order, intentRef, orderLineId, merchantId };
  };
  const request = async (order: Awaited<ReturnType<typeof sell>>, quantity: number) => {
    const lines = [{ orderLineId: order.orderLineId, quantity, amountFen: null }];
    await world.database.transaction((tx) =>
      world.get(RefundRequestService).request(tx, {
        orderId: order.orderId,
        ask: { kind: 'LINE', lines, freightOf: [], amountFen: null },
        borneBy: 'SELLERS',
        note: '质量问题',
        requestedBy: null,
        bankAccount: null,
      }),
    );
  };
  const complete = async () => {
    await advance(8 * DAY_MS);
    await world.get(MerchantOrderService).completeDue(100);
    await world.settle();
  };
  const volumeOf = async ({ orderId }: Pick<PayableOrder, 'orderId'>) => {
    while ((await world.get(VolumeRollupService).rollUp(1_000)) > 0);
    const [line] = await world.get(OrderReader).linesOfOrder(orderId);
    const filter = { from: '2020-01-01', to: '2029-12-31', productIds: [present(line, 'a line').productId] };
    const report = await world.get(VolumeReader).report(filter, [], 'ALL');
    if (refused(report)) throw new Error(report.message.en);
    return report.totals;
  };

  it('C1, F2: takes from what is held before receipt, from what is available after release, and from what was recognised', async () => {
    const order = await sell();
    expect(await creditOf(order)).toEqual({ held: 29_200n, available: 0n });

    await request(order, 1);
    await hear();
    expect(await creditOf(order)).toEqual({ held: 21_900n, available: 0n });
    expect(await volumeOf(order)).toMatchObject({
      paidFen: 40_000n,
      refundedFen: 10_000n,
      recognisedFen: 0n,
    });

    await receiveOrder(world, order);
    await world.settle();
    expect(await volumeOf(order)).toMatchObject({
      deliveredFen: 40_000n,
      recognisedFen: 30_000n,
      quantity: 3,
      weightG: 7500,
    });

    await complete();
    await request(order, 1);
    await hear();
    expect(await creditOf(order)).toEqual({ held: 0n, available: 14_600n });
    expect(await volumeOf(order)).toMatchObject({
      refundedFen: 20_000n,
      recognisedFen: 20_000n,
      quantity: 2,
      weightG: 5000,
    });
  });

  it('C11: gives back to everybody what a refund that fails had taken, and counts as if it had not been', async () => {
    const order = await sell();
    await request(order, 2);
    await world.settle();
    const [refund] = await world.get(RefundReader).ofOrder(order.orderId);
    world.sandbox.control.failRefund(present(refund?.providerRef, 'a reference'));

    await hear();

    expect(await world.get(RefundReader).ofOrder(order.orderId)).toMatchObject([{ state: 'FAILED' }]);
    expect(await creditOf(order)).toEqual({ held: 29_200n, available: 0n });
    expect(await volumeOf(order)).toMatchObject({ paidFen: 40_000n, refundedFen: 0n });
  });

  it('of a cancelled order leaves nobody anything, and no volume recognised', async () => {
    const order = await sell();

    await world.get(OrderService).cancel(order.buyerId, order.orderId);
    await world.settle();
    await hear();

    expect(await creditOf(order)).toEqual({ held: 0n, available: 0n });
    expect(await volumeOf(order)).toMatchObject({
      paidFen: 40_000n,
      refundedFen: 40_000n,
      recognisedFen: 0n,
    });
  });

  it('B9: of money that came after the order had expired goes through escrow, and is no volume', async () => {
    const order = await makePayableOrder(world, { priceFen: 10_000n });
    const before = await balanceOf('asset:psp:stripe:cny');
    const payment = await world.get(PaymentService).start(order.buyerId, order.orderId, 'ALIPAY');
    if (refused(payment)) throw new Error(payment.message.en);
    const { intentRef } = present(await world.get(PaymentReader).byId(payment.id), 'the payment');
    world.sandbox.control.authorise(present(intentRef, 'an intent'));
    await world.get(OrderService).cancel(order.buyerId, order.orderId);
    await world.settle();

    await hear();

    expect(await world.get(RefundReader).ofOrder(order.orderId)).toMatchObject([
      { reason: 'LATE', state: 'SUCCEEDED' },
    ]);
    const journals = await world.get(LedgerReader).journalsOfSubject(order.orderId);
    const feeFen = journals.find(({ kind }) => kind === 'psp_fee')?.transfers[0]?.amountFen ?? 0n;
    expect(await balanceOf('asset:psp:stripe:cny')).toBe(before - feeFen);
    expect(journals.map(({ kind }) => kind)).not.toContain('order_split');
    expect(await volumeOf(order)).toMatchObject({ orderedFen: 0n, paidFen: 0n, recognisedFen: 0n });
  });

  it("C20: made at the provider's own desk is adopted and taken from what remains", async () => {
    const order = await sell();
    const stripe = `${world.sandbox.url}/v1/refunds`;
    const body = new URLSearchParams({ payment_intent: order.intentRef, amount: '10000' });
    const answer = await fetch(stripe, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_sandbox' },
      body,
    });
    expect(answer.status).toBe(200);

    await hear();

    expect(await world.get(RefundReader).ofOrder(order.orderId)).toMatchObject([
      { reason: 'PROVIDER', state: 'SUCCEEDED' },
    ]);
    expect(await creditOf(order)).toEqual({ held: 21_900n, available: 0n });
  });

  it('E8, F13: a dispute lost after release is taken from what is available, and from what was recognised, once', async () => {
    const order = await sell('CARD');
    await receiveOrder(world, order);
    await world.settle();
    await complete();
    expect(await creditOf(order)).toEqual({ held: 0n, available: 29_200n });

    const { id } = world.sandbox.control.openDispute(order.intentRef);
    await hear();
    expect(await balanceOf('asset:receivable:dispute')).toBe(40_000n);
    expect(await volumeOf(order)).toMatchObject({ recognisedFen: 40_000n });

    world.sandbox.control.closeDispute(id, 'lost');
    await hear();

    expect(await balanceOf('asset:receivable:dispute')).toBe(0n);
    expect(await creditOf(order)).toEqual({ held: 0n, available: 0n });
    expect(await volumeOf(order)).toMatchObject({ refundedFen: 40_000n, recognisedFen: 0n });
    const finance = world.person({ role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' });
    const list =
      '{ disputes(state: LOST) { nodes { orderId state amountFen feeFen reason respondBy refundId } } }';
    expect(await world.client('settlement').as(finance.token).ask(list)).toEqual({
      nodes: [
        {
          orderId: order.orderId,
          state: 'LOST',
          amountFen: '40000',
          feeFen: '1500',
          reason: 'fraudulent',
          respondBy: null,
          refundId: expect.stringMatching(/^rfd_/),
        },
      ],
    });
    expect(await world.client('settlement').as(world.person().token).codeOf(list)).toBe('FORBIDDEN');
  });

  it('D7, E6: an order whose dispute is open when its window ends is released when it is won', async () => {
    const order = await sell('CARD');
    await receiveOrder(world, order);
    await world.settle();
    const { id } = world.sandbox.control.openDispute(order.intentRef);
    await hear();
    await complete();
    expect(await creditOf(order)).toEqual({ held: 29_200n, available: 0n });

    world.sandbox.control.closeDispute(id, 'won');
    await hear();

    expect(await creditOf(order)).toEqual({ held: 0n, available: 29_200n });
    expect(await volumeOf(order)).toMatchObject({ refundedFen: 0n, recognisedFen: 40_000n });
  });
});
