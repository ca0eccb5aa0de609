import { alipay, card, closeAfterEach, post, refusal, stand } from './stand.js';

closeAfterEach();

const KEY = { idempotencyKey: 'pay_1' };

it('answers a repeated key byte for byte, even after the object has moved on', async () => {
  const { sandbox, stripe } = await stand();
  const form =
    'amount=500&currency=cny&confirm=true&payment_method_data[type]=alipay&return_url=https://shop.example';
  const headers = { 'idempotency-key': 'pay_1' };
  const first = await post(sandbox, '/v1/payment_intents', form, headers);
  const body = await first.text();
  sandbox.control.authorise((JSON.parse(body) as { id: string }).id);
  const second = await post(sandbox, '/v1/payment_intents', form, headers);
  expect(await second.text()).toBe(body);
  expect(second.headers.get('idempotent-replayed')).toBe('true');
  expect(second.headers.get('original-request')).toBe(first.headers.get('request-id'));
  expect((await stripe.paymentIntents.list()).data).toHaveLength(1);
});

it('does not mix up keys, paths, or accounts', async () => {
  const { stripe } = await stand();
  const intent = await stripe.paymentIntents.create(card(), KEY);
  const elsewhere = await refusal(stripe.refunds.create({ payment_intent: intent.id }, KEY));
  expect(elsewhere.type).toBe('StripeIdempotencyError');
  const other = await stripe.paymentIntents.create(card(), { idempotencyKey: 'pay_2' });
  expect(other.id).not.toBe(intent.id);
});

it('refuses a second call while the first is still going on, and answers it afterwards', async () => {
  const { sandbox, stripe } = await stand();
  sandbox.control.break({
    requests: [{ route: 'POST /v1/payment_intents', nth: 1, fault: 'delay', ms: 1_000 }],
  });
  const both = await Promise.allSettled([
    stripe.paymentIntents.create(alipay(), KEY),
    stripe.paymentIntents.create(alipay(), KEY),
  ]);
  const [first] = both.flatMap((call) => (call.status === 'fulfilled' ? [call.value.id] : []));
  const refused = both.flatMap((call) => (call.status === 'rejected' ? [call.reason as unknown] : []));
  expect(refused).toMatchObject([{ statusCode: 409, code: 'idempotency_key_in_use' }]);
  expect((await stripe.paymentIntents.create(alipay(), KEY)).id).toBe(first);
});

it('does not remember what was refused before anything was done', async () => {
  const { sandbox, stripe } = await stand();
  const wrong = await post(sandbox, '/v1/payment_intents', 'amount=ten&currency=cny', {
    'idempotency-key': 'pay_1',
  });
  expect(wrong.status).toBe(400);
  const { return_url: _lost, ...lost } = alipay();
  expect((await refusal(stripe.paymentIntents.create(lost, KEY))).statusCode).toBe(400);
  expect(await stripe.paymentIntents.create(alipay(), KEY)).toMatchObject({ status: 'requires_action' });
});

it('remembers a decline, and what the state refused', async () => {
  const { stripe } = await stand();
  const declined = await refusal(stripe.paymentIntents.create(card('pm_card_chargeDeclined'), KEY));
  const again = await refusal(stripe.paymentIntents.create(card('pm_card_chargeDeclined'), KEY));
  expect(again.payment_intent?.id).toBe(declined.payment_intent?.id);
  expect((await stripe.paymentIntents.list()).data).toHaveLength(1);
});

it('remembers a 500, whether or not anything was done (B7)', async () => {
  const { sandbox, stripe } = await stand();
  const fault = {
    route: 'POST /v1/payment_intents',
    nth: 1,
    fault: 'error',
    status: 500,
    executed: true,
  } as const;
  sandbox.control.break({ requests: [fault] });
  const metadata = { payment_ref: 'pay_1' };
  const first = await refusal(stripe.paymentIntents.create(alipay(500, { metadata }), KEY));
  const second = await refusal(stripe.paymentIntents.create(alipay(500, { metadata }), KEY));
  expect([first.statusCode, second.statusCode]).toEqual([500, 500]);
  expect(second.headers?.['idempotent-replayed']).toBe('true');
  const { data } = await stripe.paymentIntents.search({ query: `metadata['payment_ref']:'pay_1'` });
  expect(data).toMatchObject([{ status: 'requires_action' }]);
});

it('forgets a key after a day', async () => {
  const { sandbox, stripe } = await stand();
  const first = await stripe.paymentIntents.create(card(), KEY);
  await sandbox.control.advance(23 * 3600);
  expect((await stripe.paymentIntents.create(card(), KEY)).id).toBe(first.id);
  await sandbox.control.advance(2 * 3600);
  expect((await stripe.paymentIntents.create(card(), KEY)).id).not.toBe(first.id);
});
