import type Stripe from 'stripe';
import { alipay, card, closeAfterEach, plainId, refusal, stand, type Stand, wechat } from './stand.js';

closeAfterEach();

async function paid(
  { sandbox, stripe }: Stand,
  params: Stripe.PaymentIntentCreateParams = alipay(),
): Promise<string> {
  const { id } = await stripe.paymentIntents.create(params);
  sandbox.control.authorise(id);
  return id;
}

const DAY = 86_400;

describe('a refund to a wallet', () => {
  it('is pending until the wallet has it', async () => {
    const table = await stand();
    const { sandbox, stripe, receiver } = table;
    sandbox.control.freeze();
    const id = await paid(table);
    const refund = await stripe.refunds.create({ payment_intent: id, amount: 2_500 });
    expect(refund).toMatchObject({
      status: 'pending',
      pending_reason: 'processing',
      destination_details: { type: 'alipay' },
    });
    await sandbox.control.advance(3);
    const done = await stripe.refunds.retrieve(refund.id, { expand: ['balance_transaction'] });
    expect(done).toMatchObject({
      status: 'succeeded',
      balance_transaction: { amount: -2_500, fee: 0, type: 'payment_refund' },
    });
    expect(done.pending_reason).toBeUndefined();
    await sandbox.control.idle();
    expect(receiver.types().slice(-4)).toEqual([
      'refund.created',
      'charge.refunded',
      'refund.updated',
      'charge.refund.updated',
    ]);
  });

  it('can be left to a test to end', async () => {
    const table = await stand({ settings: { walletRefundSeconds: null } });
    const { sandbox, stripe } = table;
    const id = await paid(table, wechat());
    const refund = await stripe.refunds.create({ payment_intent: id });
    await sandbox.control.advance(30 * DAY);
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe('pending');
    sandbox.control.finishRefund(refund.id);
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe('succeeded');
    expect(() => sandbox.control.finishRefund(refund.id)).toThrow('is succeeded already');
  });

  it('may fail: the money is back, and may be refunded again', async () => {
    const table = await stand({ settings: { walletRefundSeconds: null } });
    const { sandbox, stripe, receiver } = table;
    const id = await paid(table);
    const before = (await stripe.balance.retrieve()).available;
    const refund = await stripe.refunds.create({ payment_intent: id });
    sandbox.control.failRefund(refund.id, 'expired_or_canceled_card');
    const failed = await stripe.refunds.retrieve(refund.id, { expand: ['failure_balance_transaction'] });
    expect(failed).toMatchObject({
      status: 'failed',
      failure_reason: 'expired_or_canceled_card',
      failure_balance_transaction: { amount: 7_670, type: 'payment_failure_refund' },
    });
    expect((await stripe.balance.retrieve()).available).toEqual(before);
    const { data } = await stripe.charges.list({ payment_intent: id });
    expect(data).toMatchObject([{ amount_refunded: 0, refunded: false }]);
    expect(await stripe.refunds.create({ payment_intent: id })).toMatchObject({ status: 'pending' });
    await sandbox.control.idle();
    expect(receiver.types()).toContain('refund.failed');
  });

  it.each([
    ['Alipay', alipay(), 90],
    ['WeChat Pay', wechat(), 180],
  ])('by %s is possible for %s days', async (_name, params, days) => {
    const table = await stand();
    const { sandbox, stripe } = table;
    const id = await paid(table, params);
    await sandbox.control.advance(days * DAY - 60);
    await stripe.refunds.create({ payment_intent: id, amount: 100 });
    await sandbox.control.advance(120);
    const late = await refusal(stripe.refunds.create({ payment_intent: id, amount: 100 }));
    expect(late).toMatchObject({ statusCode: 400, code: 'charge_not_refundable' });
  });
});

describe('refunds and the balance', () => {
  it('wait for money that is not available yet, and go out when it is, oldest first', async () => {
    const table = await stand({ openingFloat: 0 });
    const { sandbox, stripe } = table;
    const id = await paid(table, alipay(10_000));
    const first = await stripe.refunds.create({ payment_intent: id, amount: 9_000 });
    const second = await stripe.refunds.create({ payment_intent: id, amount: 1_000 });
    expect([first, second]).toMatchObject([
      { pending_reason: 'insufficient_funds' },
      { pending_reason: 'insufficient_funds' },
    ]);
    expect(first.balance_transaction).toBeNull();
    await sandbox.control.advance(3 * DAY);
    // 10000 less the fee of 220: enough for the first, not for both.
    expect(await stripe.refunds.retrieve(first.id)).toMatchObject({ status: 'succeeded' });
    expect(await stripe.refunds.retrieve(second.id)).toMatchObject({ pending_reason: 'insufficient_funds' });
    sandbox.control.topUp(220);
    await sandbox.control.advance(3);
    expect(await stripe.refunds.retrieve(second.id)).toMatchObject({ status: 'succeeded' });
    expect((await stripe.balance.retrieve()).available).toMatchObject([{ amount: 0, currency: 'cny' }]);
  });

  it('of a card come out of what is available at once', async () => {
    const table = await stand({ openingFloat: 2_000 });
    const { stripe } = table;
    const intent = await stripe.paymentIntents.create(card());
    const small = await stripe.refunds.create({
      charge: plainId(intent.latest_charge),
      amount: 2_000,
      reason: 'duplicate',
    });
    const large = await stripe.refunds.create({ payment_intent: intent.id, amount: 1 });
    expect(small).toMatchObject({ status: 'succeeded', reason: 'duplicate' });
    expect(large).toMatchObject({ status: 'pending', pending_reason: 'insufficient_funds' });
  });
});

it('refuses more than is left, for part after part', async () => {
  const table = await stand();
  const { stripe } = table;
  const id = await paid(table, alipay(1_000));
  await stripe.refunds.create({ payment_intent: id, amount: 600 });
  expect(await refusal(stripe.refunds.create({ payment_intent: id, amount: 401 }))).toMatchObject({
    code: 'amount_too_large',
  });
  await stripe.refunds.create({ payment_intent: id, amount: 400 });
  expect(await refusal(stripe.refunds.create({ payment_intent: id }))).toMatchObject({
    code: 'charge_already_refunded',
  });
  const { data } = await stripe.refunds.list({ payment_intent: id });
  expect(data.map(({ amount }) => amount)).toEqual([400, 600]);
});

it('takes new metadata and tells of it', async () => {
  const table = await stand();
  const { sandbox, stripe } = table;
  const refund = await stripe.refunds.create({ payment_intent: await paid(table), metadata: { a: '1' } });
  await stripe.refunds.update(refund.id, { metadata: { b: '2' } });
  expect((await stripe.refunds.retrieve(refund.id)).metadata).toEqual({ a: '1', b: '2' });
  expect(sandbox.control.events('refund.updated').at(-1)?.data.previous_attributes).toEqual({
    metadata: { a: '1' },
  });
});
