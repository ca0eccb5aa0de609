import { MINUTE_MS, newId, present } from '#libs/kernel';
import { OrderService } from '#libs/ordering';
import { makePayableOrder } from '../make/payment.make.js';
import { PaymentRooms } from './payment-rooms.js';

const CANCEL_FAILS = { route: 'POST /v1/payment_intents/:id/cancel', fault: 'error', status: 503 } as const;

describe('a payment', () => {
  let house: PaymentRooms;

  beforeAll(async () => {
    house = await PaymentRooms.open();
  });
  afterEach(() => house.tidyUp());
  afterAll(() => house.close());

  it('B1 is captured once, however often its success is told', async () => {
    const payable = await makePayableOrder(house.rooms);
    const payment = await house.start(payable);
    await house.pay(payment);
    const succeeded = house.postbag.last('payment_intent.succeeded');
    const { body, signature } = house.postbag.sign(succeeded);

    const answers = await Promise.all([1, 2, 3].map(() => house.receive(body, signature)));
    // Another event for the same object and type, which Stripe sends now and then.
    await house.notify({ ...succeeded, id: `${succeeded.id}_twin` });
    await house.applyReceived();

    expect(answers.toSorted()).toEqual(['DUPLICATE', 'DUPLICATE', 'RECEIVED']);
    expect(await house.factNames(payable)).toEqual(['payment.captured', 'payment.fee_charged']);
  });

  it('B1 is captured once, also when two workers apply it at the same moment', async () => {
    const payable = await makePayableOrder(house.rooms);
    const payment = await house.start(payable);
    await house.pay(payment);
    for (const { body, signature } of house.postbag.take()) await house.receive(body, signature);

    await Promise.all([house.applyReceived(), house.applyReceived(), house.applyReceived()]);

    expect(await house.factNames(payable)).toEqual(['payment.captured', 'payment.fee_charged']);
  });

  it('B5 ends the same, whatever order the news comes in', async () => {
    const payable = await makePayableOrder(house.rooms);
    const payment = await house.start(payable);
    await house.pay(payment);
    const { intentRef } = await house.payment(payment.id);
    await house.stripe.refunds.create({ payment_intent: present(intentRef, 'an intent'), amount: 10_000 });
    await house.sandbox.control.advance(10);
    const letters = house.postbag.take().toReversed();

    for (const { body, signature } of letters) {
      await house.receive(body, signature);
      await house.applyReceived();
    }

    expect(letters.at(-1)?.type).toBe('payment_intent.created');
    expect(await house.payment(payment.id)).toMatchObject({
      state: 'SUCCEEDED',
      disposition: 'KEPT',
      capturedFen: 10_000n,
    });
    expect(await house.refundsOf(payable)).toMatchObject([
      { reason: 'PROVIDER', amountFen: 10_000n, state: 'SUCCEEDED' },
    ]);
    expect(await house.factNames(payable)).toEqual([
      'payment.captured',
      'payment.fee_charged',
      'refund.requested',
      'refund.succeeded',
    ]);
  });

  it('B5 moves nothing back when an older look at it arrives last', async () => {
    const payable = await makePayableOrder(house.rooms);
    const { id: paymentId } = await house.start(payable);
    const { intentRef } = await house.payment(paymentId);
    const look = {
      paymentId,
      intentRef,
      checkoutRef: null,
      action: null,
      captured: null,
      fee: null,
      hasRefunds: false,
    };
    await house.pay(await house.start(payable));
    await house.hear();
    const after = await house.payment(paymentId);

    for (const state of ['AWAITING_BUYER', 'PROCESSING', 'DECLINED', 'CANCELLED'] as const) {
      expect(await house.payments.apply({ ...look, state })).toBe('APPLIED');
    }

    expect(await house.payment(paymentId)).toEqual(after);
    expect(await house.factNames(payable)).toEqual(['payment.captured', 'payment.fee_charged']);
  });

  it('is not mistaken for another intent that bears its id', async () => {
    const payable = await makePayableOrder(house.rooms);
    const payment = await house.start(payable);
    await house.tamper(payment.id, payable.orderId, 10_000);

    await house.hear();

    expect(await house.payment(payment.id)).toMatchObject({ state: 'AWAITING_BUYER', disposition: null });
    expect(await house.outcomeOf(house.postbag.last('payment_intent.succeeded').id)).toBe('MANUAL');
    expect(await house.orderState(payable)).toBe('PLACED');
  });

  it('B6 whose creation nobody answered is found again, and captured once', async () => {
    const payable = await makePayableOrder(house.rooms);
    house.sandbox.control.break({
      requests: [{ route: 'POST /v1/payment_intents', fault: 'error', status: 500, executed: true }],
    });
    const payment = await house.start(payable);
    expect(payment).toMatchObject({ state: 'UNKNOWN', action: null });
    house.sandbox.control.break({});
    house.sandbox.control.authorise(present(house.intentsOf(payment.id)[0], 'the intent').id);

    await house.advance(2 * MINUTE_MS);
    expect(await house.payments.checkDue(10)).toBe(1);

    expect(await house.payment(payment.id)).toMatchObject({ state: 'SUCCEEDED', disposition: 'KEPT' });
    expect(house.intentsOf(payment.id)).toHaveLength(1);
    await house.hear();
    expect(await house.factNames(payable)).toEqual(['payment.captured', 'payment.fee_charged']);
  });

  it('B7 whose 500 is replayed stays unknown under its one key, until it is found by our own id', async () => {
    const payable = await makePayableOrder(house.rooms);
    house.sandbox.control.break({
      requests: [
        { route: 'POST /v1/payment_intents', fault: 'error', status: 500, executed: true, times: 1 },
      ],
    });
    const first = await house.start(payable);

    const second = await house.start(payable);

    expect([first.state, second.state, second.id]).toEqual(['UNKNOWN', 'UNKNOWN', first.id]);
    expect(house.intentsOf(first.id)).toHaveLength(1);
    await house.advance(2 * MINUTE_MS);
    await house.payments.checkDue(10);
    expect(await house.payment(first.id)).toMatchObject({ state: 'AWAITING_BUYER', actionKind: 'REDIRECT' });
  });

  it('B9 that succeeds after the order was cancelled goes back whole, and the order stays cancelled', async () => {
    const payable = await makePayableOrder(house.rooms);
    const payment = await house.start(payable);
    await house.advance(16 * MINUTE_MS);
    await house.rooms.get(OrderService).expireDue(10);

    await house.pay(payment);
    await house.hear();

    expect(await house.orderState(payable)).toBe('CANCELLED');
    expect(await house.payment(payment.id)).toMatchObject({ state: 'SUCCEEDED', disposition: 'LATE' });
    const [refund] = await house.refundsOf(payable);
    expect(refund).toMatchObject({ reason: 'LATE', amountFen: 10_000n, state: 'REQUESTED' });
    expect(await house.factNames(payable)).toEqual([
      'payment.captured',
      'refund.requested',
      'payment.fee_charged',
    ]);
  });

  it('B9 that succeeds after we cancelled it ourselves is seen all the same', async () => {
    const payable = await makePayableOrder(house.rooms);
    const payment = await house.start(payable, 'ALIPAY');
    await house.start(payable, 'WECHAT_PAY');
    expect((await house.payment(payment.id)).state).toBe('CANCELLED');

    const { intentRef } = await house.payment(payment.id);
    house.sandbox.control.authorise(present(intentRef, 'an intent'), { force: true });
    await house.hear();

    expect(await house.payment(payment.id)).toMatchObject({ state: 'SUCCEEDED', disposition: 'KEPT' });
    expect(await house.orderState(payable)).toBe('PAID');
  });

  it('B10 of another amount is neither split nor given back by itself', async () => {
    const payable = await makePayableOrder(house.rooms);
    house.sandbox.control.break({
      requests: [{ route: 'POST /v1/payment_intents', fault: 'error', status: 503, times: 2 }],
    });
    const payment = await house.start(payable);
    await house.tamper(payment.id, payable.orderId, 9_900);

    await house.hear();

    expect(await house.payment(payment.id)).toMatchObject({
      state: 'SUCCEEDED',
      disposition: 'MISMATCHED',
      capturedFen: 9_900n,
    });
    expect(await house.orderState(payable)).toBe('PLACED');
    const [captured, ...others] = await house.facts(payable);
    expect(captured?.payload).toMatchObject({ amountFen: '9900', disposition: 'MISMATCHED' });
    expect(others.map(({ name }) => name)).toEqual(['payment.fee_charged']);
    expect(await house.refundsOf(payable)).toEqual([]);
  });

  it('B10 of another amount may be given back by a person, at Stripe', async () => {
    const payable = await makePayableOrder(house.rooms);
    house.sandbox.control.break({
      requests: [{ route: 'POST /v1/payment_intents', fault: 'error', status: 503, times: 2 }],
    });
    const payment = await house.start(payable);
    await house.tamper(payment.id, payable.orderId, 9_900);
    await house.hear();
    const { intentRef } = await house.payment(payment.id);

    await house.stripe.refunds.create({ payment_intent: present(intentRef, 'an intent') });
    await house.sandbox.control.advance(10);
    await house.hear();

    expect(await house.refundsOf(payable)).toMatchObject([
      { reason: 'PROVIDER', amountFen: 9_900n, state: 'SUCCEEDED' },
    ]);
  });

  it('B11 of another currency is no money of ours', async () => {
    const payable = await makePayableOrder(house.rooms);
    house.sandbox.control.break({
      requests: [{ route: 'POST /v1/payment_intents', fault: 'error', status: 503, times: 2 }],
    });
    const payment = await house.start(payable);
    await house.tamper(payment.id, payable.orderId, 10_000, 'usd');

    await house.hear();

    expect(await house.payment(payment.id)).toMatchObject({
      state: 'SUCCEEDED',
      disposition: 'MISMATCHED',
      capturedFen: 0n,
    });
    expect(await house.orderState(payable)).toBe('PLACED');
    expect(await house.factNames(payable)).not.toContain('payment.captured');
  });

  it.each([
    ['of another installation', { payment_ref: newId('pay'), env: 'production' }],
    ['we have never heard of', { payment_ref: newId('pay'), env: 'development' }],
    ['of some other shop', {}],
  ])('B13 %s is stored, and nothing else', async (_, metadata) => {
    const intent = await house.stripe.paymentIntents.create({
      amount: 10_000,
      currency: 'cny',
      confirm: true,
      payment_method_data: { type: 'alipay' },
      return_url: 'http://127.0.0.1/',
      metadata,
    });
    house.sandbox.control.authorise(intent.id);
    const told = () => house.rooms.database.query("SELECT id FROM outbox WHERE name LIKE 'payment.%'");
    const before = await told();

    await house.hear();

    expect(await house.outcomeOf(house.postbag.last('payment_intent.succeeded').id)).toBe('FOREIGN');
    expect(await house.outcomeOf(house.postbag.last('charge.succeeded').id)).toBe('FOREIGN');
    expect(await told()).toEqual(before);
  });

  it.each([
    ['moon.eclipsed', 'MANUAL'],
    ['charge.dispute.appealed', 'MANUAL'],
    ['payout.paid', 'IGNORED'],
    ['payment_intent.succeeded', 'FOREIGN'], // About an intent that is not there.
  ])('B14 a notification %s is stored and %s', async (type, outcome) => {
    const id = `evt_${newId('req')}`;

    expect(await house.notify({ id, type, data: { object: { id: 'pi_nowhere' } } })).toBe('RECEIVED');
    await house.applyReceived();

    expect(await house.outcomeOf(id)).toBe(outcome);
  });

  it('is asked about again when Stripe was silent while a notification was looked into', async () => {
    const payable = await makePayableOrder(house.rooms);
    await house.pay(await house.start(payable));
    for (const { body, signature } of house.postbag.take()) await house.receive(body, signature);
    house.sandbox.control.break({
      requests: [{ route: 'GET /v1/payment_intents/:id', fault: 'error', status: 503 }],
    });

    await expect(house.applyReceived()).rejects.toThrow('did not show');

    house.sandbox.control.break({});
    await house.applyReceived();
    expect(await house.orderState(payable)).toBe('PAID');
  });

  it('B16 that nobody makes is cancelled at Stripe once the order’s time is over', async () => {
    const payable = await makePayableOrder(house.rooms);
    const payment = await house.start(payable, 'WECHAT_PAY');
    await house.advance(16 * MINUTE_MS);
    await house.rooms.get(OrderService).expireDue(10);

    expect(await house.payments.checkDue(10)).toBe(1);

    expect(house.intentsOf(payment.id)).toMatchObject([{ status: 'canceled' }]);
    expect(await house.payment(payment.id)).toMatchObject({
      state: 'CANCELLED',
      nextCheckAt: null,
      actionUrl: null,
    });
    await house.hear();
    expect(await house.factNames(payable)).toEqual([]);
    const [level] = await house.rooms.database.query(
      'SELECT reserved FROM stock_level WHERE variant_id = ?',
      [payable.variantId],
    );
    expect(level).toEqual({ reserved: 0 });
  });

  it('B16 by card closes Stripe’s page', async () => {
    const payable = await makePayableOrder(house.rooms);
    const payment = await house.start(payable, 'CARD');
    await house.advance(16 * MINUTE_MS);

    await house.payments.checkDue(10);

    expect((await house.payment(payment.id)).state).toBe('CANCELLED');
    await expect(house.pay(payment)).rejects.toThrow();
  });

  it('B18 made in two browsers at once is kept once, and the other goes back', async () => {
    const payable = await makePayableOrder(house.rooms);
    house.sandbox.control.break({ requests: [CANCEL_FAILS] });
    const first = await house.start(payable, 'ALIPAY');
    const second = await house.start(payable, 'WECHAT_PAY');
    await Promise.all([house.pay(first), house.pay(second)]);

    await house.hear();

    const dispositions = [
      (await house.payment(first.id)).disposition,
      (await house.payment(second.id)).disposition,
    ];
    expect(new Set(dispositions)).toEqual(new Set(['KEPT', 'DUPLICATE']));
    const refunds = await house.refundsOf(payable);
    expect(refunds).toMatchObject([{ reason: 'DUPLICATE', amountFen: 10_000n }]);
    expect(refunds[0]?.paymentId).toBe(dispositions[0] === 'DUPLICATE' ? first.id : second.id);
  });
});
