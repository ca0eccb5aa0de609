import type Stripe from 'stripe';
import { checkout, closeAfterEach, plainId, refusal, stand } from './stand.js';

closeAfterEach();

it('makes an intent with what the session said about it', async () => {
  const { sandbox, stripe } = await stand();
  const metadata = { order_id: 'ord_1', payment_ref: 'pay_1' };
  const { id } = await stripe.checkout.sessions.create(
    checkout({ metadata, payment_intent_data: { metadata, transfer_group: 'ord_1', description: '桃' } }),
  );
  sandbox.control.authorise(id);
  const session = await stripe.checkout.sessions.retrieve(id, {
    expand: ['line_items', 'payment_intent.latest_charge.balance_transaction'],
  });
  expect(session).toMatchObject({
    metadata,
    payment_status: 'paid',
    status: 'complete',
    url: null,
    line_items: { data: [{ amount_total: 7_980 }] },
    payment_intent: {
      amount: 7_980,
      description: '桃',
      metadata,
      transfer_group: 'ord_1',
      // 2.9 % of 7980 is 231.42, and 30 fixed.
      latest_charge: { balance_transaction: { type: 'charge', fee: 261 } },
    },
  });
  const { data } = await stripe.checkout.sessions.list({
    payment_intent: plainId((await stripe.checkout.sessions.retrieve(id)).payment_intent),
  });
  expect(data.map((one) => one.id)).toEqual([id]);
});

it('tells the world in order', async () => {
  const { sandbox, stripe, receiver } = await stand();
  const { id } = await stripe.checkout.sessions.create(checkout());
  sandbox.control.authorise(id);
  await sandbox.control.idle();
  expect(receiver.types()).toEqual([
    'payment_intent.created',
    'charge.succeeded',
    'payment_intent.succeeded',
    'charge.updated',
    'checkout.session.completed',
  ]);
});

it('stays open after a refused card, and keeps its one intent', async () => {
  const { sandbox, stripe } = await stand();
  const { id } = await stripe.checkout.sessions.create(checkout());
  sandbox.control.decline(id);
  const tried = await stripe.checkout.sessions.retrieve(id);
  expect(tried).toMatchObject({
    status: 'open',
    payment_status: 'unpaid',
    payment_intent: expect.stringMatching(/^pi_/),
  });
  sandbox.control.authorise(id);
  expect((await stripe.checkout.sessions.retrieve(id)).payment_intent).toBe(tried.payment_intent);
  expect((await stripe.paymentIntents.list()).data).toHaveLength(1);
});

it('takes its intent along when it expires, by itself after a day', async () => {
  const { sandbox, stripe } = await stand();
  const { id } = await stripe.checkout.sessions.create(checkout());
  sandbox.control.decline(id);
  const { payment_intent: intentId } = await stripe.checkout.sessions.retrieve(id);
  expect(await refusal(stripe.paymentIntents.cancel(plainId(intentId)))).toMatchObject({
    code: 'payment_intent_unexpected_state',
  });
  await sandbox.control.advance(24 * 3600 + 1);
  expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('expired');
  expect((await stripe.paymentIntents.retrieve(plainId(intentId))).status).toBe('canceled');
  expect(() => sandbox.control.authorise(id)).toThrow('can no longer be paid');
});

it('is not expired by the clock once it is paid', async () => {
  const { sandbox, stripe } = await stand();
  const { id } = await stripe.checkout.sessions.create(checkout());
  sandbox.control.authorise(id);
  await sandbox.control.advance(25 * 3600);
  expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('complete');
});

it('is paid by a wallet where it takes no cards', async () => {
  const { sandbox, stripe } = await stand();
  const { id } = await stripe.checkout.sessions.create(
    checkout({ allowed_payment_method_types: ['wechat_pay'] }),
  );
  sandbox.control.authorise(id);
  expect((await stripe.checkout.sessions.retrieve(id)).payment_status).toBe('paid');
});

it.each([
  ['two currencies', { line_items: [line('cny', 500), line('hkd', 500)] }],
  ['no line', { line_items: [] }],
  ['a subscription', { mode: 'subscription' as const }],
  ['five minutes to live', { expires_at: Math.floor(process.hrtime()[0]) }],
  ['a price kept elsewhere', { line_items: [{ price: 'price_1', quantity: 1 }] }],
  ['less than the least amount', { line_items: [line('cny', 1)] }],
])('with %s is refused', async (_what, change) => {
  const { stripe } = await stand();
  expect((await refusal(stripe.checkout.sessions.create(checkout(change)))).statusCode).toBe(400);
  expect((await stripe.checkout.sessions.list()).data).toEqual([]);
});

function line(currency: string, amount: number) {
  return { quantity: 1, price_data: { currency, unit_amount: amount, product_data: { name: '桃' } } };
}

