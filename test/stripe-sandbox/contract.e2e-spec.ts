import Stripe from 'stripe';
import { present } from '#libs/kernel';
import { API_VERSION, type RunningSandbox, startSandbox } from '../../apps/stripe-sandbox/src/sandbox.js';
import { alipay, card, checkout, clientOf, plainId, refusal, wechat } from './stand.js';

/**
 * What Stripe promises, asked through the real SDK. With STRIPE_SECRET_KEY=sk_test_… the same questions go to that
 * account (it needs Alipay, WeChat Pay and cards, and CNY); what needs a buyer's hand on the phone is skipped there.
 */
const realKey = process.env['STRIPE_SECRET_KEY'];
const isReal = realKey?.startsWith('sk_test_') === true && realKey !== 'sk_test_sandbox';
const onlyInSandbox = isReal ? it.skip : it;

let sandbox: RunningSandbox | null = null;
let stripe: Stripe;
/** Keys are for ever at a real account, so each run takes its own. */
const run = `contract-${process.pid}-${process.hrtime.bigint()}`;

beforeAll(async () => {
  if (isReal && realKey !== undefined) {
    stripe = new Stripe(realKey, { apiVersion: API_VERSION });
    return;
  }
  sandbox = await startSandbox();
  stripe = clientOf(sandbox);
});

afterAll(async () => {
  expect(sandbox?.control.mistakes ?? []).toEqual([]);
  await sandbox?.close();
});

const control = () => present(sandbox, 'the sandbox').control;

describe('payment intents', () => {
  it('sends an Alipay buyer away, and knows where they return to', async () => {
    const intent = await stripe.paymentIntents.create(alipay());
    expect(intent).toMatchObject({
      object: 'payment_intent',
      amount: 7670,
      amount_received: 0,
      currency: 'cny',
      latest_charge: null,
      livemode: false,
      metadata: { order_id: 'ord_1' },
      payment_method_types: ['alipay'],
      status: 'requires_action',
      transfer_group: 'ord_1',
      next_action: { type: 'alipay_handle_redirect' },
    });
    const redirect = intent.next_action?.alipay_handle_redirect;
    expect(redirect?.return_url).toBe('https://shop.example/orders/1');
    expect(redirect?.url).toMatch(/^https?:\/\//);
    expect(intent.client_secret).toMatch(new RegExp(`^${intent.id}_secret_`));
  });

  it('shows a WeChat buyer a code to scan', async () => {
    const intent = await stripe.paymentIntents.create(wechat());
    const code = intent.next_action?.wechat_pay_display_qr_code;
    expect(intent.next_action?.type).toBe('wechat_pay_display_qr_code');
    expect(code?.data).toBeTruthy();
    expect(code?.image_data_url).toMatch(/^data:image\/png;base64,/);
  });

  it('needs to know where the WeChat code is shown, and where an Alipay buyer returns to', async () => {
    const { payment_method_options: _client, ...blindWechat } = wechat();
    const noClient = await refusal(stripe.paymentIntents.create(blindWechat));
    expect(noClient).toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400 });
    const { return_url: _url, ...lostAlipay } = alipay();
    const noReturn = await refusal(stripe.paymentIntents.create(lostAlipay));
    expect(noReturn).toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400 });
  });

  it('takes an approved card at once', async () => {
    const intent = await stripe.paymentIntents.create(card());
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 10_000, next_action: null });
    const charge = await stripe.charges.retrieve(plainId(intent.latest_charge));
    expect(charge).toMatchObject({
      paid: true,
      captured: true,
      payment_intent: intent.id,
      status: 'succeeded',
    });
  });

  it.each([
    ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', undefined],
  ])('says why %s is refused, and lets the buyer try again', async (method, code, declineCode) => {
    const error = await refusal(stripe.paymentIntents.create(card(method)));
    expect(error).toMatchObject({ type: 'StripeCardError', statusCode: 402, code });
    if (declineCode !== undefined) expect(error.decline_code).toBe(declineCode);
    const intent = present(error.payment_intent, 'the intent in the refusal');
    expect(intent).toMatchObject({ status: 'requires_payment_method', last_payment_error: { code } });
    const second = await stripe.paymentIntents.confirm(intent.id, {
      payment_method: 'pm_card_visa',
      return_url: 'https://shop.example/orders/1',
    });
    expect(second).toMatchObject({ status: 'succeeded', last_payment_error: null });
  });

  it('cancels what is open, once', async () => {
    const { id } = await stripe.paymentIntents.create(alipay());
    const canceled = await stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned' });
    expect(canceled).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'abandoned',
      next_action: null,
    });
    expect(canceled.canceled_at).toEqual(expect.any(Number));
    const again = await refusal(stripe.paymentIntents.cancel(id));
    expect(again).toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state' });
  });

  it('does not cancel what is paid', async () => {
    const { id } = await stripe.paymentIntents.create(card());
    expect(await refusal(stripe.paymentIntents.cancel(id))).toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
  });

  it('holds a card payment until it is captured, in part if so wished', async () => {
    const held = await stripe.paymentIntents.create(card('pm_card_visa', { capture_method: 'manual' }));
    expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 10_000, amount_received: 0 });
    const taken = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 6_000 });
    expect(taken).toMatchObject({ status: 'succeeded', amount_capturable: 0, amount_received: 6_000 });
    const charge = await stripe.charges.retrieve(plainId(taken.latest_charge));
    expect(charge).toMatchObject({ amount_captured: 6_000, amount_refunded: 4_000 });
  });

  it('updates metadata key by key', async () => {
    const { id } = await stripe.paymentIntents.create({
      amount: 500,
      currency: 'cny',
      metadata: { a: '1', b: '2' },
    });
    const updated = await stripe.paymentIntents.update(id, { amount: 600, metadata: { b: '', c: '3' } });
    expect(updated).toMatchObject({
      amount: 600,
      status: 'requires_payment_method',
      metadata: { a: '1', c: '3' },
    });
    expect(updated.metadata).not.toHaveProperty('b');
  });

  it('refuses an amount below the least, and one that is no amount', async () => {
    expect(await refusal(stripe.paymentIntents.create(alipay(1)))).toMatchObject({
      code: 'amount_too_small',
    });
    expect(await refusal(stripe.paymentIntents.create(alipay(-5)))).toMatchObject({
      statusCode: 400,
      param: 'amount',
    });
  });
});

