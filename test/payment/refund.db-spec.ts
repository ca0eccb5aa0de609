import { HOUR_MS, MINUTE_MS, present } from '#libs/kernel';
import type { PaymentMethod, Refund, RefundReason } from '#libs/payment';
import { type RefundAsk, RefundReader, RefundRequestService } from '#libs/payment';
import { OrderReader } from '#libs/ordering';
import { type PayableOrder, makePayableOrder } from '../make/payment.make.js';
import { PaymentRooms } from './payment-rooms.js';

describe('a refund', () => {
  let house: PaymentRooms;

  beforeAll(async () => {
    house = await PaymentRooms.open();
  });
  afterEach(() => house.tidyUp());
  afterAll(() => house.close());

  const paidOrder = async (
    { priceFen = 10_000n, quantity = 1 }: { priceFen?: bigint; quantity?: number } = {},
    method: PaymentMethod = 'ALIPAY',
  ) => {
    const payable = await makePayableOrder(house.rooms, { priceFen, quantity });
    const payment = await house.start(payable, method);
    await house.pay(payment);
    await house.hear();
    const { intentRef } = await house.payment(payment.id);
    return { ...payable, paymentId: payment.id, intentRef: present(intentRef, 'an intent') };
  };
  const requestWhole = async ({ orderId }: PayableOrder, reason: RefundReason = 'CANCELLED') =>
    house.rooms.database.transaction((tx) => house.refunds.requestWholeOrder(tx, orderId, reason));
  const NOTHING: RefundAsk = { kind: 'FULL', lines: [], freightOf: [], amountFen: null };
  const request = ({ orderId }: PayableOrder, ask: Partial<RefundAsk>) =>
    house.rooms.database.transaction((tx) =>
      house.rooms.get(RefundRequestService).request(tx, {
        orderId,
        ask: { ...NOTHING, ...ask },
        borneBy: 'SELLERS',
        note: '质量问题',
        requestedBy: null,
        bankAccount: null,
      }),
    );
  const linesOf = ({ orderId }: PayableOrder) => house.rooms.get(OrderReader).linesOfOrder(orderId);
  const onlyLine = async (payable: PayableOrder) => present((await linesOf(payable))[0], 'a line');
  const refund = async (payable: PayableOrder): Promise<Refund> =>
    present((await house.refundsOf(payable)).at(-1), 'a refund');
  const refundFacts = async (payable: PayableOrder) =>
    (await house.facts(payable)).map(({ name }) => name).filter((name) => name.startsWith('refund.'));
  const atStripe = async (intentRef: string) =>
    (await house.stripe.refunds.list({ payment_intent: intentRef })).data;
  /** Wallets take a moment. */
  const later = () => house.advance(10_000);

  it('of a whole order gives back every line and every freight', async () => {
    const paid = await paidOrder({ priceFen: 4_000n, quantity: 2 });

    const refundId = present(await requestWhole(paid), 'a refund');

    expect(await refund(paid)).toMatchObject({
      id: refundId,
      state: 'REQUESTED',
      reason: 'CANCELLED',
      amountFen: 8_800n,
    });
    const { id: orderLineId, merchantOrderId } = await onlyLine(paid);
    expect(await house.rooms.get(RefundReader).linesOf(refundId)).toEqual([
      { orderLineId: '', merchantOrderId, goodsFen: 0n, freightFen: 800n, quantity: 0, subsidyFen: 0n },
      { orderLineId, merchantOrderId, goodsFen: 8_000n, freightFen: 0n, quantity: 2, subsidyFen: 0n },
    ]);
    const fact = (await house.facts(paid)).at(-1);
    expect(fact).toEqual({
      name: 'refund.requested',
      payload: {
        refundId,
        paymentId: paid.paymentId,
        orderId: paid.orderId,
        amountFen: '8800',
        reason: 'CANCELLED',
        channel: 'PROVIDER',
        borneBy: 'SELLERS',
      },
    });
    expect(await requestWhole(paid)).toBeNull();
  });

  it('is sent once the books have set it aside, and settled when it has arrived', async () => {
    const paid = await paidOrder();
    const refundId = present(await requestWhole(paid), 'a refund');

    await house.refunds.send(refundId);
    expect(await refund(paid)).toMatchObject({
      state: 'SENT',
      providerRef: expect.stringMatching(/^(re|pyr)_/),
    });
    await later();
    await house.hear();

    expect(await refund(paid)).toMatchObject({ state: 'SUCCEEDED', nextCheckAt: null });
    expect(await refundFacts(paid)).toEqual(['refund.requested', 'refund.succeeded']);
    expect(await atStripe(paid.intentRef)).toMatchObject([
      {
        amount: 10_000,
        metadata: {
          refund_ref: refundId,
          payment_ref: paid.paymentId,
          order_id: paid.orderId,
          env: 'development',
        },
      },
    ]);
  });

  it('of units takes their part of the line, and never more than is left', async () => {
    const paid = await paidOrder({ priceFen: 3_333n, quantity: 3 });
    const { id: orderLineId } = await onlyLine(paid);
    const one = { kind: 'LINE', lines: [{ orderLineId, quantity: 1, amountFen: null }] } as const;

    for (let unit = 0; unit < 3; unit += 1) await request(paid, one);

    const amounts = (await house.refundsOf(paid)).map(({ amountFen }) => amountFen);
    expect(amounts).toEqual([3_333n, 3_333n, 3_333n]);
    expect(await request(paid, one)).toMatchObject({ code: 'REFUND_UNITS_EXCEEDED', remainingQuantity: 0 });
    expect(await house.refundsOf(paid)).toHaveLength(3);
  });

  it('for some units is taken off those; others give what they cost, whether it was given by us or for a line as a whole', async () => {
    const paid = await paidOrder({ priceFen: 3_333n, quantity: 3 });
    const { id: orderLineId } = await onlyLine(paid);
    const back = (quantity: number | null, amountFen: bigint | null = null) =>
      request(paid, {
        kind: amountFen === null ? 'LINE' : 'PARTIAL',
        lines: [{ orderLineId, quantity, amountFen }],
      });

    expect(await back(1, 3_334n)).toMatchObject({ code: 'REFUND_TOO_LARGE', remainingFen: 3_333n });
    await back(1, 1_000n); // A bruised box.
    await back(1);
    await back(null, 100n); // Goodwill for the two that are kept.
    await back(1);
    await back(1);

    const amounts = (await house.refundsOf(paid)).map(({ amountFen }) => amountFen);
    expect(amounts).toEqual([1_000n, 3_333n, 100n, 3_283n, 2_283n]);
  });

  it('asked for twice at the same moment takes the money once', async () => {
    const paid = await paidOrder();

    const taken = await Promise.all([requestWhole(paid), requestWhole(paid), requestWhole(paid)]);

    expect(taken.filter((id) => id !== null)).toHaveLength(1);
  });

  it('C11 that fails later frees what it had taken', async () => {
    const paid = await paidOrder();
    await house.refunds.send(present(await requestWhole(paid), 'a refund'));
    const { providerRef } = await refund(paid);

    house.sandbox.control.failRefund(present(providerRef, 'a reference'));
    await house.hear();

    expect(await refund(paid)).toMatchObject({ state: 'FAILED', nextCheckAt: null });
    expect(await refundFacts(paid)).toEqual(['refund.requested', 'refund.failed']);
    expect(await requestWhole(paid, 'AFTER_SALE')).not.toBeNull();
  });

  it('C12 that waits for money at Stripe is settled when there is some', async () => {
    const paid = await paidOrder();
    house.sandbox.control.break({});
    const balance = house.sandbox.control.balance().available[0]?.amount ?? 0;
    house.sandbox.control.topUp(-balance);
    await house.refunds.send(present(await requestWhole(paid), 'a refund'));
    await later();
    await house.hear();
    expect(await refund(paid)).toMatchObject({ state: 'SENT', nextCheckAt: expect.any(Date) });

    house.sandbox.control.topUp(balance + 20_000);
    await later();
    await house.hear();

    expect(await refund(paid)).toMatchObject({ state: 'SUCCEEDED' });
    expect(await refundFacts(paid)).toEqual(['refund.requested', 'refund.succeeded']);
  });

  it('B15 whose answer is cut off after the act is one refund', async () => {
    const paid = await paidOrder();
    house.sandbox.control.break({
      requests: [{ route: 'POST /v1/refunds', fault: 'drop_after', nth: [1, 2] }],
    });
    const refundId = present(await requestWhole(paid), 'a refund');

    // The SDK's own repetition is cut off as well: nobody knows.
    await house.refunds.send(refundId);
    expect(await refund(paid)).toMatchObject({ state: 'SENT', providerRef: null });
    await house.refunds.send(refundId);
    await later();
    await house.hear();

    expect(await atStripe(paid.intentRef)).toHaveLength(1);
    expect(await refund(paid)).toMatchObject({ state: 'SUCCEEDED' });
    expect(await refundFacts(paid)).toEqual(['refund.requested', 'refund.succeeded']);
  });

  it.each([
    ['before', { route: 'POST /v1/refunds', fault: 'drop_before', nth: [1, 2] }],
    ['after', { route: 'POST /v1/refunds', fault: 'error', status: 500, executed: true, nth: [1, 2] }],
  ] as const)('C18 that broke off %s the act is finished by the janitor, once', async (_, fault) => {
    const paid = await paidOrder();
    house.sandbox.control.break({ requests: [fault] });
    await house.refunds.send(present(await requestWhole(paid), 'a refund'));
    expect(await refund(paid)).toMatchObject({ state: 'SENT', providerRef: null });

    await house.advance(2 * MINUTE_MS);
    expect(await house.refunds.checkDue(10)).toBe(1);
    await later();
    await house.hear();

    expect(await atStripe(paid.intentRef)).toHaveLength(1);
    expect(await refund(paid)).toMatchObject({ state: 'SUCCEEDED' });
    expect(await refundFacts(paid)).toEqual(['refund.requested', 'refund.succeeded']);
  });

  it('without an answer for a day is not sent again, because Stripe has forgotten its key; a day later it never was, and is sent anew', async () => {
    const paid = await paidOrder();
    house.sandbox.control.break({
      requests: [{ route: 'POST /v1/refunds', fault: 'drop_before', nth: [1, 2] }],
    });
    const refundId = present(await requestWhole(paid), 'a refund');
    await house.refunds.send(refundId);

    await house.advance(24 * HOUR_MS);
    expect(await house.refunds.checkDue(10)).toBe(1);
    await house.refunds.send(refundId); // Delivered again by the queue.

    expect(await atStripe(paid.intentRef)).toEqual([]);
    expect(await refund(paid)).toMatchObject({ state: 'SENT', keyNo: 1, nextCheckAt: expect.any(Date) });

    await house.advance(24 * HOUR_MS);
    expect(await house.refunds.checkDue(10)).toBe(1);
    await later();
    await house.hear();

    expect(await atStripe(paid.intentRef)).toHaveLength(1);
    expect(await refund(paid)).toMatchObject({ state: 'SUCCEEDED', keyNo: 2 });
  });

  it('that is first sent days after it was decided, and gets no answer, is asked about and sent again', async () => {
    const paid = await paidOrder();
    const refundId = present(await requestWhole(paid), 'a refund');
    await house.advance(48 * HOUR_MS); // The books were not there to set it aside.
    house.sandbox.control.break({
      requests: [{ route: 'POST /v1/refunds', fault: 'drop_before', nth: [1, 2] }],
    });
    await house.refunds.send(refundId);

    await house.advance(2 * MINUTE_MS);
    expect(await house.refunds.checkDue(10)).toBe(1);
    await later();
    await house.hear();

    expect(await atStripe(paid.intentRef)).toHaveLength(1);
    expect(await refund(paid)).toMatchObject({ state: 'SUCCEEDED', keyNo: 1 });
  });

  it('G4: whose delivery is taken up again after two days, when Stripe has done it and forgotten the key, is one refund', async () => {
    const paid = await paidOrder();
    house.sandbox.control.break({
      requests: [{ route: 'POST /v1/refunds', fault: 'drop_after', nth: [1, 2] }],
    });
    const refundId = present(await requestWhole(paid), 'a refund');
    await house.refunds.send(refundId);

    await house.advance(48 * HOUR_MS);
    await house.refunds.send(refundId);
    await later();
    await house.hear();

    expect(await atStripe(paid.intentRef)).toHaveLength(1);
    expect(await refund(paid)).toMatchObject({ state: 'SUCCEEDED' });
    expect(await refundFacts(paid)).toEqual(['refund.requested', 'refund.succeeded']);
  });

  it('that nobody tells us of is asked about', async () => {
    const paid = await paidOrder();
    await house.refunds.send(present(await requestWhole(paid), 'a refund'));
    await later();
    expect(await house.refunds.checkDue(10)).toBe(0);

    await house.advance(MINUTE_MS);
    expect(await house.refunds.checkDue(10)).toBe(1);

    expect(await refund(paid)).toMatchObject({ state: 'SUCCEEDED', nextCheckAt: null });
    await house.hear();
    expect(await refundFacts(paid)).toEqual(['refund.requested', 'refund.succeeded']);
  });

  it('that was concluded while the janitor had it in hand is asked about no more', async () => {
    const paid = await paidOrder();
    const refundId = present(await requestWhole(paid), 'a refund');
    house.sandbox.control.break({ requests: [{ route: 'POST /v1/refunds', fault: 'error', status: 400 }] });
    await house.refunds.send(refundId);
    house.sandbox.control.break({});
    expect(await refund(paid)).toMatchObject({ state: 'FAILED' });
    const now = house.rooms.clock.now();
    await house.rooms.database.transaction((tx) =>
      tx.write('UPDATE refund SET next_check_at = ? WHERE id = ?', [now, refundId]),
    );

    expect(await house.refunds.checkDue(10)).toBe(1);
    expect(await refund(paid)).toMatchObject({ state: 'FAILED', nextCheckAt: null });
  });

  it('that Stripe refuses fails, and is told once', async () => {
    const paid = await paidOrder();
    await house.stripe.refunds.create({ payment_intent: paid.intentRef, amount: 9_000 });
    const refundId = present(await requestWhole(paid), 'a refund');

    await house.refunds.send(refundId);
    await house.refunds.send(refundId);

    expect(await refund(paid)).toMatchObject({ id: refundId, state: 'FAILED', providerRef: null });
    expect(await refundFacts(paid)).toEqual(['refund.requested', 'refund.failed']);
  });

  it('C19 told of in many ways is settled once', async () => {
    const paid = await paidOrder({}, 'CARD');
    await house.refunds.send(present(await requestWhole(paid), 'a refund'));
    await later();
    const letters = house.postbag.take();
    expect(new Set(letters.map(({ type }) => type)).size).toBeGreaterThan(1);

    for (const { body, signature } of [...letters, ...letters.toReversed()])
      await house.receive(body, signature);
    await Promise.all([house.applyReceived(), house.applyReceived()]);

    expect(await refundFacts(paid)).toEqual(['refund.requested', 'refund.succeeded']);
  });

  it('C20 made at Stripe’s own desk is adopted, once', async () => {
    const paid = await paidOrder({ priceFen: 4_000n, quantity: 2 });

    await house.stripe.refunds.create({ payment_intent: paid.intentRef, amount: 2_200 });
    await later();
    await house.hear();
    await house.notify({
      id: 'evt_again',
      type: 'charge.refunded',
      data: { object: { id: 'ch_1', payment_intent: paid.intentRef } },
    });
    await house.applyReceived();

    const adopted = await house.refundsOf(paid);
    expect(adopted).toMatchObject([
      { reason: 'PROVIDER', amountFen: 2_200n, state: 'SUCCEEDED', providerRef: expect.any(String) },
    ]);
    const lines = await house.rooms.get(RefundReader).linesOf(present(adopted[0], 'a refund').id);
    expect(lines.map(({ goodsFen, freightFen, quantity }) => [goodsFen, freightFen, quantity])).toEqual([
      [0n, 200n, 0],
      [2_000n, 0n, 0],
    ]);
    expect(await refundFacts(paid)).toEqual(['refund.requested', 'refund.succeeded']);
    // What the books answer changes nothing: it has gone back already.
    await house.refunds.send(present(adopted[0], 'a refund').id);
    expect(await atStripe(paid.intentRef)).toHaveLength(1);
  });

  it('C20 made at Stripe’s own desk of more than we think is left needs a person', async () => {
    const paid = await paidOrder();
    await requestWhole(paid);

    await house.stripe.refunds.create({ payment_intent: paid.intentRef, amount: 2_500 });
    await later();
    await house.hear();

    expect(await house.refundsOf(paid)).toMatchObject([{ reason: 'CANCELLED', state: 'REQUESTED' }]);
    expect(await house.outcomeOf(house.postbag.last('charge.refunded').id)).toBe('MANUAL');
  });
});
