import type Stripe from 'stripe';
import { badParameter, missingParameter, noSuch, Problem } from '../http/problem.js';
import { idOf, type Core } from './core.js';
import { newStripeId } from './ids.js';
import { Params } from './params.js';
import type { PaymentIntents } from './payment-intents.js';

type Session = Stripe.Checkout.Session;

const LIFE_SECONDS = 24 * 3600;
const LIFE_SECONDS_MIN = 30 * 60;
/** Stripe allows half an hour at least; a request is on its way for some of it. */
const LIFE_TOLERANCE_SECONDS = 60;

/** The pay page that Stripe hosts: a session, and the payment intent it makes when the buyer pays. */
export class CheckoutSessions {
  constructor(
    private readonly core: Core,
    private readonly intents: PaymentIntents,
  ) {}

  retrieve(id: string): Session {
    const session = this.core.store.sessions.get(id);
    if (session === undefined) throw noSuch('checkout.session', id, 'session');
    return session;
  }

  list(): readonly Session[] {
    return this.core.store.sessions.newestFirst();
  }

  lineItems(id: string): readonly Stripe.LineItem[] {
    this.retrieve(id);
    return this.core.store.sessionPlans.get(id)?.lineItems ?? [];
  }

  create(params: Params): Session {
    const mode = params.requiredText('mode');
    if (mode !== 'payment') throw badParameter(`The sandbox models mode=payment only, not ${mode}.`, 'mode');
    if (!params.has('line_items')) throw missingParameter('line_items');
    const lineItems = params.groups('line_items').map((item) => this.#lineItem(item));
    const currency = oneCurrency(lineItems);
    const amount = lineItems.reduce((sum, item) => sum + item.amount_total, 0);
    this.intents.checkAmount(amount, currency, 'line_items');
    const session = this.core.store.sessions.put(this.#new(params, currency, amount));
    const data = params.group('payment_intent_data');
    this.core.store.sessionPlans.put({
      id: session.id,
      lineItems,
      captureMethod: data?.textOrNull('capture_method') === 'manual' ? 'manual' : 'automatic_async',
      description: data?.textOrNull('description') ?? null,
      metadata: data?.metadata() ?? {},
      transferGroup: data?.textOrNull('transfer_group') ?? null,
    });
    this.core.scheduler.at('session-expire', session.id, session.expires_at * 1000);
    return session;
  }

  expire(id: string): Session {
    const before = this.retrieve(id);
    if (before.status !== 'open') {
      const message = `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${String(before.status)}.`;
      throw new Problem(message);
    }
    this.core.scheduler.cancel('session-expire', id);
    const session = this.core.store.sessions.patch(before, { status: 'expired', url: null });
    const intent = this.core.store.paymentIntents.get(idOf(before.payment_intent) ?? '');
    if (intent !== undefined && intent.status !== 'succeeded') this.intents.abandon(intent, 'expired');
    this.core.emit('checkout.session.expired', session);
    return session;
  }

  /** The buyer pays on the page, with one of the test methods. */
  pay(id: string, paymentMethod: string): Session {
    const session = this.#open(id);
    const intentId = this.#intentOf(session);
    const method: Record<string, string | { type: string }> = paymentMethod.startsWith('pm_')
      ? { payment_method: paymentMethod }
      : { payment_method_data: { type: paymentMethod } };
    const params = new Params({
      ...method,
      payment_method_options: { wechat_pay: { client: 'web' } },
      return_url: session.success_url ?? this.core.publicUrl(),
    });
    const intent = this.intents.confirm(intentId, params);
    if (intent.status === 'requires_action') this.intents.authorise(intentId);
    return this.#complete(id);
  }

  /** The buyer is refused; the session stays open for another try. */
  decline(id: string): Session {
    const session = this.#open(id);
    const params = new Params({ payment_method: 'pm_card_chargeDeclined' });
    const intentId = this.#intentOf(session);
    try {
      this.intents.confirm(intentId, params);
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status !== 402) throw problem;
    }
    return this.retrieve(id);
  }

  /** An intent of a session was paid elsewhere, by control, or captured: the session is complete, and paid, all the same. */
  onIntentSucceeded(intentId: string): void {
    const session = this.core.store.sessions.find((row) => idOf(row.payment_intent) === intentId);
    if (session?.status === 'open') this.#complete(session.id);
    // What was only authorised on the page has been captured since.
    else if (session?.status === 'complete' && session.payment_status === 'unpaid')
      this.core.store.sessions.patch(session, { payment_status: 'paid' });
  }

  #open(id: string): Session {
    const session = this.retrieve(id);
    if (session.status === 'open') return session;
    throw new Problem(`This Checkout Session is ${String(session.status)}; it can no longer be paid.`, {
      code: 'payment_intent_unexpected_state',
    });
  }

