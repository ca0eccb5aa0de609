import Stripe from 'stripe';
import { answerOfError, isMissing, outcomeOfError } from '#platform/stripe';
import { outcomeOfIntent, outcomeOfRefund, outcomeOfSession, subjectOfType } from './stripe.rules.js';

const OURS = { order_id: 'ord_1', payment_ref: 'pay_1', env: 'development' };

/** Only what the rules read. */
const intent = (fields: object) =>
  ({
    id: 'pi_1',
    status: 'requires_action',
    metadata: OURS,
    currency: 'cny',
    created: 1000,
    amount_received: 0,
    next_action: null,
    latest_charge: null,
    ...fields,
  }) as unknown as Stripe.PaymentIntent;
const session = (fields: object) =>
  ({
    id: 'cs_1',
    status: 'open',
    metadata: OURS,
    url: 'https://pay',
    payment_intent: null,
    ...fields,
  }) as unknown as Stripe.Checkout.Session;
const refund = (fields: object) =>
  ({
    id: 're_1',
    status: 'pending',
    amount: 100,
    currency: 'cny',
    metadata: {},
    ...fields,
  }) as unknown as Stripe.Refund;

describe('a payment intent', () => {
  it.each([
    ['requires_action', 'pending', 'AWAITING_BUYER'],
    ['requires_payment_method', 'pending', 'DECLINED'],
    ['processing', 'pending', 'PROCESSING'],
    ['canceled', 'failed', 'CANCELLED'],
    ['succeeded', 'succeeded', 'SUCCEEDED'],
  ])('that is %s is %s: %s', (status, kind, state) => {
    expect(outcomeOfIntent(intent({ status }), 'development')).toMatchObject({
      kind,
      value: { state, paymentId: 'pay_1' },
    });
  });

  it('B14 with a status nobody knows is unrecognised', () => {
    expect(outcomeOfIntent(intent({ status: 'requires_patience' }), 'development')).toMatchObject({
      kind: 'unknown',
      reason: 'UNRECOGNISED',
    });
  });

  it.each([
    ['without metadata', {}],
    ['of another installation', { ...OURS, env: 'production' }],
    ['with somebody else’s reference', { ...OURS, payment_ref: 'inv-77' }],
  ])('B13 %s is nobody’s payment', (_, metadata) => {
    expect(outcomeOfIntent(intent({ metadata }), 'development')).toMatchObject({
      value: { paymentId: null },
    });
  });

  it('asks the buyer to scan or to follow a link', () => {
    const wechat = { type: 'wechat_pay_display_qr_code', wechat_pay_display_qr_code: { data: 'weixin://1' } };
    const alipay = { type: 'alipay_handle_redirect', alipay_handle_redirect: { url: 'https://alipay' } };

    expect(outcomeOfIntent(intent({ next_action: wechat }), 'development')).toMatchObject({
      value: { action: { kind: 'QR', url: 'weixin://1' } },
    });
    expect(outcomeOfIntent(intent({ next_action: alipay }), 'development')).toMatchObject({
      value: { action: { kind: 'REDIRECT', url: 'https://alipay' } },
    });
  });

  it('that succeeded says what arrived, when, and what it cost', () => {
    const charge = {
      created: 2000,
      amount_refunded: 0,
      balance_transaction: { id: 'txn_1', currency: 'cny', fee: 220 },
    };
    const paid = intent({ status: 'succeeded', amount_received: 10_000, latest_charge: charge });

    expect(outcomeOfIntent(paid, 'development')).toMatchObject({
      value: {
        captured: { amount: 10_000n, currency: 'cny', at: new Date(2_000_000) },
        fee: { ref: 'txn_1', feeFen: 220n },
        hasRefunds: false,
      },
    });
  });

  it.each([
    ['not booked yet', null],
    ['booked elsewhere', { id: 'txn_1', currency: 'hkd', fee: 220 }],
  ])('whose fee is %s has no fee in fen', (_, movement) => {
    const charge = { created: 2000, amount_refunded: 0, balance_transaction: movement };

    expect(
      outcomeOfIntent(intent({ status: 'succeeded', latest_charge: charge }), 'development'),
    ).toMatchObject({
      value: { fee: null },
    });
  });
});

describe('a checkout session', () => {
  it('that is open sends the buyer to its page, whatever its intent waits for', () => {
    const declined = intent({ status: 'requires_payment_method' });

    expect(outcomeOfSession(session({ payment_intent: declined }), 'development')).toMatchObject({
      kind: 'pending',
      value: {
        state: 'AWAITING_BUYER',
        action: { kind: 'REDIRECT', url: 'https://pay' },
        intentRef: 'pi_1',
        checkoutRef: 'cs_1',
      },
    });
  });

  it('that is complete is what its intent is', () => {
    const complete = session({ status: 'complete', payment_intent: intent({ status: 'succeeded' }) });

    expect(outcomeOfSession(complete, 'development')).toMatchObject({
      kind: 'succeeded',
      value: { state: 'SUCCEEDED', checkoutRef: 'cs_1' },
    });
  });

  it('that is expired is cancelled', () => {
    expect(outcomeOfSession(session({ status: 'expired' }), 'development')).toMatchObject({
      kind: 'failed',
      value: { state: 'CANCELLED' },
    });
  });
});

