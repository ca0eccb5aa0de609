import Stripe from 'stripe';
import { present } from '#libs/kernel';
import { contractPath, readContract } from '../../apps/stripe-sandbox/src/contract/file.js';
import { writeContract } from '../../apps/stripe-sandbox/src/contract/generate.js';
import { RequestContract } from '../../apps/stripe-sandbox/src/contract/request-contract.js';
import { ResponseContract } from '../../apps/stripe-sandbox/src/contract/response-contract.js';
import { EVENT_ROOTS } from '../../apps/stripe-sandbox/src/contract/roots.js';
import { ROUTES } from '../../apps/stripe-sandbox/src/http/routes.js';
import { API_VERSION } from '../../apps/stripe-sandbox/src/sandbox.js';
import { alipay, card, clientOf, closeAfterEach, post, refusal, stand } from './stand.js';

/** Reads the cache, or pays for it once. */
const contract = readContract(Stripe.PACKAGE_VERSION) ?? writeContract(Stripe.PACKAGE_VERSION);

describe('the contract', () => {
  it('is that of the pinned version, which is the SDK’s own', () => {
    expect(API_VERSION).toBe(Stripe.API_VERSION);
    expect(contract.sdk).toBe(Stripe.PACKAGE_VERSION);
    expect(contractPath(Stripe.PACKAGE_VERSION)).toMatch(/\.data\/stripe-contract\/[\d.]+\.json$/);
  });

  it('has every parameter that a route says it acts on', () => {
    const gone = ROUTES.flatMap((route) => {
      if (route.contract === null) return [];
      const name = present(contract.roots[route.contract], route.contract).slice('#/definitions/'.length);
      const known = present(contract.definitions[name]?.properties, `the properties of ${route.contract}`);
      return route.modelled
        .filter((param) => !Object.hasOwn(known, param) && !isPaging(param))
        .map((param) => [route.path, param]);
    });
    expect(gone).toEqual([]);
  });

  it('names no event twice and none that the SDK does not know', () => {
    expect(Object.keys(contract.roots)).toEqual(expect.arrayContaining(Object.values(EVENT_ROOTS)));
  });
});

/** Filters that every list is asked with; a few lists of the SDK leave `created` out. */
const isPaging = (param: string): boolean => param === 'created';

