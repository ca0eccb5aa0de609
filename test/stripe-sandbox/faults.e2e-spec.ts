import { performance } from 'node:perf_hooks';
import Stripe from 'stripe';
import { alipay, card, clientOf, closeAfterEach, post, refusal, stand } from './stand.js';

closeAfterEach();

const CREATE = 'POST /v1/payment_intents';
const KEY = { idempotencyKey: 'pay_1' };

describe('a request that goes wrong', () => {
  it.each([
    [400, 'StripeInvalidRequestError'],
    [429, 'StripeRateLimitError'],
    [503, 'StripeAPIError'],
  ] as const)('is refused with %s before anything is done', async (status, type) => {
    const { sandbox, stripe } = await stand();
    sandbox.control.break({ requests: [{ route: CREATE, nth: 1, fault: 'error', status }] });
    expect(await refusal(stripe.paymentIntents.create(alipay(), KEY))).toMatchObject({
      statusCode: status,
      type,
    });
    expect((await stripe.paymentIntents.list()).data).toEqual([]);
    expect(await stripe.paymentIntents.create(alipay(), KEY)).toMatchObject({ status: 'requires_action' });
  });

  it('is refused with a lock', async () => {
    const { sandbox, stripe } = await stand();
    sandbox.control.break({ requests: [{ route: CREATE, nth: 1, fault: 'lock' }] });
    const error = await refusal(stripe.paymentIntents.create(alipay(), KEY));
    expect(error).toMatchObject({ statusCode: 409, code: 'lock_timeout' });
    expect(await stripe.paymentIntents.create(alipay(), KEY)).toMatchObject({ status: 'requires_action' });
  });

  it('fails inside, after the work or instead of it', async () => {
    const { sandbox, stripe } = await stand();
    sandbox.control.break({
      requests: [
        { route: CREATE, nth: 1, fault: 'error', status: 500 },
        { route: CREATE, nth: 2, fault: 'error', status: 500, executed: true },
      ],
    });
    expect((await refusal(stripe.paymentIntents.create(alipay()))).type).toBe('StripeAPIError');
    expect((await stripe.paymentIntents.list()).data).toHaveLength(0);
    expect((await refusal(stripe.paymentIntents.create(alipay()))).type).toBe('StripeAPIError');
    expect((await stripe.paymentIntents.list()).data).toHaveLength(1);
  });

  it('takes its time', async () => {
    const { sandbox, stripe } = await stand();
    sandbox.control.break({ requests: [{ route: 'GET /v1/balance', fault: 'delay', ms: 150 }] });
    const start = performance.now();
    await stripe.balance.retrieve();
    expect(performance.now() - start).toBeGreaterThanOrEqual(145);
    const impatient = clientOf(sandbox, { timeout: 50 });
    expect((await refusal(impatient.balance.retrieve())).type).toBe('StripeConnectionError');
  });

  it('is lost on the way, and not done', async () => {
    const { sandbox, stripe } = await stand();
    // The SDK tries once more after a reset connection, whatever it is told; both tries are lost.
    sandbox.control.break({ requests: [{ route: CREATE, nth: [1, 2], fault: 'drop_before' }] });
    expect((await refusal(stripe.paymentIntents.create(alipay(), KEY))).type).toBe('StripeConnectionError');
    expect((await stripe.paymentIntents.list()).data).toEqual([]);
  });

  it('is done, and its answer lost: the same key tells what became of it (B15)', async () => {
    const { sandbox, stripe } = await stand();
    const intent = await stripe.paymentIntents.create(card());
    sandbox.control.break({ requests: [{ route: 'POST /v1/refunds', nth: 1, fault: 'drop_after' }] });
    const refund = await stripe.refunds.create(
      { payment_intent: intent.id, amount: 2_500 },
      { idempotencyKey: 'rf_1' },
    );
    expect(refund.lastResponse.headers['idempotent-replayed']).toBe('true');
    const { data } = await stripe.refunds.list({ payment_intent: intent.id });
    expect(data.map(({ id, amount }) => [id, amount])).toEqual([[refund.id, 2_500]]);
  });

  it('is done, and its answer never arrives: a query finds it (B6)', async () => {
    const { sandbox, stripe } = await stand();
    sandbox.control.break({ requests: [{ route: CREATE, fault: 'drop_after' }] });
    const metadata = { payment_ref: 'pay_1' };
    expect((await refusal(stripe.paymentIntents.create(alipay(500, { metadata }), KEY))).type).toBe(
      'StripeConnectionError',
    );
    const { data } = await stripe.paymentIntents.search({ query: `metadata['payment_ref']:'pay_1'` });
    expect(data).toHaveLength(1);
  });

  it('is answered by half', async () => {
    const { sandbox, stripe } = await stand();
    sandbox.control.break({ requests: [{ route: CREATE, fault: 'truncate' }] });
    const error = await refusal(stripe.paymentIntents.create(alipay(), KEY));
    expect(error.type).toBe('StripeConnectionError');
    sandbox.control.break({});
    expect(
      (await stripe.paymentIntents.create(alipay(), KEY)).lastResponse.headers['idempotent-replayed'],
    ).toBe('true');
    expect((await stripe.paymentIntents.list()).data).toHaveLength(1);
  });
});