describe('answers', () => {
  it('carry a request id, the version and the key', async () => {
    const idempotencyKey = `${run}-headers`;
    const { lastResponse } = await stripe.paymentIntents.create(
      { amount: 500, currency: 'cny' },
      { idempotencyKey },
    );
    expect(lastResponse).toMatchObject({ statusCode: 200, apiVersion: API_VERSION, idempotencyKey });
    expect(lastResponse.requestId).toMatch(/^req_/);
  });

  it('expand what is asked for, and only that', async () => {
    const { id } = await stripe.paymentIntents.create(card());
    const plain = await stripe.paymentIntents.retrieve(id);
    expect(plain.latest_charge).toEqual(expect.any(String));
    const expanded = await stripe.paymentIntents.retrieve(id, {
      expand: ['latest_charge', 'payment_method'],
    });
    expect(expanded).toMatchObject({
      latest_charge: { object: 'charge' },
      payment_method: { object: 'payment_method' },
    });
    const error = await refusal(stripe.paymentIntents.retrieve(id, { expand: ['amount'] }));
    expect(error).toMatchObject({ statusCode: 400, type: 'StripeInvalidRequestError' });
  });

  it('are an error envelope for what does not exist', async () => {
    const error = await refusal(stripe.paymentIntents.retrieve('pi_nothing'));
    expect(error).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      type: 'StripeInvalidRequestError',
    });
  });

  it('come in pages, newest first, in both directions', async () => {
    const made: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      made.unshift((await stripe.paymentIntents.create({ amount: 500 + index, currency: 'cny' })).id);
    }
    const first = await stripe.paymentIntents.list({ limit: 2 });
    expect(first.data.map(({ id }) => id)).toEqual(made.slice(0, 2));
    expect(first.has_more).toBe(true);
    const next = await stripe.paymentIntents.list({ limit: 2, starting_after: present(made[1], 'an id') });
    expect(next.data.map(({ id }) => id)).toEqual(made.slice(2, 4));
    const back = await stripe.paymentIntents.list({ limit: 2, ending_before: present(made[3], 'an id') });
    expect(back.data.map(({ id }) => id)).toEqual(made.slice(1, 3));
    const walked: string[] = [];
    for await (const { id } of stripe.paymentIntents.list({ limit: 2 })) {
      walked.push(id);
      if (walked.length === 5) break;
    }
    expect(walked).toEqual(made);
  });
});

describe('idempotency', () => {
  it('gives the same answer for the same key, and refuses other parameters under it', async () => {
    const idempotencyKey = `${run}-same`;
    const first = await stripe.paymentIntents.create({ amount: 500, currency: 'cny' }, { idempotencyKey });
    const second = await stripe.paymentIntents.create({ amount: 500, currency: 'cny' }, { idempotencyKey });
    expect(second.id).toBe(first.id);
    expect(second.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined();
    const other = stripe.paymentIntents.create({ amount: 501, currency: 'cny' }, { idempotencyKey });
    expect(await refusal(other)).toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400 });
  });
});

