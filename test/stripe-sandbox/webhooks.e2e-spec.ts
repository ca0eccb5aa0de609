import Stripe from 'stripe';
import { present } from '#libs/kernel';
import { alipay, closeAfterEach, Receiver, SECRET, stand, type Stand, wechat } from './stand.js';

closeAfterEach();

const PAYING = [
  'payment_intent.created',
  'payment_intent.requires_action',
  'charge.succeeded',
  'payment_intent.succeeded',
  'charge.updated',
];

async function pay({ sandbox, stripe }: Stand): Promise<string> {
  const { id } = await stripe.paymentIntents.create(alipay());
  sandbox.control.authorise(id);
  await sandbox.control.idle();
  return id;
}

describe('webhooks', () => {
  it('arrive signed, in order, as the events list shows them', async () => {
    const table = await stand();
    const id = await pay(table);
    const events = PAYING.map((_type, index) => table.receiver.verified(index));
    expect(events.map(({ type }) => type)).toEqual(PAYING);
    expect(events[3]).toMatchObject({
      api_version: Stripe.API_VERSION,
      data: { object: { id, status: 'succeeded' } },
    });
    const { data } = await table.stripe.events.list();
    expect(data.map((event) => event.id)).toEqual(events.map((event) => event.id).toReversed());
  });

  it('show the object as it was when it happened, and what changed', async () => {
    const table = await stand();
    await pay(table);
    const [created, , , , updated] = table.receiver.received.map((_one, index) =>
      table.receiver.verified(index),
    );
    expect(created?.data.object).toMatchObject({ status: 'requires_payment_method' });
    expect(updated?.data.previous_attributes).toEqual({ balance_transaction: null });
  });

  it('name the request they come from, and none where a buyer acted', async () => {
    const { sandbox, stripe } = await stand();
    const { id, lastResponse } = await stripe.paymentIntents.create(alipay(), { idempotencyKey: 'pay_1' });
    sandbox.control.authorise(id);
    const [created, , charged] = sandbox.control.events();
    expect(created?.request).toEqual({ id: lastResponse.requestId, idempotency_key: 'pay_1' });
    expect(charged?.request).toEqual({ id: null, idempotency_key: null });
  });

  it('cannot be verified with another secret, nor once the body was touched', async () => {
    const table = await stand();
    await pay(table);
    const { receiver } = table;
    expect(() => receiver.verified(0, 'whsec_other')).toThrow(Stripe.errors.StripeSignatureVerificationError);
    const { headers, body } = present(receiver.received[0], 'a delivery');
    const retyped = JSON.stringify(JSON.parse(body));
    const verify = () =>
      new Stripe('sk_test_1').webhooks.constructEvent(retyped, String(headers['stripe-signature']), SECRET);
    expect(verify).toThrow(Stripe.errors.StripeSignatureVerificationError);
  });

  it('go to registered endpoints too, each with its own secret and taste', async () => {
    const table = await stand({ webhookUrl: null });
    const { sandbox, stripe, receiver } = table;
    const { secret } = await stripe.webhookEndpoints.create({
      url: receiver.url,
      enabled_events: ['payment_intent.succeeded'],
    });
    await pay(table);
    expect(receiver.types()).toEqual(['payment_intent.succeeded']);
    expect(receiver.verified(0, present(secret, 'the secret')).type).toBe('payment_intent.succeeded');
    const [{ id } = { id: '' }] = (await stripe.webhookEndpoints.list()).data;
    await stripe.webhookEndpoints.update(id, { disabled: true });
    await pay(table);
    expect(receiver.received).toHaveLength(1);
    expect(sandbox.control.deliveries()).toHaveLength(1);
  });

  it('are tried again until the shop says yes', async () => {
    const table = await stand();
    const { sandbox, receiver } = table;
    sandbox.control.freeze();
    receiver.answers.push(500, 302);
    await table.stripe.paymentIntents.create({ amount: 500, currency: 'cny' });
    await sandbox.control.idle();
    expect(receiver.received).toHaveLength(1);
    await sandbox.control.advance(1);
    expect(receiver.received).toHaveLength(2);
    await sandbox.control.advance(5);
    expect(receiver.received).toHaveLength(3);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    expect(sandbox.control.deliveries()).toMatchObject([
      { state: 'delivered', attempts: 3, lastAnswer: '200' },
    ]);
    await sandbox.control.advance(100_000);
    expect(receiver.received).toHaveLength(3);
  });

  it('are tried again by the clock on the wall as well', async () => {
    const table = await stand({ settings: { webhookRetrySeconds: [0.05] } });
    const { sandbox, receiver } = table;
    receiver.answers.push(503);
    await table.stripe.paymentIntents.create({ amount: 500, currency: 'cny' });
    await until(() => receiver.received.length === 2);
    await sandbox.control.idle();
    expect(sandbox.control.deliveries()).toMatchObject([{ state: 'delivered', attempts: 2 }]);
  });

  it('are given up after the last attempt, and can be sent again by hand', async () => {
    const table = await stand({ settings: { webhookRetrySeconds: [1, 1] } });
    const { sandbox, receiver } = table;
    receiver.answers.push(500, 500, 500);
    await table.stripe.paymentIntents.create({ amount: 500, currency: 'cny' });
    await sandbox.control.advance(3_000);
    expect(sandbox.control.deliveries()).toMatchObject([{ state: 'abandoned', attempts: 3 }]);
    const [event] = sandbox.control.events();
    sandbox.control.resend(present(event, 'the event').id);
    await sandbox.control.idle();
    expect(receiver.verified(3).id).toBe(event?.id);
  });

  it('find nobody at home, and wait for them', async () => {
    const table = await stand();
    const { sandbox, receiver } = table;
    sandbox.control.freeze();
    const { url } = receiver;
    sandbox.control.pointWebhooksAt('http://127.0.0.1:1/webhooks/stripe');
    await table.stripe.paymentIntents.create({ amount: 500, currency: 'cny' });
    await sandbox.control.idle();
    expect(sandbox.control.deliveries()).toMatchObject([{ state: 'waiting', attempts: 1 }]);
    sandbox.control.pointWebhooksAt(url);
    await sandbox.control.advance(1);
    expect(receiver.types()).toEqual(['payment_intent.created']);
  });

  it('can be handed over by a test itself, signed for any time', async () => {
    const { sandbox, stripe } = await stand({ webhookUrl: null });
    await stripe.paymentIntents.create({ amount: 500, currency: 'cny' });
    const event = present(sandbox.control.events('payment_intent.created')[0], 'the event');
    const { body, signature } = sandbox.control.sign(event, { timestamp: 1_700_000_000 });
    const verify = (receivedAt: number) =>
      stripe.webhooks.constructEvent(body, signature, SECRET, 300, undefined, receivedAt);
    expect(verify(1_700_000_299_000).id).toBe(event.id);
    expect(() => verify(1_700_000_301_000)).toThrow('Timestamp outside the tolerance zone');
  });

  it('are signed by the virtual clock where so set', async () => {
    const table = await stand({ settings: { signatureClock: 'virtual' } });
    await table.sandbox.control.advance(86_400);
    await pay(table);
    const at = Number(/t=(\d+)/.exec(String(table.receiver.received[0]?.headers['stripe-signature']))?.[1]);
    expect(Math.abs(at - table.sandbox.control.now.getTime() / 1000)).toBeLessThan(60);
  });
});

