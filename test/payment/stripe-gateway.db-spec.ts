import { newId, present } from '#libs/kernel';
import { type CreatePayment, type Outcome, StripeGateway } from '#libs/payment';
import { Config } from '#platform/config';
import { STRIPE_API_VERSION } from '#platform/stripe';
import Stripe from 'stripe';
import { type RunningSandbox, startSandbox } from '../../apps/stripe-sandbox/src/sandbox.js';
import { type TestDatabase, createTestDatabase, redisUrl } from '../harness/database.js';
import { AUTH_SECRET, WEBHOOK_SECRET } from '../harness/secrets.js';

const PREVIOUS_SECRET = 'whsec_the_secret_before_the_rotation';

function valueOf<T>(outcome: Outcome<T> | null): T {
  if (outcome === null || outcome.kind === 'unknown')
    throw new Error(`Expected an answer, got ${JSON.stringify(outcome)}`);
  return present(outcome.value, 'a snapshot');
}

describe('Stripe', () => {
  let test: TestDatabase;
  let sandbox: RunningSandbox;
  let gateway: StripeGateway;

  beforeAll(async () => {
    test = await createTestDatabase();
    sandbox = await startSandbox({ webhookSecret: WEBHOOK_SECRET });
    const config = new Config({
      NODE_ENV: 'test',
      DATABASE_URL: test.url,
      REDIS_URL: redisUrl(),
      AUTH_SECRET,
      STRIPE_SECRET_KEY: 'sk_test_sandbox',
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      STRIPE_PREVIOUS_WEBHOOK_SECRET: PREVIOUS_SECRET,
      STRIPE_API_URL: sandbox.url,
    });
    gateway = new StripeGateway(config, test.database);
  });
  afterEach(() => sandbox.control.reset());
  afterAll(async () => {
    expect(sandbox.control.mistakes).toEqual([]);
    await sandbox.close();
    await test.drop();
  });

  const command = (changes: Partial<CreatePayment> = {}): CreatePayment => ({
    paymentId: newId('pay'),
    orderId: newId('ord'),
    method: 'ALIPAY',
    amountFen: 10_000n,
    ...changes,
  });
  const intents = () => present(sandbox.control.dump()['payment_intents'], 'the intents');
  const paid = async (changes: Partial<CreatePayment> = {}) => {
    const payment = command(changes);
    const { intentRef, checkoutRef } = valueOf(await gateway.create(payment));
    sandbox.control.authorise(present(checkoutRef ?? intentRef, 'a reference'));
    const snapshot = valueOf(await gateway.query({ intentRef, checkoutRef }));
    return { ...payment, snapshot, intentRef: present(snapshot.intentRef, 'an intent') };
  };

  it('speaks the version the SDK is made for', () => {
    expect(STRIPE_API_VERSION).toBe(Stripe.API_VERSION);
  });

  it.each([
    ['ALIPAY', 'REDIRECT', /^http/],
    ['WECHAT_PAY', 'QR', /^weixin:|^http/],
    ['CARD', 'REDIRECT', /^http/],
  ] as const)('starts a payment by %s with %s', async (method, kind, url) => {
    const outcome = await gateway.create(command({ method }));

    expect(outcome.kind).toBe('pending');
    expect(valueOf(outcome)).toMatchObject({
      state: 'AWAITING_BUYER',
      action: { kind, url: expect.stringMatching(url) },
    });
  });

  it.each(['ALIPAY', 'WECHAT_PAY', 'CARD'] as const)(
    'shows what was paid by %s, when, and the fee',
    async (method) => {
      const { snapshot, paymentId } = await paid({ method });

      expect(snapshot).toMatchObject({
        paymentId,
        state: 'SUCCEEDED',
        action: null,
        captured: { amount: 10_000n, currency: 'cny' },
        fee: { ref: expect.stringMatching(/^txn_/), feeFen: method === 'CARD' ? 320n : 220n },
        hasRefunds: false,
      });
    },
  );

  it('B6 answers a repetition with the first answer, and makes no second intent', async () => {
    const payment = command();

    const first = valueOf(await gateway.create(payment));
    const second = valueOf(await gateway.create(payment));

    expect(second).toEqual(first);
    expect(intents()).toHaveLength(1);
  });

  it('B6 survives a connection that is cut after the act', async () => {
    sandbox.control.break({
      requests: [{ route: 'POST /v1/payment_intents', fault: 'drop_after', times: 1 }],
    });

    const outcome = await gateway.create(command());

    expect(outcome.kind).toBe('pending');
    expect(intents()).toHaveLength(1);
  });

  it('B3 has no answer for the same key with another amount, and changes nothing', async () => {
    const payment = command();
    await gateway.create(payment);

    const outcome = await gateway.create({ ...payment, amountFen: 10_100n });

    expect(outcome).toMatchObject({ kind: 'unknown', reason: 'NO_ANSWER' });
    expect(intents()).toHaveLength(1);
  });

  it('B7 keeps a replayed 500 unknown, and finds what was done by our own id', async () => {
    sandbox.control.break({
      requests: [
        { route: 'POST /v1/payment_intents', fault: 'error', status: 500, executed: true, times: 1 },
      ],
    });
    const payment = command();

    expect(await gateway.create(payment)).toMatchObject({ kind: 'unknown' });
    expect(await gateway.create(payment)).toMatchObject({ kind: 'unknown' });

    expect(valueOf(await gateway.queryByPaymentId(payment.paymentId))).toMatchObject({
      paymentId: payment.paymentId,
    });
    expect(intents()).toHaveLength(1);
  });

  it('knows nothing of a payment that never reached it', async () => {
    expect(await gateway.queryByPaymentId(newId('pay'))).toBeNull();
    expect(await gateway.query({ intentRef: 'pi_never', checkoutRef: null })).toBeNull();
    expect(await gateway.query({ intentRef: null, checkoutRef: 'cs_never' })).toBeNull();
  });

  it('refuses what it may not take', async () => {
    expect(await gateway.create(command({ amountFen: 1n }))).toEqual({
      kind: 'failed',
      code: 'amount_too_small',
      value: null,
    });
  });

  it.each(['ALIPAY', 'CARD'] as const)('cancels a payment by %s once', async (method) => {
    const snapshot = valueOf(await gateway.create(command({ method })));

    expect(valueOf(await gateway.cancel(snapshot)).state).toBe('CANCELLED');
    expect(valueOf(await gateway.cancel(snapshot)).state).toBe('CANCELLED');
  });

  it.each(['ALIPAY', 'CARD'] as const)(
    'B9 answers a cancel that comes too late with the success by %s',
    async (method) => {
      const { snapshot } = await paid({ method });

      expect(valueOf(await gateway.cancel(snapshot)).state).toBe('SUCCEEDED');
    },
  );

  it('shows a declined wallet as declined, and a declined card as still open', async () => {
    const wallet = valueOf(await gateway.create(command()));
    const card = valueOf(await gateway.create(command({ method: 'CARD' })));
    sandbox.control.decline(present(wallet.intentRef, 'an intent'));
    sandbox.control.decline(present(card.checkoutRef, 'a session'));

    expect(valueOf(await gateway.query(wallet)).state).toBe('DECLINED');
    expect(valueOf(await gateway.query(card))).toMatchObject({
      state: 'AWAITING_BUYER',
      action: { kind: 'REDIRECT' },
    });
  });

  it('B15 refunds once, however often it is asked and wherever the line is cut', async () => {
    const { orderId, paymentId, intentRef } = await paid();
    const refundId = newId('rfd');
    const what = { refundId, idempotencyKey: refundId, amountFen: 2_500n };
    const refund = { ...what, paymentId, orderId, intentRef };
    sandbox.control.break({ requests: [{ route: 'POST /v1/refunds', fault: 'drop_after', nth: [1, 3] }] });

    const first = valueOf(await gateway.refund(refund));
    const second = valueOf(await gateway.refund(refund));

    expect(second.providerRef).toBe(first.providerRef);
    const known = await gateway.refundsOf(intentRef);
    expect(valueOf(known)).toMatchObject([{ refundId: refund.refundId, amount: 2_500n, currency: 'cny' }]);
  });

  it('C9 refuses to give back more than is left', async () => {
    const { orderId, paymentId, intentRef } = await paid();

    const outcome = await gateway.refund({
      refundId: newId('rfd'),
      paymentId,
      orderId,
      intentRef,
      amountFen: 10_001n,
      idempotencyKey: newId('key'),
    });

    expect(outcome).toMatchObject({ kind: 'failed', value: null });
  });

  describe('B12 a notification', () => {
    const NOW = new Date('2026-11-02T02:00:00Z');
    const body = JSON.stringify({
      id: 'evt_1',
      object: 'event',
      type: 'payment_intent.succeeded',
      data: { object: { id: 'pi_1' } },
    });
    const sign = (secondsOld: number, secret = WEBHOOK_SECRET, payload = body) =>
      Stripe.webhooks.generateTestHeaderString({
        payload,
        secret,
        timestamp: NOW.getTime() / 1000 - secondsOld,
      });
    const verify = (signature: string, payload = body) =>
      gateway.verifyNotification(Buffer.from(payload), signature, NOW);

    it.each([
      ['just signed', sign(0)],
      ['signed 299 s ago', sign(299)],
      ['signed by a clock 299 s ahead', sign(-299)],
      ['signed with the secret before the rotation', sign(0, PREVIOUS_SECRET)],
    ])('%s is accepted', (_, signature) => {
      expect(verify(signature)).toEqual({
        providerEventId: 'evt_1',
        type: 'payment_intent.succeeded',
        objectId: 'pi_1',
      });
    });

    it.each([
      ['signed 301 s ago', sign(301)],
      ['signed an hour in the future', sign(-3600)],
      ['signed with a stranger’s secret', sign(0, 'whsec_stranger')],
      ['without a signature', ''],
      ['with a signature of another scheme', sign(0).replace('v1=', 'v0=')],
      ['signed long ago, with a young time stamp before it', `t=${NOW.getTime() / 1000},${sign(3600)}`],
      [
        'signed in the future, with a present time stamp before it',
        `t=${NOW.getTime() / 1000},${sign(-3600)}`,
      ],
    ])('%s is refused', (_, signature) => {
      expect(verify(signature)).toBeNull();
    });

    it('that was serialised again on the way is refused', () => {
      expect(verify(sign(0), JSON.stringify(JSON.parse(body), null, 2))).toBeNull();
    });
  });

  it('is never asked within a transaction', async () => {
    const asking = test.database.transaction(() => gateway.query({ intentRef: 'pi_1', checkoutRef: null }));

    await expect(asking).rejects.toThrow('no network within a transaction');
  });
});
