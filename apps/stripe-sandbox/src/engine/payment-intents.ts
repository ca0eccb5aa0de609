import type Stripe from 'stripe';
import { badParameter, missingParameter, noSuch, Problem } from '../http/problem.js';
import type { Charges } from './charges.js';
import { idOf, type Core } from './core.js';
import { newStripeId, randomText } from './ids.js';
import { methodOptions, nextAction } from './intent-shapes.js';
import type { Params } from './params.js';
import { disputesItself, isWallet, type PaymentMethods } from './payment-methods.js';

type Intent = Stripe.PaymentIntent;
type LastError = Stripe.PaymentIntent.LastPaymentError;

const DAY_SECONDS = 86_400;
const INTENT_AMOUNT_MAX = 99_999_999;

const CANCELABLE: ReadonlySet<string> = new Set([
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'requires_capture',
  'processing',
]);
const UNCONFIRMED: ReadonlySet<string> = new Set([
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
]);

/** How an attempt that came to nothing is told: the code on the intent, and the words beside it. */
interface AttemptFailure {
  readonly code: NonNullable<LastError['code']>;
  readonly message: string;
  readonly reason?: string;
}

const DECLINED_BY_BUYER: AttemptFailure = {
  code: 'payment_method_customer_decline',
  message: 'The customer declined the payment.',
};
const ATTEMPT_EXPIRED: AttemptFailure = {
  code: 'payment_intent_payment_attempt_expired',
  message: 'The latest payment attempt of this PaymentIntent has expired.',
};

/** The state machine of a payment: which step may follow which, and what each tells the world. */
export class PaymentIntents {
  constructor(
    private readonly core: Core,
    private readonly methods: PaymentMethods,
    private readonly charges: Charges,
  ) {}

  retrieve(id: string): Intent {
    const intent = this.core.store.paymentIntents.get(id);
    if (intent === undefined) throw noSuch('payment_intent', id, 'intent');
    return intent;
  }

  /** The intents the API shows; those of a Checkout Session are among them. */
  list(): readonly Intent[] {
    return this.core.store.paymentIntents.newestFirst();
  }

  create(params: Params): Intent {
    const intent = this.#new(params);
    const { store } = this.core;
    if (params.flag('confirm') !== true) {
      const method = this.methods.forPayment(params);
      const ready = method === null ? intent : this.#withMethod(intent, method, params);
      store.paymentIntents.put(ready);
      this.core.emit('payment_intent.created', ready);
      return ready;
    }
    const method = this.#methodToConfirm(intent, params);
    this.#checkConfirm(method, params);
    store.paymentIntents.put(intent);
    this.core.emit('payment_intent.created', intent);
    return this.#confirmWith(intent, method, params);
  }

  update(id: string, params: Params): Intent {
    const before = this.retrieve(id);
    const movesMoney = params.has('amount') || params.has('currency') || params.has('payment_method_data');
    if (movesMoney && !UNCONFIRMED.has(before.status)) throw unexpectedState(before, 'update');
    const amount = params.int('amount') ?? before.amount;
    const currency = params.textOrNull('currency')?.toLowerCase() ?? before.currency;
    this.checkAmount(amount, currency, 'amount');
    const changed: Intent = {
      ...before,
      amount,
      currency,
      description: params.has('description') ? params.textOrNull('description') : before.description,
      metadata: params.metadata(before.metadata),
      receipt_email: params.has('receipt_email') ? params.textOrNull('receipt_email') : before.receipt_email,
      transfer_group: params.has('transfer_group')
        ? params.textOrNull('transfer_group')
        : before.transfer_group,
    };
    const method = this.methods.forPayment(params);
    const intent = method === null ? changed : this.#withMethod(changed, method, params);
    if (method !== null) this.#forgetAttempt(id);
    return this.core.store.paymentIntents.put(intent);
  }

  confirm(id: string, params: Params): Intent {
    const intent = this.retrieve(id);
    if (!UNCONFIRMED.has(intent.status)) throw unexpectedState(intent, 'confirm');
    const method = this.#methodToConfirm(intent, params);
    this.#checkConfirm(method, params, this.core.store.attempts.get(id)?.returnUrl ?? null);
    return this.#confirmWith(intent, method, params);
  }

