import { HOUR_MS, present } from '#libs/kernel';
import {
  DisputeService,
  ProviderNotificationService,
  RefundReader,
  RefundRequestService,
} from '#libs/payment';
import { type PayableOrder, makePayableOrder } from '../make/payment.make.js';
import { PaymentRooms } from './payment-rooms.js';

interface DisputeRow {
  readonly state: string;
  readonly amount: string;
  readonly fee: string | null;
  readonly isOpen: number;
  readonly refundId: string | null;
}

describe('a dispute', () => {
  let house: PaymentRooms;

  beforeAll(async () => {
    house = await PaymentRooms.open();
  });
  afterEach(() => house.tidyUp());
  afterAll(() => house.close());

  const paidOrder = async (method: 'CARD' | 'ALIPAY' = 'CARD') => {
    const payable = await makePayableOrder(house.rooms, { priceFen: 5_000n, quantity: 2 });
    const payment = await house.start(payable, method);
    await house.pay(payment);
    await house.hear();
    const { intentRef } = await house.payment(payment.id);
    return { ...payable, paymentId: payment.id, intentRef: present(intentRef, 'an intent') };
  };
  type Paid = Awaited<ReturnType<typeof paidOrder>>;
  const dispute = ({ intentRef }: Paid) => house.sandbox.control.openDispute(intentRef);
  const rowOf = async ({ orderId }: PayableOrder): Promise<DisputeRow | undefined> => {
    const [row] = await house.rooms.database.query<DisputeRow>(
      `SELECT state, amount_fen AS amount, fee_fen AS fee, closed_at IS NULL AS isOpen, refund_id AS refundId
       FROM payment_dispute WHERE order_id = ?`,
      [orderId],
    );
    return row;
  };
  const factsOf = async ({ orderId }: PayableOrder): Promise<string[]> => {
    const rows = await house.rooms.database.query<{ name: string }>(
      `SELECT name FROM outbox WHERE (name LIKE 'dispute.%' OR name LIKE 'refund.%')
       AND JSON_VALUE(payload, '$.orderId') = ? ORDER BY id`,
      [orderId],
    );
    return rows.map(({ name }) => name);
  };
  const request = ({ orderId }: PayableOrder) =>
    house.rooms.get(RefundRequestService).submit(
      {
        orderId,
        ask: { kind: 'GOODWILL', lines: [], freightOf: [], amountFen: 2_500n },
        borneBy: 'SELLERS',
        note: '质量问题',
        requestedBy: null,
        bankAccount: null,
      },
      `key-${orderId}`,
    );

  it('E5 takes what had not been refunded, with the bank’s fee', async () => {
    const paid = await paidOrder();
    await house.stripe.refunds.create({ payment_intent: paid.intentRef, amount: 2_500 });
    await house.hear();

    dispute(paid);
    await house.hear();

    expect(await rowOf(paid)).toEqual({
      state: 'OPEN',
      amount: '7500',
      fee: '1500',
      isOpen: 1,
      refundId: null,
    });
    expect((await factsOf(paid)).slice(-2)).toEqual(['dispute.opened', 'dispute.withdrawn']);
  });

  it('E6 won is closed and no refund', async () => {
    const paid = await paidOrder();
    const { id } = dispute(paid);
    await house.hear();

    house.sandbox.control.closeDispute(id, 'won');
    await house.hear();

    expect(await rowOf(paid)).toMatchObject({ state: 'WON', isOpen: 0, refundId: null });
    expect(await factsOf(paid)).toEqual(['dispute.opened', 'dispute.withdrawn', 'dispute.closed']);
    expect(await house.refundsOf(paid)).toEqual([]);
  });

  it('E8 lost is a refund that has arrived, of everything that was left', async () => {
    const paid = await paidOrder();
    const { id } = dispute(paid);
    house.sandbox.control.closeDispute(id, 'lost');
    await house.hear();

    const [refund] = await house.refundsOf(paid);
    expect(refund).toMatchObject({
      reason: 'DISPUTE',
      channel: 'DISPUTE',
      state: 'SUCCEEDED',
      amountFen: 10_000n,
    });
    expect(await rowOf(paid)).toMatchObject({ state: 'LOST', refundId: refund?.id });
    const lines = await house.rooms.get(RefundReader).linesOf(present(refund, 'a refund').id);
    expect(lines.map(({ goodsFen }) => goodsFen)).toEqual([10_000n]);
    expect(await factsOf(paid)).toEqual([
      'dispute.opened',
      'dispute.withdrawn',
      'refund.succeeded',
      'dispute.closed',
    ]);
    expect(await request(paid)).toMatchObject({ code: 'REFUND_TOO_LARGE', remainingFen: 0n });
  });

  it.each(['forwards', 'backwards'] as const)(
    'E9 told %s, and each thing twice, ends the same',
    async (way) => {
      const paid = await paidOrder();
      const { id } = dispute(paid);
      house.sandbox.control.closeDispute(id, 'won');
      const letters = house.postbag.take();
      expect(letters.filter(({ type }) => type.startsWith('charge.dispute.')).length).toBeGreaterThan(2);

      for (const { body, signature } of way === 'forwards' ? letters : letters.toReversed())
        await house.receive(body, signature);
      await Promise.all([house.applyReceived(), house.applyReceived()]);

      expect(await rowOf(paid)).toMatchObject({ state: 'WON', amount: '10000', fee: '1500' });
      expect(await factsOf(paid)).toEqual(['dispute.opened', 'dispute.withdrawn', 'dispute.closed']);
    },
  );

  it('E10 that is open lets nothing else go back', async () => {
    const paid = await paidOrder();
    const { id } = dispute(paid);
    await house.hear();

    expect(await request(paid)).toMatchObject({ code: 'PAYMENT_DISPUTED' });
    expect(await house.refundsOf(paid)).toEqual([]);

    house.sandbox.control.closeDispute(id, 'won');
    await house.hear();
    expect(await request(paid)).toMatch(/^rfd_/);
  });

  it('lost of more than refunds have left waits for a person, and what the bank took is told once', async () => {
    const paid = await paidOrder();
    await request(paid); // Set aside, and not at the provider yet.
    const { id } = dispute(paid);
    house.sandbox.control.closeDispute(id, 'lost');
    await house.hear();
    await house.notify({
      id: 'evt_dispute_again',
      type: 'charge.dispute.closed',
      data: { object: { id, object: 'dispute' } },
    });
    await house.applyReceived();

    expect(await rowOf(paid)).toMatchObject({ state: 'OPEN', amount: '10000', fee: '1500' });
    expect(await factsOf(paid)).toEqual(['refund.requested', 'dispute.opened', 'dispute.withdrawn']);
    expect(await house.outcomeOf('evt_dispute_again')).toBe('MANUAL');
  });

  it('that nobody tells us of is asked about', async () => {
    const paid = await paidOrder();
    const { id } = dispute(paid);
    await house.hear();
    house.sandbox.control.closeDispute(id, 'won');
    house.postbag.take();
    const disputes = house.rooms.get(DisputeService);
    expect(await disputes.checkDue(10)).toBe(0);

    await house.advance(6 * HOUR_MS);
    expect(await disputes.checkDue(10)).toBe(1);

    expect(await rowOf(paid)).toMatchObject({ state: 'WON' });
    expect(await disputes.checkDue(10)).toBe(0);
  });

  it('of a payment that is not ours is none of our business', async () => {
    const intent = await house.stripe.paymentIntents.create({
      amount: 500,
      currency: 'cny',
      confirm: true,
      payment_method: 'pm_card_visa',
      return_url: 'http://127.0.0.1/',
    });
    house.sandbox.control.openDispute(intent.id);
    await house.hear();

    expect(await house.outcomeOf(house.postbag.last('charge.dispute.created').id)).toBe('FOREIGN');
  });

  describe('or a refund whose notifications never reached us', () => {
    const sweep = async () => {
      for (let round = 0; round < 50; round += 1)
        if ((await house.rooms.get(ProviderNotificationService).sweep()) === 0) return;
      throw new Error('the sweep does not come to an end');
    };

    it('C20 is found in the provider’s own list, once', async () => {
      await sweep();
      await house.applyReceived();
      const [refunded, disputed] = [await paidOrder('ALIPAY'), await paidOrder()];
      await house.stripe.refunds.create({ payment_intent: refunded.intentRef, amount: 2_500 });
      dispute(disputed);
      await house.advance(HOUR_MS);
      house.postbag.take();

      await sweep();
      await house.applyReceived();
      await sweep();
      await house.applyReceived();

      expect(await house.refundsOf(refunded)).toMatchObject([
        { reason: 'PROVIDER', amountFen: 2_500n, state: 'SUCCEEDED' },
      ]);
      expect(await rowOf(disputed)).toMatchObject({ state: 'OPEN' });
      expect(await factsOf(refunded)).toEqual(['refund.requested', 'refund.succeeded']);
      expect(await factsOf(disputed)).toEqual(['dispute.opened', 'dispute.withdrawn']);
    });

    it('G15: is found by a clock that was two hours fast when it looked last', async () => {
      house.rooms.clock.advance(2 * HOUR_MS);
      await sweep();
      house.rooms.clock.advance(-2 * HOUR_MS);
      const paid = await paidOrder('ALIPAY');
      await house.stripe.refunds.create({ payment_intent: paid.intentRef, amount: 2_500 });
      await house.advance(HOUR_MS);
      house.postbag.take();

      await sweep();
      await house.applyReceived();

      expect(await house.refundsOf(paid)).toMatchObject([{ reason: 'PROVIDER' }]);
    });

    it('is looked for again from the same moment while the provider is silent', async () => {
      await sweep();
      const paid = await paidOrder('ALIPAY');
      await house.stripe.refunds.create({ payment_intent: paid.intentRef, amount: 2_500 });
      await house.advance(HOUR_MS);
      house.postbag.take();
      house.sandbox.control.break({
        requests: [{ route: 'GET /v1/events', fault: 'drop_before', nth: [1, 2] }],
      });
      expect(await house.rooms.get(ProviderNotificationService).sweep()).toBe(0);

      await sweep();
      await house.applyReceived();

      expect(await house.refundsOf(paid)).toMatchObject([{ reason: 'PROVIDER' }]);
    });

    it('what reached us already is kept once', async () => {
      await sweep();
      const paid = await paidOrder('ALIPAY');
      await house.stripe.refunds.create({ payment_intent: paid.intentRef, amount: 2_500 });
      await house.hear();
      const count = () => house.rooms.database.query('SELECT COUNT(*) AS kept FROM provider_notification');
      const before = await count();

      await house.advance(HOUR_MS / 10);
      await sweep();

      // The wallet has told of its refund meanwhile; that is the only news.
      const after = await count();
      await house.hear();
      expect([after, await house.refundsOf(paid)]).toMatchObject([
        expect.anything(),
        [{ reason: 'PROVIDER', state: 'SUCCEEDED' }],
      ]);
      expect(before).toHaveLength(1);
    });
  });
});
