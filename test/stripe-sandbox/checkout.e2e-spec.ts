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