describe('a request', () => {
  closeAfterEach();

  it.each([
    // what is wrong                     form                                                     code                          param
    [
      'a parameter of old tutorials',
      'amount=500&currency=cny&payment_method_types[0]=card',
      'parameter_unknown',
      'payment_method_types',
    ],
    [
      'a parameter within a parameter',
      'amount=500&currency=cny&payment_method_data[type]=alipay&payment_method_data[x]=1',
      'parameter_unknown',
      'payment_method_data[x]',
    ],
    ['nothing where an amount belongs', 'currency=cny', 'parameter_missing', 'amount'],
    ['words where a number belongs', 'amount=ten&currency=cny', 'parameter_invalid_integer', 'amount'],
    ['half a fen', 'amount=500.5&currency=cny', 'parameter_invalid_integer', 'amount'],
    [
      'a word that is not one of the words',
      'amount=500&currency=cny&capture_method=later',
      'parameter_invalid',
      'capture_method',
    ],
    [
      'a WeChat client there is none of',
      'amount=500&currency=cny&payment_method_options[wechat_pay][client]=desktop',
      'parameter_invalid',
      'payment_method_options[wechat_pay][client]',
    ],
    ['an empty text', 'amount=500&currency=', 'parameter_invalid_empty', 'currency'],
    ['neither yes nor no', 'amount=500&currency=cny&confirm=maybe', 'parameter_invalid', 'confirm'],
  ])('with %s is refused by name', async (_what, form, code, param) => {
    const { sandbox, stripe } = await stand();
    const answer = await post(sandbox, '/v1/payment_intents', form);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { type: 'invalid_request_error', code, param } });
    expect((await stripe.paymentIntents.list()).data).toEqual([]);
  });

  it('with a parameter the sandbox does not act on is refused, not ignored', async () => {
    const { stripe } = await stand();
    const error = await refusal(
      stripe.paymentIntents.create(alipay(500, { setup_future_usage: 'off_session' })),
    );
    expect(error).toMatchObject({
      statusCode: 400,
      code: 'sandbox_unsupported',
      param: 'setup_future_usage',
    });
  });

  it('keeps metadata as text, whatever it looks like', async () => {
    const { stripe } = await stand();
    const intent = await stripe.paymentIntents.create({
      amount: 500,
      currency: 'cny',
      metadata: { 0: 'zero', n: 12, t: 'true' },
    });
    expect(intent.metadata).toEqual({ 0: 'zero', n: '12', t: 'true' });
  });

  it('in another version, without a key, or with a live key is refused', async () => {
    const { sandbox } = await stand();
    const form = 'amount=500&currency=cny';
    const old = await post(sandbox, '/v1/payment_intents', form, { 'stripe-version': '2024-06-20' });
    expect([old.status, await old.json()]).toMatchObject([400, { error: { type: 'invalid_request_error' } }]);
    expect((await post(sandbox, '/v1/payment_intents', form, { authorization: '' })).status).toBe(401);
    const live = clientOf(sandbox);
    expect((await refusal(live.balance.retrieve({}, { apiKey: 'sk_live_1' }))).type).toBe(
      'StripeAuthenticationError',
    );
  });

  it('to an unknown path is an error to the SDK too', async () => {
    const { stripe } = await stand();
    const error = await refusal(stripe.customers.create({ email: 'buyer@example.com' }));
    expect(error).toMatchObject({ statusCode: 404, type: 'StripeInvalidRequestError' });
    expect(error.message).toContain('Unrecognized request URL (POST: /v1/customers)');
  });

  it('is coerced by its type, not by its look', () => {
    const read = new RequestContract(contract).read('EventListParams', {
      created: { gte: '12' },
      limit: '3',
      types: { 0: 'charge.updated' },
    });
    expect(read).toEqual({ created: { gte: 12 }, limit: 3, types: ['charge.updated'] });
  });
});

describe('an answer', () => {
  closeAfterEach();

  const checker = new ResponseContract(contract);

  it('off the contract does not leave the sandbox unnoticed', async () => {
    const { stripe } = await stand();
    const intent: Record<string, unknown> = JSON.parse(
      JSON.stringify(await stripe.paymentIntents.create(card())),
    );
    const { status: _status, ...incomplete } = intent;
    expect(() => checker.check(intent)).not.toThrow();
    expect(() => checker.check(incomplete)).toThrow("must have required property 'status'");
    expect(() => checker.check({ ...intent, amount: 12.5 })).toThrow('/amount must be integer');
    expect(() => checker.check({ ...intent, surprise: 1 })).toThrow('must NOT have additional properties');
    expect(() => checker.check({ ...intent, status: 'half_paid' })).toThrow(
      '/status must be equal to one of',
    );
    expect(() => checker.check({ object: 'list', data: [incomplete], has_more: false, url: '/v1' })).toThrow(
      'status',
    );
    expect(() => checker.check({ object: 'list', data: [intent], has_more: false })).toThrow('it needs data');
    expect(() => checker.check({ object: 'unicorn' })).toThrow('off the contract');
  });
});

describe('a mistake of the sandbox', () => {
  closeAfterEach({ expectMistakes: true });

  it('is a 500 and is remembered, so that a test fails on it', async () => {
    const { sandbox, stripe } = await stand({ openingFloat: 0 });
    sandbox.control.set({ settlementCurrency: 42 as unknown as string });
    const error = await refusal(stripe.balance.retrieve());
    expect(error).toMatchObject({ statusCode: 500, type: 'StripeAPIError' });
    expect(error.message).toContain('off the contract');
    expect(sandbox.control.mistakes).toHaveLength(1);
  });
});