  cancel(id: string, params: Params): Intent {
    const before = this.retrieve(id);
    const session = this.core.store.sessions.find(
      (row) => idOf(row.payment_intent) === id && row.status === 'open',
    );
    if (!CANCELABLE.has(before.status) || (session !== undefined && before.status !== 'requires_capture')) {
      throw unexpectedState(before, 'cancel');
    }
    const reason = params.textOrNull('cancellation_reason');
    return this.abandon(before, reason);
  }

  /** Cancels without asking whether one may: the end of an expired session's intent. */
  abandon(before: Intent, reason: string | null): Intent {
    const chargeId = idOf(before.latest_charge);
    if (before.status === 'requires_capture' && chargeId !== null) this.charges.release(chargeId);
    return this.#cancelled(before, reason);
  }

  /** Nobody has captured it for as long as the bank kept it ready. */
  lapse(id: string): Intent {
    const before = this.retrieve(id);
    const chargeId = idOf(before.latest_charge);
    if (before.status !== 'requires_capture' || chargeId === null) return before;
    this.charges.lapse(chargeId);
    return this.#cancelled(before, 'automatic');
  }

  #cancelled(before: Intent, reason: string | null): Intent {
    this.#forgetAttempt(before.id);
    this.core.scheduler.cancel('authorisation-lapse', before.id);
    const intent = this.core.store.paymentIntents.patch(before, {
      status: 'canceled',
      canceled_at: this.core.clock.nowSeconds(),
      cancellation_reason: reason,
      amount_capturable: 0,
      next_action: null,
    });
    this.core.emit('payment_intent.canceled', intent);
    return intent;
  }

  capture(id: string, params: Params): Intent {
    const before = this.retrieve(id);
    const chargeId = idOf(before.latest_charge);
    if (before.status !== 'requires_capture' || chargeId === null) throw unexpectedState(before, 'capture');
    const amount = params.int('amount_to_capture') ?? before.amount_capturable;
    if (amount < 1 || amount > before.amount_capturable) {
      const message = `The amount_to_capture must be between 1 and ${before.amount_capturable}.`;
      throw badParameter(message, 'amount_to_capture', 'amount_too_large');
    }
    this.core.scheduler.cancel('authorisation-lapse', id);
    this.charges.capture(chargeId, amount);
    const metadata = params.metadata(before.metadata);
    return this.#succeeded({ ...before, metadata }, chargeId, amount);
  }

  /** The buyer pays in the wallet, or passes the bank's check of the card. */
  authorise(id: string, isForced = false): Intent {
    const intent = this.retrieve(id);
    const mayPay = intent.status === 'requires_action' || (isForced && intent.status !== 'succeeded');
    const method = this.#methodOf(intent);
    if (!mayPay || method === null) throw unexpectedState(intent, 'authorise');
    return this.#take(intent, method);
  }

  /** The buyer says no. */
  decline(id: string): Intent {
    return this.#endAttempt(id, DECLINED_BY_BUYER);
  }

  /** The buyer says nothing until the wallet gives up. */
  expire(id: string): Intent {
    return this.#endAttempt(id, ATTEMPT_EXPIRED);
  }

  checkAmount(amount: number, currency: string, param: string): void {
    const min = this.core.settings.amountMin[currency];
    if (min === undefined) throw badParameter(`Invalid currency: ${currency}.`, 'currency');
    if (amount < 1)
      throw badParameter(
        'This value must be greater than or equal to 1.',
        param,
        'parameter_invalid_integer',
      );
    if (amount < min)
      throw badParameter(`Amount must be at least ${min} ${currency}.`, param, 'amount_too_small');
    if (amount > INTENT_AMOUNT_MAX) {
      throw badParameter(`Amount must be no more than ${INTENT_AMOUNT_MAX}.`, param, 'amount_too_large');
    }
  }

  eligibleTypes(params: Params): readonly string[] {
    const allowed = params.texts('allowed_payment_method_types');
    const excluded = new Set(params.texts('excluded_payment_method_types'));
    const types = this.core.settings.paymentMethodTypes.filter(
      (type) => (allowed.length === 0 || allowed.includes(type)) && !excluded.has(type),
    );
    if (types.length > 0) return types;
    throw badParameter('No valid payment method types for this payment.', 'allowed_payment_method_types');
  }

  #new(params: Params): Intent {
    const amount = params.requiredInt('amount');
    const currency = params.requiredText('currency').toLowerCase();
    this.checkAmount(amount, currency, 'amount');
    const types = this.eligibleTypes(params);
    const allowed = params.texts('allowed_payment_method_types');
    const excluded = params.texts('excluded_payment_method_types');
    const id = newStripeId('pi');
    return {
      id,
      object: 'payment_intent',
      allowed_payment_method_types: allowed.length === 0 ? null : [...allowed],
      amount,
      amount_capturable: 0,
      amount_received: 0,
      application: null,
      application_fee_amount: null,
      automatic_payment_methods: { allow_redirects: 'always', enabled: true },
      canceled_at: null,
      cancellation_reason: null,
      capture_method: params.textOrNull('capture_method') ?? 'automatic_async',
      client_secret: `${id}_secret_${randomText(25)}`,
      confirmation_method: 'automatic',
      created: this.core.clock.nowSeconds(),
      currency,
      customer: null,
      customer_account: null,
      description: params.textOrNull('description'),
      excluded_payment_method_types: excluded.length === 0 ? null : [...excluded],
      last_payment_error: null,
      latest_charge: null,
      livemode: false,
      managed_payments: null,
      metadata: params.metadata(),
      next_action: null,
      on_behalf_of: null,
      payment_method: null,
      payment_method_configuration_details: null,
      payment_method_options: methodOptions(types, null),
      payment_method_types: [...types],
      payment_record: null,
      processing: null,
      receipt_email: params.textOrNull('receipt_email'),
      review: null,
      setup_future_usage: null,
      shipping: null,
      source: null,
      statement_descriptor: params.textOrNull('statement_descriptor'),
      statement_descriptor_suffix: params.textOrNull('statement_descriptor_suffix'),
      status: 'requires_payment_method',
      transfer_group: params.textOrNull('transfer_group'),
    };
  }

  #methodOf(intent: Intent): Stripe.PaymentMethod | null {
    const id = idOf(intent.payment_method);
    return id === null ? null : this.methods.retrieve(id);
  }

  #methodToConfirm(intent: Intent, params: Params): Stripe.PaymentMethod {
    const method = this.methods.forPayment(params) ?? this.#methodOf(intent);
    if (method === null) {
      const message =
        'You cannot confirm this PaymentIntent because it is missing a payment method. Supply one through `payment_method` or `payment_method_data`.';
      throw new Problem(message, { code: 'payment_intent_unexpected_state', payment_intent: intent });
    }
    if (intent.payment_method_types.includes(method.type)) return method;
    const message = `The payment method type "${method.type}" is not among those this PaymentIntent may use.`;
    throw new Problem(message, {
      code: 'payment_intent_incompatible_payment_method',
      param: 'payment_method',
    });
  }

  /** What a wallet needs to know before it can send the buyer away and back. */
  #checkConfirm(method: Stripe.PaymentMethod, params: Params, knownReturnUrl: string | null = null): void {
    if (method.type === 'alipay' && params.textOrNull('return_url') === null && knownReturnUrl === null) {
      throw missingParameter('return_url');
    }
    if (isWallet(method.type) && params.textOrNull('capture_method') === 'manual') {
      const message = `The payment method type ${method.type} does not support manual capture.`;
      throw badParameter(message, 'capture_method', 'payment_intent_invalid_parameter');
    }
    if (method.type !== 'wechat_pay') return;
    const client = params.group('payment_method_options')?.group('wechat_pay')?.textOrNull('client');
    if (client === null || client === undefined) {
      throw missingParameter('payment_method_options[wechat_pay][client]');
    }
  }

  #withMethod(intent: Intent, method: Stripe.PaymentMethod, params: Params): Intent {
    const client = params.group('payment_method_options')?.group('wechat_pay')?.textOrNull('client') ?? null;
    return {
      ...intent,
      payment_method: method.id,
      payment_method_options: methodOptions(intent.payment_method_types, client),
      status: 'requires_confirmation',
      next_action: null,
    };
  }

  #confirmWith(before: Intent, method: Stripe.PaymentMethod, params: Params): Intent {
    const captureMethod = params.textOrNull('capture_method') ?? before.capture_method;
    const intent = {
      ...this.#withMethod(before, method, params),
      capture_method: captureMethod,
      last_payment_error: null,
    };
    if (isWallet(method.type)) {
      if (captureMethod === 'manual') throw unexpectedState(before, 'confirm');
      return this.#ask(intent, method, params);
    }
    const outcome = this.methods.outcomeOf(method);
    if (outcome.kind === 'challenged') return this.#ask(intent, method, params);
    if (outcome.kind === 'approved') return this.#take(intent, method);
    const failure = { code: outcome.code, reason: outcome.reason, message: 'Your card was declined.' };
    const failed = this.#fail(intent, method, failure);
    throw new Problem(failure.message, {
      status: 402,
      type: 'card_error',
      code: outcome.code,
      decline_code: outcome.reason,
      charge: idOf(failed.latest_charge) ?? '',
      payment_intent: failed,
      payment_method: method,
    });
  }

  #ask(intent: Intent, method: Stripe.PaymentMethod, params: Params): Intent {
    const { id } = intent;
    const returnUrl = params.textOrNull('return_url') ?? this.core.store.attempts.get(id)?.returnUrl ?? null;
    const seconds = this.core.settings.walletAttemptSeconds;
    const expiresAtMs = seconds === null ? Number.MAX_SAFE_INTEGER : this.core.inSeconds(seconds);
    this.core.store.attempts.put({ id, returnUrl, expiresAtMs });
    if (seconds !== null) this.core.scheduler.at('attempt-expire', id, expiresAtMs);
    const client = intent.payment_method_options?.wechat_pay?.client ?? null;
    const waiting = this.core.store.paymentIntents.put({
      ...intent,
      status: 'requires_action',
      next_action: nextAction(method.type, `${this.core.publicUrl()}/pay/${id}`, returnUrl, client),
    });
    this.core.emit('payment_intent.requires_action', waiting);
    return waiting;
  }

  #take(intent: Intent, method: Stripe.PaymentMethod): Intent {
    this.#forgetAttempt(intent.id);
    if (intent.capture_method !== 'manual') {
      const charge = this.charges.succeed(intent, method);
      if (disputesItself(method)) this.core.scheduler.at('dispute-open', charge.id, this.core.clock.nowMs());
      return this.#succeeded(intent, charge.id, intent.amount);
    }
    const charge = this.charges.authorise(intent, method);
    const held = this.core.store.paymentIntents.put({
      ...intent,
      status: 'requires_capture',
      amount_capturable: intent.amount,
      latest_charge: charge.id,
      next_action: null,
      last_payment_error: null,
    });
    this.core.emit('payment_intent.amount_capturable_updated', held);
    const seconds = this.core.settings.authorisationDays * DAY_SECONDS;
    this.core.scheduler.at('authorisation-lapse', held.id, this.core.inSeconds(seconds));
    return held;
  }

  #succeeded(intent: Intent, chargeId: string, amount: number): Intent {
    const paid = this.core.store.paymentIntents.put({
      ...intent,
      status: 'succeeded',
      amount_capturable: 0,
      amount_received: amount,
      canceled_at: null,
      cancellation_reason: null,
      last_payment_error: null,
      latest_charge: chargeId,
      next_action: null,
    });
    this.core.emit('payment_intent.succeeded', paid);
    this.charges.bookSoon(chargeId);
    return paid;
  }

  #endAttempt(id: string, failure: AttemptFailure): Intent {
    const intent = this.retrieve(id);
    const method = this.#methodOf(intent);
    if (intent.status !== 'requires_action' || method === null) throw unexpectedState(intent, 'decline');
    this.#forgetAttempt(id);
    return this.#fail(intent, method, failure);
  }

  #fail(intent: Intent, method: Stripe.PaymentMethod, failure: AttemptFailure): Intent {
    const { code, message, reason } = failure;
    const charge = this.charges.fail(intent, method, { code, message, reason: reason ?? null });
    const lastError: LastError = {
      charge: charge.id,
      code,
      ...(reason === undefined ? {} : { decline_code: reason }),
      doc_url: `https://docs.stripe.com/error-codes/${code.replaceAll('_', '-')}`,
      message,
      payment_method: method,
      type: isWallet(method.type) ? 'invalid_request_error' : 'card_error',
    };
    const failed = this.core.store.paymentIntents.put({
      ...intent,
      status: 'requires_payment_method',
      last_payment_error: lastError,
      latest_charge: charge.id,
      next_action: null,
      payment_method: null,
    });
    this.core.emit('payment_intent.payment_failed', failed);
    return failed;
  }

  #forgetAttempt(id: string): void {
    this.core.scheduler.cancel('attempt-expire', id);
  }
}

/** Stripe's answer to a step the state does not allow; it encloses the intent so that the caller sees why. */
function unexpectedState(intent: Intent, step: string): Problem {
  const message = `You cannot ${step} this PaymentIntent because it has a status of ${intent.status}.`;
  return new Problem(message, { code: 'payment_intent_unexpected_state', payment_intent: intent });
}