describe('a plan', () => {
  it('counts the calls it is about, and no others', async () => {
    const { sandbox, stripe } = await stand();
    sandbox.control.break({
      requests: [{ route: 'GET /v1/payment_intents/:id', every: 2, times: 2, fault: 'error', status: 429 }],
    });
    const { id } = await stripe.paymentIntents.create(alipay());
    const outcomes: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      await stripe.balance.retrieve();
      const outcome = await stripe.paymentIntents.retrieve(id).then(
        () => 'ok',
        (error: Stripe.errors.StripeError) => error.type,
      );
      outcomes.push(outcome === 'ok' ? '.' : '×');
    }
    expect(outcomes.join('')).toBe('.×.×...');
  });

  it('goes wrong in the same way for the same seed', async () => {
    const { sandbox, stripe } = await stand();
    const outcomesOf = async (seed: number): Promise<string> => {
      sandbox.control.break({
        seed,
        requests: [{ route: 'GET *', fault: 'error', status: 503, probability: 0.5 }],
      });
      let outcomes = '';
      for (let index = 0; index < 16; index += 1) {
        outcomes += await stripe.balance.retrieve().then(
          () => '.',
          () => '×',
        );
      }
      return outcomes;
    };
    const first = await outcomesOf(11);
    expect(first).toMatch(/×.*\.|\..*×/);
    expect(await outcomesOf(11)).toBe(first);
    expect(await outcomesOf(12)).not.toBe(first);
  });

  it.each([
    ['an unknown fault', { requests: [{ route: CREATE, fault: 'explode' }] }],
    ['no route', { requests: [{ route: 'payment_intents', fault: 'lock' }] }],
    ['a status Stripe does not fail with', { requests: [{ route: CREATE, fault: 'error', status: 418 }] }],
    ['a single copy', { webhooks: [{ type: '*', fault: 'duplicate', copies: 1 }] }],
    ['a window of one', { webhooks: [{ type: '*', fault: 'reorder', window: 1 }] }],
    ['no seed', { seed: 'x' }],
  ])('with %s is refused', async (_what, plan) => {
    const { sandbox } = await stand();
    const answer = await fetch(`${sandbox.url}/_sandbox/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(plan),
    });
    expect(answer.status).toBe(400);
    expect(sandbox.control.faults).toEqual({ seed: 1, requests: [], webhooks: [] });
  });
});

describe('the control API', () => {
  it('does over HTTP what a test does in the process', async () => {
    const { sandbox, stripe } = await stand({ openingFloat: 0 });
    const call = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> => {
      const json =
        body === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      const response = await fetch(`${sandbox.url}/_sandbox${path}`, { method, ...json });
      const answer = (await response.json()) as Record<string, unknown>;
      return { ...answer, httpStatus: response.status };
    };
    expect(await call('GET', '/health')).toMatchObject({ httpStatus: 200, status: 'ok', contract: 'ready' });
    const paid = await stripe.paymentIntents.create(alipay());
    expect(await call('POST', `/payments/${paid.id}/authorise`)).toMatchObject({ status: 'succeeded' });
    expect(await call('POST', `/payments/${paid.id}/authorise`)).toMatchObject({ httpStatus: 400 });
    expect(await call('POST', '/payments/pi_nothing/decline')).toMatchObject({ httpStatus: 404 });
    expect(await call('POST', '/balance/settle')).toMatchObject({ available: [{ amount: 7_501 }] });
    expect(await call('POST', '/balance/top_up', { amount: 500 })).toMatchObject({
      type: 'topup',
      amount: 500,
    });
    expect(await call('PATCH', '/settings', { walletRefundSeconds: null })).toMatchObject({
      walletRefundSeconds: null,
    });
    expect(await call('PATCH', '/settings', { wrong: 1 })).toMatchObject({ httpStatus: 400 });
    const refund = await stripe.refunds.create({ payment_intent: paid.id, amount: 100 });
    expect(await call('POST', `/refunds/${refund.id}/fail`, { reason: 'lost' })).toMatchObject({
      failure_reason: 'lost',
    });
    const other = await stripe.refunds.create({ payment_intent: paid.id, amount: 100 });
    expect(await call('POST', `/refunds/${other.id}/succeed`)).toMatchObject({ status: 'succeeded' });
    const bought = await stripe.paymentIntents.create(card());
    const dispute = await call('POST', '/disputes', { id: bought.id, reason: 'duplicate' });
    expect(dispute).toMatchObject({ reason: 'duplicate', amount: 10_000 });
    expect(await call('POST', `/disputes/${String(dispute['id'])}/lose`)).toMatchObject({ status: 'lost' });
    await call('POST', '/balance/settle');
    await call('POST', '/balance/top_up', { amount: 50_000 });
    const payout = await stripe.payouts.create({ amount: 100, currency: 'cny' });
    expect(await call('POST', `/payouts/${payout.id}/pay`)).toMatchObject({ status: 'paid' });
    expect(await call('POST', `/payouts/${payout.id}/return`)).toMatchObject({ status: 'failed' });
    expect(await call('POST', '/payouts/automatic')).toMatchObject({ automatic: true });
    expect(await call('POST', '/clock/freeze')).toMatchObject({ httpStatus: 200 });
    const before = await call('GET', '/clock');
    const after = await call('POST', '/clock/advance', { seconds: 3_600 });
    expect(Date.parse(String(after['now'])) - Date.parse(String(before['now']))).toBe(3_600_000);
    expect(await call('POST', '/clock/advance', { seconds: -1 })).toMatchObject({ httpStatus: 400 });
    await call('POST', '/clock/thaw');
    const events = (await call('GET', '/events?type=charge.dispute.created'))['data'] as { id: string }[];
    expect(events).toHaveLength(1);
    expect(await call('POST', `/events/${events[0]?.id ?? ''}/resend`)).toMatchObject({ httpStatus: 200 });
    expect((await call('GET', '/deliveries'))['data']).not.toEqual([]);
    expect(await call('PUT', '/webhook_url', { url: null })).toMatchObject({ url: null });
    expect(await call('GET', '/state')).toMatchObject({ disputes: [{ status: 'lost' }] });
    expect(await call('PUT', '/faults', { seed: 2 })).toMatchObject({ seed: 2, requests: [], webhooks: [] });
    expect(await call('DELETE', '/faults')).toMatchObject({ seed: 1 });
    const seeded = await call('POST', '/seed', { payments: 3, accounts: 2, float: 10 });
    expect(seeded).toMatchObject({ intents: [{}, {}, {}].map(() => expect.stringMatching(/^pi_/)) });
    expect((await stripe.accounts.list()).data).toHaveLength(2);
    expect(await call('POST', '/reset')).toMatchObject({ httpStatus: 200 });
    expect((await stripe.paymentIntents.list()).data).toEqual([]);
    expect((await stripe.events.list()).data).toEqual([]);
  });

  it('refuses what is no JSON, and answers an unknown path with an envelope', async () => {
    const { sandbox } = await stand();
    const broken = await post(sandbox, '/_sandbox/seed', '{', { 'content-type': 'application/json' });
    expect(broken.status).toBe(400);
    const unknown = await post(sandbox, '/_sandbox/nothing', '');
    expect([unknown.status, await unknown.json()]).toMatchObject([
      404,
      { error: { type: 'invalid_request_error' } },
    ]);
  });
});