describe('refunds', () => {
  it('of a card are done at once, up to what was paid', async () => {
    const intent = await stripe.paymentIntents.create(card());
    const part = await stripe.refunds.create({
      payment_intent: intent.id,
      amount: 2_500,
      metadata: { refund_ref: 'r1' },
    });
    expect(part).toMatchObject({
      amount: 2_500,
      charge: intent.latest_charge,
      metadata: { refund_ref: 'r1' },
    });
    expect(['pending', 'succeeded']).toContain(part.status);
    const tooMuch = await refusal(stripe.refunds.create({ payment_intent: intent.id, amount: 7_501 }));
    expect(tooMuch).toMatchObject({ statusCode: 400, param: 'amount' });
    await stripe.refunds.create({ payment_intent: intent.id });
    const charge = await stripe.charges.retrieve(plainId(intent.latest_charge), { expand: ['refunds'] });
    expect(charge).toMatchObject({ refunded: true, amount_refunded: 10_000 });
    expect(charge.refunds?.data).toHaveLength(2);
    const again = await refusal(stripe.refunds.create({ payment_intent: intent.id }));
    expect(again).toMatchObject({ code: 'charge_already_refunded' });
    const { data } = await stripe.refunds.list({ payment_intent: intent.id });
    expect(data).toHaveLength(2);
  });

  it('of an unpaid intent are refused', async () => {
    const { id } = await stripe.paymentIntents.create(alipay());
    expect((await refusal(stripe.refunds.create({ payment_intent: id }))).statusCode).toBe(400);
  });
});

describe('checkout sessions', () => {
  it('offer a page, add up their lines, and make the intent only when somebody pays', async () => {
    const session = await stripe.checkout.sessions.create(checkout({ client_reference_id: 'pay_1' }));
    expect(session).toMatchObject({
      amount_total: 7_980,
      client_reference_id: 'pay_1',
      currency: 'cny',
      payment_intent: null,
      payment_status: 'unpaid',
      status: 'open',
    });
    expect(session.url).toMatch(/^https?:\/\//);
    const items = await stripe.checkout.sessions.listLineItems(session.id);
    expect(items.data).toMatchObject([{ amount_total: 7_980, quantity: 2, description: '炎陵黄桃 5 斤装' }]);
  });

  it('expire once', async () => {
    const { id } = await stripe.checkout.sessions.create(checkout());
    expect(await stripe.checkout.sessions.expire(id)).toMatchObject({ status: 'expired', url: null });
    expect((await refusal(stripe.checkout.sessions.expire(id))).statusCode).toBe(400);
  });
});

describe('events', () => {
  it('tell what happened, in the version of the SDK', async () => {
    const { id } = await stripe.paymentIntents.create({ amount: 500, currency: 'cny' });
    const { data } = await stripe.events.list({ type: 'payment_intent.created', limit: 5 });
    const event = present(
      data.find((one) => (one.data.object as { id?: string }).id === id),
      'the event',
    );
    expect(event).toMatchObject({ object: 'event', api_version: API_VERSION, livemode: false });
    expect((await stripe.events.retrieve(event.id)).id).toBe(event.id);
  });
});

describe('webhook endpoints', () => {
  it('show their secret when they are made, and never again', async () => {
    const url = 'https://shop.example/webhooks/stripe';
    const made = await stripe.webhookEndpoints.create({
      url,
      enabled_events: ['payment_intent.succeeded'],
      api_version: API_VERSION,
    });
    expect(made).toMatchObject({ url, status: 'enabled', api_version: API_VERSION });
    expect(made.secret).toMatch(/^whsec_/);
    const seen = await stripe.webhookEndpoints.retrieve(made.id);
    expect(seen.secret).toBeUndefined();
    expect(await stripe.webhookEndpoints.update(made.id, { disabled: true })).toMatchObject({
      status: 'disabled',
    });
    expect(await stripe.webhookEndpoints.del(made.id)).toEqual({
      id: made.id,
      object: 'webhook_endpoint',
      deleted: true,
    });
    expect((await refusal(stripe.webhookEndpoints.retrieve(made.id))).statusCode).toBe(404);
  });
});

describe('what needs a buyer', () => {
  onlyInSandbox('is found by metadata once paid', async () => {
    const { id } = await stripe.paymentIntents.create(alipay(7_670, { metadata: { payment_ref: run } }));
    control().authorise(id);
    const query = `metadata['payment_ref']:'${run}' AND status:'succeeded'`;
    const found = await stripe.paymentIntents.search({
      query,
      expand: ['data.latest_charge.balance_transaction'],
    });
    expect(found.data).toMatchObject([
      { id, latest_charge: { balance_transaction: { fee: 169, net: 7_501 } } },
    ]);
    expect((await stripe.paymentIntents.search({ query: `metadata['payment_ref']:'nobody'` })).data).toEqual(
      [],
    );
    const unreadable = await refusal(stripe.paymentIntents.search({ query: 'amount over 3' }));
    expect(unreadable.statusCode).toBe(400);
  });
});
