import { DAY_MS, MINUTE_MS } from '#libs/kernel';
import { makePayableOrder } from '../make/payment.make.js';
import { PaymentRooms } from './payment-rooms.js';

describe('a payment that nobody tells us of', () => {
  let house: PaymentRooms;

  beforeAll(async () => {
    house = await PaymentRooms.open();
  });
  afterEach(() => house.tidyUp());
  afterAll(() => house.close());

  it('is asked about, first after a minute, then ever more seldom', async () => {
    const payable = await makePayableOrder(house.rooms);
    const payment = await house.start(payable);
    await house.pay(payment);
    expect(await house.payments.checkDue(10)).toBe(0);

    await house.advance(MINUTE_MS);
    expect(await house.payments.checkDue(10)).toBe(1);

    expect((await house.payment(payment.id)).state).toBe('SUCCEEDED');
    expect(await house.payments.checkDue(10)).toBe(0);
  });

  it('is asked about by one janitor at a time', async () => {
    for (let n = 0; n < 3; n += 1) await house.start(await makePayableOrder(house.rooms));
    await house.advance(MINUTE_MS);

    const taken = await Promise.all([house.payments.checkDue(10), house.payments.checkDue(10)]);

    expect(taken[0] + taken[1]).toBe(3);
  });

  it('does not keep the janitor from the others when Stripe is silent', async () => {
    const payables = [await makePayableOrder(house.rooms), await makePayableOrder(house.rooms)];
    const payments = [];
    for (const payable of payables) payments.push(await house.start(payable));
    for (const payment of payments) await house.pay(payment);
    await house.advance(MINUTE_MS);
    house.sandbox.control.break({
      requests: [{ route: 'GET /v1/payment_intents/:id', fault: 'error', status: 503, nth: [1, 2] }],
    });

    await house.payments.checkDue(10);

    const states = await Promise.all(payments.map(async ({ id }) => (await house.payment(id)).state));
    expect(states.toSorted()).toEqual(['AWAITING_BUYER', 'SUCCEEDED']);
  });

  it('and that Stripe has not heard of in a day is given up', async () => {
    const payable = await makePayableOrder(house.rooms);
    house.sandbox.control.break({
      requests: [{ route: 'POST /v1/payment_intents', fault: 'drop_before' }],
    });
    const payment = await house.start(payable);
    expect(payment.state).toBe('UNKNOWN');
    house.sandbox.control.break({});

    await house.advance(MINUTE_MS);
    await house.payments.checkDue(10);
    expect((await house.payment(payment.id)).state).toBe('UNKNOWN');
    await house.advance(DAY_MS + MINUTE_MS);
    await house.payments.checkDue(10);

    expect(await house.payment(payment.id)).toMatchObject({ state: 'CANCELLED', nextCheckAt: null });
    expect(house.intentsOf(payment.id)).toEqual([]);
  });

  it('B7 is not taken for failed because a question about it was refused', async () => {
    const payable = await makePayableOrder(house.rooms);
    house.sandbox.control.break({
      requests: [
        { route: 'POST /v1/payment_intents', fault: 'drop_after' },
        { route: 'GET /v1/payment_intents/search', fault: 'error', status: 400 },
      ],
    });
    const payment = await house.start(payable);
    expect(payment.state).toBe('UNKNOWN');

    await house.advance(MINUTE_MS);
    await house.payments.checkDue(10);

    expect(await house.payment(payment.id)).toMatchObject({
      state: 'UNKNOWN',
      nextCheckAt: expect.any(Date),
    });
    house.sandbox.control.break({});
    await house.advance(5 * MINUTE_MS);
    await house.payments.checkDue(10);
    expect((await house.payment(payment.id)).state).toBe('AWAITING_BUYER');
  });

  it('has its fee fetched later, when Stripe books it later', async () => {
    house.sandbox.control.set({ balanceTransactionDelaySeconds: 600 });
    const payable = await makePayableOrder(house.rooms);
    const payment = await house.start(payable);
    await house.pay(payment);
    await house.hear();
    house.sandbox.control.set({ balanceTransactionDelaySeconds: 0 });
    expect(await house.payment(payment.id)).toMatchObject({
      state: 'SUCCEEDED',
      feeFen: null,
      nextCheckAt: expect.any(Date),
    });

    await house.advance(11 * MINUTE_MS);
    await house.payments.checkDue(10);
    await house.hear();

    expect(await house.payment(payment.id)).toMatchObject({ feeFen: 220n, nextCheckAt: null });
    expect(await house.factNames(payable)).toEqual(['payment.captured', 'payment.fee_charged']);
  });
});