describe('webhooks that go wrong', () => {
  it('come several times', async () => {
    const table = await stand();
    table.sandbox.control.break({
      webhooks: [{ type: 'payment_intent.succeeded', fault: 'duplicate', copies: 3 }],
    });
    await pay(table);
    const copies = table.receiver.received.filter(
      (_one, index) => table.receiver.verified(index).type === 'payment_intent.succeeded',
    );
    expect(copies).toHaveLength(3);
    expect(new Set(copies.map(({ body }) => body)).size).toBe(1);
  });

  it('do not come, but can be looked up', async () => {
    const table = await stand();
    table.sandbox.control.break({ webhooks: [{ type: 'payment_intent.succeeded', fault: 'drop' }] });
    await pay(table);
    await table.sandbox.control.advance(100_000);
    expect(table.receiver.types()).not.toContain('payment_intent.succeeded');
    expect((await table.stripe.events.list({ types: ['payment_intent.succeeded'] })).data).toHaveLength(1);
    expect(table.sandbox.control.deliveries().map(({ state }) => state)).toContain('dropped');
  });

  it('come late', async () => {
    const table = await stand();
    table.sandbox.control.freeze();
    table.sandbox.control.break({
      webhooks: [{ type: 'payment_intent.succeeded', fault: 'delay', seconds: 600 }],
    });
    await pay(table);
    expect(table.receiver.types()).not.toContain('payment_intent.succeeded');
    await table.sandbox.control.advance(600);
    expect(table.receiver.types().at(-1)).toBe('payment_intent.succeeded');
  });

  it('change places, in the same way for the same seed', async () => {
    const orderOf = async (seed: number): Promise<readonly string[]> => {
      const table = await stand();
      table.sandbox.control.break({ seed, webhooks: [{ type: '*', fault: 'reorder', window: 5 }] });
      await pay(table);
      return table.receiver.types();
    };
    const first = await orderOf(3);
    expect(first).not.toEqual(PAYING);
    expect(first.toSorted()).toEqual(PAYING.toSorted());
    expect(await orderOf(3)).toEqual(first);
    const others = [await orderOf(4), await orderOf(5), await orderOf(6)];
    expect(others.some((order) => order.join() !== first.join())).toBe(true);
  });

  it('are let go when too few come to change places', async () => {
    const table = await stand();
    table.sandbox.control.break({ webhooks: [{ type: '*', fault: 'reorder', window: 10, holdMs: 50 }] });
    await pay(table);
    await until(() => table.receiver.received.length === PAYING.length);
    await table.sandbox.control.idle();
  });

  it.each([
    ['bad_signature', { type: 'payment_intent.created', fault: 'bad_signature' }],
    ['stale_timestamp', { type: 'payment_intent.created', fault: 'stale_timestamp', seconds: 301 }],
  ] as const)('with a %s are refused by the SDK, and genuine when tried again', async (_name, rule) => {
    const table = await stand();
    const { sandbox, receiver } = table;
    sandbox.control.freeze();
    sandbox.control.break({ webhooks: [rule] });
    receiver.answers.push(400);
    await table.stripe.paymentIntents.create({ amount: 500, currency: 'cny' });
    await sandbox.control.idle();
    expect(() => receiver.verified(0)).toThrow(Stripe.errors.StripeSignatureVerificationError);
    await sandbox.control.advance(1);
    expect(receiver.verified(1).type).toBe('payment_intent.created');
  });

  it('show an old picture of the object', async () => {
    const table = await stand();
    table.sandbox.control.break({ webhooks: [{ type: 'payment_intent.succeeded', fault: 'old_snapshot' }] });
    const id = await pay(table);
    const event = table.receiver.received
      .map((_one, index) => table.receiver.verified(index))
      .find(({ type }) => type === 'payment_intent.succeeded');
    expect(event?.data.object).toMatchObject({ id, status: 'requires_payment_method' });
    expect((await table.stripe.paymentIntents.retrieve(id)).status).toBe('succeeded');
  });

  it('tell the same thing in two events', async () => {
    const table = await stand();
    table.sandbox.control.break({ webhooks: [{ type: 'payment_intent.succeeded', fault: 'second_event' }] });
    await pay(table);
    const events = table.receiver.received
      .map((_one, index) => table.receiver.verified(index))
      .filter(({ type }) => type === 'payment_intent.succeeded');
    expect(events).toHaveLength(2);
    expect(new Set(events.map(({ id }) => id)).size).toBe(2);
    expect(new Set(events.map(({ data }) => (data.object as { id: string }).id)).size).toBe(1);
  });

  it('do so now and then, as the seed wills', async () => {
    const table = await stand();
    const rule = { type: 'payment_intent.created', fault: 'drop', probability: 0.5 } as const;
    const droppedOf = async (seed: number): Promise<string> => {
      table.sandbox.control.break({ seed, webhooks: [rule] });
      const before = table.sandbox.control.deliveries().length;
      for (let index = 0; index < 12; index += 1)
        await table.stripe.paymentIntents.create({ amount: 500, currency: 'cny' });
      await table.sandbox.control.idle();
      const states = table.sandbox.control.deliveries().slice(before);
      return states.map(({ state }) => (state === 'dropped' ? '×' : '.')).join('');
    };
    const first = await droppedOf(1);
    expect(first).toContain('×');
    expect(first).toContain('.');
    expect(await droppedOf(1)).toBe(first);
    expect(await droppedOf(2)).not.toBe(first);
  });
});

it('a storm of webhooks arrives complete', async () => {
  const { sandbox, stripe, receiver } = await stand();
  sandbox.control.break({ seed: 9, webhooks: [{ type: '*', fault: 'duplicate', copies: 2 }] });
  const intents = await Promise.all(Array.from({ length: 40 }, () => stripe.paymentIntents.create(wechat())));
  for (const { id } of intents) sandbox.control.authorise(id);
  await sandbox.control.idle();
  const succeeded = receiver.types().filter((type) => type === 'payment_intent.succeeded');
  expect(succeeded).toHaveLength(80);
});

/** The clock on the wall takes its time; a machine that is busy takes more. */
async function until(isSo: () => boolean): Promise<void> {
  const { hrtime } = process;
  const start = hrtime.bigint();
  while (!isSo()) {
    if (hrtime.bigint() - start > 10_000_000_000n) throw new Error('It did not happen within ten seconds');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

it('the receiver of these tests is one that can fail', async () => {
  const receiver = await Receiver.start();
  expect(() => receiver.verified(0)).toThrow('Expected delivery 0 to be present');
  await receiver.close();
});