describe('a refund at Stripe', () => {
  it.each([
    ['pending', 'pending', 'PENDING'],
    ['requires_action', 'pending', 'PENDING'],
    ['succeeded', 'succeeded', 'SUCCEEDED'],
    ['failed', 'failed', 'FAILED'],
    ['canceled', 'failed', 'FAILED'],
  ])('that is %s is %s: %s', (status, kind, state) => {
    expect(outcomeOfRefund(refund({ status }))).toMatchObject({ kind, value: { state } });
  });

  it('B14 with a status nobody knows is unrecognised', () => {
    expect(outcomeOfRefund(refund({ status: 'on_holiday' }))).toMatchObject({
      kind: 'unknown',
      reason: 'UNRECOGNISED',
    });
  });

  it('is ours if it bears our id', () => {
    expect(outcomeOfRefund(refund({ metadata: { refund_ref: 'rfd_1' } }))).toMatchObject({
      value: { refundId: 'rfd_1' },
    });
    expect(outcomeOfRefund(refund({}))).toMatchObject({ value: { refundId: null } });
  });
});

describe('an error of the SDK', () => {
  const { errors } = Stripe;

  it.each([
    [
      'a declined card',
      new errors.StripeCardError({ type: 'card_error', code: 'card_declined', statusCode: 402 }),
      'card_declined',
    ],
    [
      'a bad parameter',
      new errors.StripeInvalidRequestError({
        type: 'invalid_request_error',
        code: 'amount_too_small',
        statusCode: 400,
      }),
      'amount_too_small',
    ],
  ])('B7 %s is a failure', (_, error, code) => {
    expect(outcomeOfError(error)).toEqual({ kind: 'failed', code, value: null });
  });

  it.each([
    ['a cut connection', new errors.StripeConnectionError({ type: 'api_error', message: 'reset' })],
    ['a 500', new errors.StripeAPIError({ type: 'api_error', statusCode: 500 })],
    ['a 409', new errors.StripeInvalidRequestError({ type: 'invalid_request_error', statusCode: 409 })],
    ['too many requests', new errors.StripeRateLimitError({ type: 'rate_limit_error', statusCode: 429 })],
    [
      'another request under this key',
      new errors.StripeIdempotencyError({ type: 'idempotency_error', statusCode: 400 }),
    ],
    [
      'a wrong key of ours',
      new errors.StripeAuthenticationError({ type: 'authentication_error', statusCode: 401 }),
    ],
    ['anything else', new TypeError('x')],
  ])('B7 %s proves nothing', (_, error) => {
    expect(outcomeOfError(error)).toMatchObject({ kind: 'unknown', reason: 'NO_ANSWER' });
  });

  it('tells what does not exist from what failed', () => {
    const missing = new errors.StripeInvalidRequestError({
      type: 'invalid_request_error',
      code: 'resource_missing',
      statusCode: 404,
    });

    expect(isMissing(outcomeOfError(missing))).toBe(true);
    expect(isMissing(answerOfError(missing))).toBe(true);
  });

  it('B7 of a question proves nothing, whatever it was refused for', () => {
    const refused = new errors.StripeInvalidRequestError({
      type: 'invalid_request_error',
      code: 'parameter_unknown',
      statusCode: 400,
    });

    expect(outcomeOfError(refused)).toMatchObject({ kind: 'failed' });
    expect(answerOfError(refused)).toMatchObject({ kind: 'unknown', reason: 'NO_ANSWER' });
  });
});

describe('a notification', () => {
  it.each([
    ['payment_intent.succeeded', { id: 'pi_1' }, 'pi_1', false],
    ['charge.updated', { id: 'ch_1', payment_intent: 'pi_1' }, 'pi_1', false],
    ['charge.refunded', { id: 'ch_1', payment_intent: 'pi_1' }, 'pi_1', true],
    ['refund.failed', { id: 're_1', payment_intent: 'pi_1' }, 'pi_1', true],
  ])('%s is about the intent', (type, object, intentRef, isAboutRefund) => {
    expect(subjectOfType(type, object)).toEqual({
      kind: 'PAYMENT',
      ref: { intentRef, checkoutRef: null },
      isAboutRefund,
    });
  });

  it('checkout.session.completed is about the page', () => {
    expect(subjectOfType('checkout.session.completed', { id: 'cs_1', payment_intent: 'pi_1' })).toMatchObject(
      {
        ref: { intentRef: null, checkoutRef: 'cs_1' },
      },
    );
  });

  it.each([
    ['charge.succeeded', 'FOREIGN'], // Without an intent: not ours.
    ['payout.paid', 'IGNORED'],
    ['balance.available', 'IGNORED'],
    ['charge.dispute.appealed', 'MANUAL'],
    ['moon.eclipsed', 'MANUAL'],
  ])('B14 %s is %s', (type, kind) => {
    expect(subjectOfType(type, { id: 'x_1' })).toEqual({ kind });
  });

  it.each(['created', 'updated', 'closed', 'funds_withdrawn', 'funds_reinstated'])(
    'charge.dispute.%s is about the dispute',
    (what) => {
      expect(subjectOfType(`charge.dispute.${what}`, { id: 'du_1' })).toEqual({
        kind: 'DISPUTE',
        disputeRef: 'du_1',
      });
    },
  );
});