  #complete(id: string): Session {
    this.core.scheduler.cancel('session-expire', id);
    const before = this.retrieve(id);
    const intent = this.core.store.paymentIntents.get(idOf(before.payment_intent) ?? '');
    const isPaid = intent?.status === 'succeeded';
    const session = this.core.store.sessions.patch(before, {
      status: 'complete',
      payment_status: isPaid ? 'paid' : 'unpaid',
      url: null,
      customer_details: { ...NOBODY, email: before.customer_email },
    });
    this.core.emit('checkout.session.completed', session);
    return session;
  }

  /** Stripe makes the intent when the buyer first tries to pay, not with the session. */
  #intentOf(session: Session): string {
    const known = idOf(session.payment_intent);
    if (known !== null) return known;
    const plan = this.core.store.sessionPlans.get(session.id);
    const intent = this.intents.create(
      new Params({
        amount: session.amount_total ?? 0,
        currency: session.currency ?? '',
        allowed_payment_method_types: session.payment_method_types,
        capture_method: plan?.captureMethod ?? 'automatic_async',
        ...(plan === undefined ? {} : { metadata: plan.metadata }),
        ...(plan?.description ? { description: plan.description } : {}),
        ...(plan?.transferGroup ? { transfer_group: plan.transferGroup } : {}),
      }),
    );
    this.core.store.sessions.patch(this.retrieve(session.id), { payment_intent: intent.id });
    return intent.id;
  }

  #lineItem(params: Params): Stripe.LineItem {
    const data = params.group('price_data');
    if (data === undefined) {
      throw badParameter('The sandbox keeps no prices; give price_data.', params.nameOf('price'));
    }
    const currency = data.requiredText('currency').toLowerCase();
    const unit = data.requiredInt('unit_amount');
    const quantity = params.int('quantity') ?? 1;
    if (unit < 0)
      throw badParameter(
        'Invalid non-negative integer',
        data.nameOf('unit_amount'),
        'parameter_invalid_integer',
      );
    if (quantity < 1)
      throw badParameter('Invalid positive integer', params.nameOf('quantity'), 'parameter_invalid_integer');
    const product = data.group('product_data');
    const name = product?.requiredText('name') ?? data.requiredText('product');
    const total = unit * quantity;
    return {
      id: newStripeId('li'),
      object: 'item',
      adjustable_quantity: null,
      amount_discount: 0,
      amount_subtotal: total,
      amount_tax: 0,
      amount_total: total,
      currency,
      description: name,
      metadata: params.metadata(),
      price: this.#price(currency, unit),
      quantity,
    };
  }

  #price(currency: string, unit: number): Stripe.Price {
    return {
      id: newStripeId('price'),
      object: 'price',
      active: false,
      billing_scheme: 'per_unit',
      created: this.core.clock.nowSeconds(),
      currency,
      custom_unit_amount: null,
      livemode: false,
      lookup_key: null,
      metadata: {},
      nickname: null,
      product: newStripeId('prod'),
      recurring: null,
      tax_behavior: 'unspecified',
      tiers_mode: null,
      transform_quantity: null,
      type: 'one_time',
      unit_amount: unit,
      unit_amount_decimal: null,
    };
  }

  #expiresAt(params: Params): number {
    const now = this.core.clock.nowSeconds();
    const expiresAt = params.int('expires_at') ?? now + LIFE_SECONDS;
    const isAllowed =
      expiresAt >= now + LIFE_SECONDS_MIN - LIFE_TOLERANCE_SECONDS && expiresAt <= now + LIFE_SECONDS;
    if (isAllowed) return expiresAt;
    throw badParameter(
      'The `expires_at` timestamp must be between 30 minutes and 24 hours from now.',
      'expires_at',
    );
  }

  #new(params: Params, currency: string, amount: number): Session {
    const id = newStripeId('cs_test');
    const types = this.intents.eligibleTypes(params);
    const allowed = params.texts('allowed_payment_method_types');
    const excluded = params.texts('excluded_payment_method_types');
    return {
      id,
      object: 'checkout.session',
      adaptive_pricing: { enabled: params.group('adaptive_pricing')?.flag('enabled') ?? false },
      after_expiration: null,
      allow_promotion_codes: null,
      allowed_payment_method_types: allowed.length === 0 ? null : [...allowed],
      amount_subtotal: amount,
      amount_total: amount,
      automatic_tax: { enabled: false, liability: null, provider: null, status: null },
      billing_address_collection: null,
      cancel_url: params.textOrNull('cancel_url'),
      client_reference_id: params.textOrNull('client_reference_id'),
      client_secret: null,
      collected_information: null,
      consent: null,
      consent_collection: null,
      created: this.core.clock.nowSeconds(),
      currency,
      currency_conversion: null,
      custom_fields: [],
      custom_text: {
        after_submit: null,
        shipping_address: null,
        submit: null,
        terms_of_service_acceptance: null,
      },
      customer: null,
      customer_account: null,
      customer_creation: 'if_required',
      customer_details: null,
      customer_email: params.textOrNull('customer_email'),
      discounts: [],
      ...(excluded.length === 0 ? {} : { excluded_payment_method_types: [...excluded] }),
      expires_at: this.#expiresAt(params),
      integration_identifier: null,
      invoice: null,
      invoice_creation: null,
      livemode: false,
      locale: params.textOrNull('locale'),
      managed_payments: null,
      metadata: params.metadata(),
      mode: 'payment',
      origin_context: null,
      payment_intent: null,
      payment_link: null,
      payment_method_collection: 'if_required',
      payment_method_configuration_details: null,
      payment_method_options: sessionOptions(types),
      payment_method_types: [...types],
      payment_status: 'unpaid',
      permissions: null,
      phone_number_collection: { enabled: false },
      recovered_from: null,
      saved_payment_method_options: null,
      setup_intent: null,
      shipping_address_collection: null,
      shipping_cost: null,
      shipping_options: [],
      status: 'open',
      submit_type: null,
      subscription: null,
      success_url: params.requiredText('success_url').replaceAll('{CHECKOUT_SESSION_ID}', id),
      total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
      ui_mode: 'hosted_page',
      url: `${this.core.publicUrl()}/pay/${id}`,
      wallet_options: null,
    };
  }
}

const NOBODY: Stripe.Checkout.Session.CustomerDetails = {
  address: null,
  business_name: null,
  email: null,
  individual_name: null,
  name: null,
  phone: null,
  tax_exempt: 'none',
  tax_ids: [],
};

function sessionOptions(types: readonly string[]): Stripe.Checkout.Session.PaymentMethodOptions {
  return types.includes('card') ? { card: { request_three_d_secure: 'automatic' } } : {};
}

function oneCurrency(items: readonly Stripe.LineItem[]): string {
  const [first] = items;
  if (first === undefined) throw missingParameter('line_items');
  if (items.every((item) => item.currency === first.currency)) return first.currency;
  throw badParameter('All line items of a Checkout Session must have the same currency.', 'line_items');
}
