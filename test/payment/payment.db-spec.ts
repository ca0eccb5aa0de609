import { jest } from '@jest/globals';
import { MINUTE_MS, newId, present } from '#libs/kernel';
import { OrderService } from '#libs/ordering';
import { PaymentReader, StripeGateway } from '#libs/payment';
import { makePayableOrder } from '../make/payment.make.js';
import { PaymentRooms } from './payment-rooms.js';

describe('a payment', () => {
  let house: PaymentRooms;

  beforeAll(async () => {
    house = await PaymentRooms.open();
  });
  afterEach(() => house.tidyUp());
  afterAll(() => house.close());

  it.each(['ALIPAY', 'WECHAT_PAY', 'CARD'] as const)(
    'by %s pays the order, once it is captured',
    async (method) => {
      const payable = await makePayableOrder(house.rooms);
      const payment = await house.start(payable, method);

      await house.pay(payment);
      await house.hear();

      expect(await house.payment(payment.id)).toMatchObject({
        state: 'SUCCEEDED',
        disposition: 'KEPT',
        capturedFen: 10_000n,
        feeFen: method === 'CARD' ? 320n : 220n,
        actionKind: null,
        nextCheckAt: null,
      });
      expect(await house.orderState(payable)).toBe('PAID');
      expect(await house.factNames(payable)).toEqual(['payment.captured', 'payment.fee_charged']);
    },
  );

  it('tells what arrived in words that the books can keep', async () => {
    const payable = await makePayableOrder(house.rooms);
    const payment = await house.start(payable);
    await house.pay(payment);
    await house.hear();

    const [captured, fee] = await house.facts(payable);

    const { intentRef, feeRef } = await house.payment(payment.id);
    const ids = { paymentId: payment.id, orderId: payable.orderId };
    expect(captured?.payload).toEqual({
      ...ids,
      intentRef,
      amountFen: '10000',
      disposition: 'KEPT',
      capturedAt: expect.stringMatching(/Z$/),
    });
    expect(fee?.payload).toEqual({ ...ids, movementRef: feeRef, feeFen: '220' });
  });

  describe('that is started', () => {
    it('again by the same method goes on with the open attempt, without asking Stripe', async () => {
      const payable = await makePayableOrder(house.rooms);
      const first = await house.start(payable);
      house.sandbox.control.break({ requests: [{ route: '* *', fault: 'error', status: 500 }] });

      expect(await house.start(payable)).toEqual(first);
    });

    it('twice at the same moment is one attempt with one intent', async () => {
      const payable = await makePayableOrder(house.rooms);

      const [first, second] = await Promise.all([house.start(payable), house.start(payable)]);

      expect(first.id).toBe(second.id);
      expect(house.intentsOf(first.id)).toHaveLength(1);
    });

    it('stays paid where Stripe tells that sooner than how to pay', async () => {
      const payable = await makePayableOrder(house.rooms);
      const slow = jest.spyOn(StripeGateway.prototype, 'create').mockImplementationOnce(async function (
        this: StripeGateway,
        wish,
      ) {
        // The second call is the real one.
        const answer = await this.create(wish);
        const [intent] = house.intentsOf(wish.paymentId);
        house.sandbox.control.authorise(present(intent, 'an intent').id);
        await house.hear();
        return answer;
      });

      const started = await house.start(payable);
      slow.mockRestore();

      expect(started).toMatchObject({ state: 'SUCCEEDED', action: null });
      expect(await house.payment(started.id)).toMatchObject({
        state: 'SUCCEEDED',
        disposition: 'KEPT',
        actionKind: null,
        nextCheckAt: null,
      });
      expect(await house.orderState(payable)).toBe('PAID');
      expect(await house.factNames(payable)).toEqual(['payment.captured', 'payment.fee_charged']);
    });

    it('by another method gives the earlier attempt up', async () => {
      const payable = await makePayableOrder(house.rooms);
      const alipay = await house.start(payable, 'ALIPAY');

      const wechat = await house.start(payable, 'WECHAT_PAY');

      expect(await house.payment(alipay.id)).toMatchObject({
        attempt: 1,
        state: 'CANCELLED',
        actionUrl: null,
      });
      expect(await house.payment(wechat.id)).toMatchObject({ attempt: 2, state: 'AWAITING_BUYER' });
    });

    it('after a decline is a new attempt', async () => {
      const payable = await makePayableOrder(house.rooms);
      const first = await house.start(payable);
      house.sandbox.control.decline(present((await house.payment(first.id)).intentRef, 'an intent'));
      await house.hear();
      expect(await house.payment(first.id)).toMatchObject({ state: 'FAILED', nextCheckAt: null });

      const second = await house.start(payable);

      expect(second.id).not.toBe(first.id);
      expect(await house.factNames(payable)).toEqual(['payment.failed']);
    });

    it('of an amount Stripe does not take fails, and says so once', async () => {
      const payable = await makePayableOrder(house.rooms, { priceFen: 10_000n });
      const { amountMin } = house.sandbox.control.settings;
      house.sandbox.control.set({ amountMin: { cny: 10_001 } });

      const payment = await house.start(payable);

      house.sandbox.control.set({ amountMin });
      expect(payment).toMatchObject({ state: 'FAILED', action: null });
      expect(await house.factNames(payable)).toEqual(['payment.failed']);
    });

    it.each(['CANCELLED', 'PAID', 'PLACED'] as const)(
      'for an order that is %s and not payable is refused',
      async (state) => {
        const payable = await makePayableOrder(house.rooms);
        if (state === 'CANCELLED')
          await house.rooms.get(OrderService).cancel(payable.buyerId, payable.orderId);
        if (state === 'PAID') {
          await house.pay(await house.start(payable));
          await house.hear();
        }
        if (state === 'PLACED') await house.advance(15 * MINUTE_MS);

        const refusal = await house.payments.start(payable.buyerId, payable.orderId, 'CARD');

        expect(refusal).toMatchObject({ code: 'ORDER_NOT_PAYABLE', state });
        const attempts = await house.rooms.get(PaymentReader).ofOrders([payable.orderId]);
        expect(attempts.filter(({ method }) => method === 'CARD')).toEqual([]);
      },
    );

    it('for somebody else’s order finds none', async () => {
      const { orderId } = await makePayableOrder(house.rooms);

      await expect(house.payments.start(newId('usr'), orderId, 'ALIPAY')).rejects.toThrow('was not found');
    });
  });
});