describe('what is only authorised on the page', () => {
  const held = async (change: Partial<Stripe.Checkout.SessionCreateParams> = {}) => {
    const { sandbox, stripe, receiver } = await stand();
    const metadata = { payment_ref: 'pay_1' };
    const { id } = await stripe.checkout.sessions.create(
      checkout({
        allowed_payment_method_types: ['card'],
        payment_intent_data: { capture_method: 'manual', metadata },
        ...change,
      }),
    );
    sandbox.control.authorise(id);
    const session = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent.latest_charge'] });
    const { payment_intent: intent } = session;
    if (intent === null || typeof intent === 'string') throw new Error('Expected an intent that is expanded');
    return { sandbox, stripe, receiver, session, intent };
  };
  const types = async ({
    sandbox,
    receiver,
  }: Pick<Awaited<ReturnType<typeof held>>, 'sandbox' | 'receiver'>) => {
    await sandbox.control.idle();
    return receiver.types();
  };

  it('is kept ready by the bank for seven days: the session is complete, and not paid', async () => {
    const { session, intent, sandbox, receiver } = await held();
    expect(session).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
    expect(intent).toMatchObject({
      status: 'requires_capture',
      amount_capturable: 7_980,
      amount_received: 0,
      metadata: { payment_ref: 'pay_1' },
      latest_charge: { captured: false, balance_transaction: null },
    });
    const charge = intent.latest_charge as Stripe.Charge;
    expect(charge.payment_method_details?.card?.capture_before).toBe(charge.created + 7 * 86_400);
    expect(await types({ sandbox, receiver })).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.amount_capturable_updated',
      'checkout.session.completed',
    ]);
  });

  it('is captured in part, once: the rest is let go, and fees are of what was captured', async () => {
    const { stripe, session, intent, sandbox, receiver } = await held();
    const captured = await stripe.paymentIntents.capture(
      intent.id,
      { amount_to_capture: 1_800, expand: ['latest_charge.balance_transaction'] },
      { idempotencyKey: 'capture-1' },
    );
    expect(captured).toMatchObject({
      status: 'succeeded',
      amount: 7_980,
      amount_received: 1_800,
      amount_capturable: 0,
      // 2.9 % of 1800 is 52.2, and 30 fixed.
      latest_charge: {
        captured: true,
        amount_captured: 1_800,
        balance_transaction: { amount: 1_800, fee: 82 },
      },
    });
    expect(
      await stripe.paymentIntents.capture(
        intent.id,
        { amount_to_capture: 1_800, expand: ['latest_charge.balance_transaction'] },
        { idempotencyKey: 'capture-1' },
      ),
    ).toMatchObject({ status: 'succeeded', amount_received: 1_800 });
    expect((await stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe('paid');
    expect(await refusal(stripe.paymentIntents.capture(intent.id))).toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
    expect(
      (await types({ sandbox, receiver })).filter((type) => type === 'payment_intent.succeeded'),
    ).toHaveLength(1);
    // What was let go was never taken, so no more than was captured goes back.
    expect(await refusal(stripe.refunds.create({ payment_intent: intent.id, amount: 1_801 }))).toMatchObject({
      statusCode: 400,
    });
    expect(await stripe.refunds.create({ payment_intent: intent.id, amount: 1_800 })).toMatchObject({
      status: 'succeeded',
    });
    await sandbox.control.advance(8 * 86_400);
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
  });

  it.each([0, 7_981])(
    'is not captured for %d: one fen at least, and no more than is held',
    async (amount) => {
      const { stripe, intent } = await held();
      expect(
        await refusal(stripe.paymentIntents.capture(intent.id, { amount_to_capture: amount })),
      ).toMatchObject({ statusCode: 400, param: 'amount_to_capture' });
      expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_capture');
    },
  );

  it('is let go when it is cancelled', async () => {
    const { stripe, intent, sandbox, receiver } = await held();
    await stripe.paymentIntents.cancel(intent.id, { cancellation_reason: 'abandoned' });
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'abandoned',
      amount_capturable: 0,
    });
    expect(await refusal(stripe.paymentIntents.capture(intent.id))).toMatchObject({ statusCode: 400 });
    expect((await types({ sandbox, receiver })).slice(-2)).toEqual([
      'charge.refunded',
      'payment_intent.canceled',
    ]);
  });

  it('lapses by itself when nobody has captured it in time', async () => {
    const { stripe, intent, sandbox, receiver } = await held();
    await sandbox.control.advance(7 * 86_400 - 60);
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_capture');
    await sandbox.control.advance(120);
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'automatic',
    });
    expect(await refusal(stripe.paymentIntents.capture(intent.id))).toMatchObject({ statusCode: 400 });
    expect((await types({ sandbox, receiver })).slice(-2)).toEqual([
      'charge.expired',
      'payment_intent.canceled',
    ]);
  });
});
