import type Stripe from 'stripe';
import { badParameter, noSuch } from '../http/problem.js';
import type { Core } from './core.js';
import { newStripeId, randomText } from './ids.js';
import type { Params } from './params.js';

/** How a payment with a method ends; wallets wait for the buyer, cards answer at once. */
export type CardOutcome =
  | { readonly kind: 'approved' }
  | { readonly kind: 'challenged' }
  | {
      readonly kind: 'declined';
      readonly code: Stripe.PaymentIntent.LastPaymentError.Code;
      readonly reason: string;
    };

interface TestCard {
  readonly brand: string;
  readonly last4: string;
  readonly outcome: CardOutcome;
}

const decline = (
  code: Stripe.PaymentIntent.LastPaymentError.Code,
  reason: string,
  last4: string,
): TestCard => ({ brand: 'visa', last4, outcome: { kind: 'declined', code, reason } });

/** Stripe's own test tokens, with the last four digits of the cards they stand for. */
const TEST_CARDS: Readonly<Record<string, TestCard>> = {
  pm_card_visa: { brand: 'visa', last4: '4242', outcome: { kind: 'approved' } },
  pm_card_mastercard: { brand: 'mastercard', last4: '4444', outcome: { kind: 'approved' } },
  pm_card_unionpay: { brand: 'unionpay', last4: '0005', outcome: { kind: 'approved' } },
  pm_card_createDispute: { brand: 'visa', last4: '0259', outcome: { kind: 'approved' } },
  pm_card_authenticationRequired: { brand: 'visa', last4: '3184', outcome: { kind: 'challenged' } },
  pm_card_chargeDeclined: decline('card_declined', 'generic_decline', '0002'),
  pm_card_visa_chargeDeclined: decline('card_declined', 'generic_decline', '0002'),
  pm_card_chargeDeclinedInsufficientFunds: decline('card_declined', 'insufficient_funds', '9995'),
  pm_card_visa_chargeDeclinedInsufficientFunds: decline('card_declined', 'insufficient_funds', '9995'),
  pm_card_chargeDeclinedExpiredCard: decline('expired_card', 'expired_card', '0069'),
  pm_card_chargeDeclinedProcessingError: decline('processing_error', 'processing_error', '0119'),
};

const WALLETS: ReadonlySet<string> = new Set(['alipay', 'wechat_pay']);

export function isWallet(type: string): boolean {
  return WALLETS.has(type);
}

/** Stripe's test card whose payments are disputed as soon as they are made. */
export function disputesItself(method: Stripe.PaymentMethod): boolean {
  return method.card?.last4 === '0259';
}

/** Payment methods, made of Stripe's test tokens or of a type alone. */
export class PaymentMethods {
  constructor(private readonly core: Core) {}

  retrieve(id: string): Stripe.PaymentMethod {
    const method = this.core.store.paymentMethods.get(id);
    if (method !== undefined) return method;
    const card = TEST_CARDS[id];
    if (card === undefined) throw noSuch('PaymentMethod', id, 'payment_method');
    return this.#card(id, card);
  }

  create(params: Params): Stripe.PaymentMethod {
    const type = params.requiredText('type');
    if (isWallet(type)) return this.#put(this.#wallet(type, params));
    if (type !== 'card') throw badParameter(`The sandbox makes no payment method of type ${type}.`, 'type');
    const token = params.group('card')?.textOrNull('token');
    const card = TEST_CARDS[token === 'tok_chargeDeclined' ? 'pm_card_chargeDeclined' : 'pm_card_visa'];
    if (card !== undefined && token?.startsWith('tok_'))
      return this.#put(this.#card(newStripeId('pm'), card));
    const message = 'Raw card numbers are not accepted; use a test token such as tok_visa or pm_card_visa.';
    throw badParameter(message, 'card[number]');
  }

  /** The method a payment names: a test token becomes a method of its own, as at Stripe. */
  forPayment(params: Params): Stripe.PaymentMethod | null {
    const id = params.textOrNull('payment_method');
    const data = params.group('payment_method_data');
    if (id !== null) return this.core.store.paymentMethods.get(id) ?? this.#fromToken(id);
    return data === undefined ? null : this.create(data);
  }

  /** What the bank will say to a card; a method that is no card is approved by its buyer, not here. */
  outcomeOf(method: Stripe.PaymentMethod): CardOutcome {
    const last4 = method.card?.last4;
    const card = Object.values(TEST_CARDS).find((candidate) => candidate.last4 === last4);
    return card?.outcome ?? { kind: 'approved' };
  }

  #fromToken(token: string): Stripe.PaymentMethod {
    const card = TEST_CARDS[token];
    if (card === undefined) throw noSuch('PaymentMethod', token, 'payment_method');
    return this.#put(this.#card(newStripeId('pm'), card));
  }

  #put(method: Stripe.PaymentMethod): Stripe.PaymentMethod {
    return this.core.store.paymentMethods.put(method);
  }

  #base(id: string, type: Stripe.PaymentMethod.Type): Stripe.PaymentMethod {
    return {
      id,
      object: 'payment_method',
      allow_redisplay: 'unspecified',
      billing_details: { address: NO_ADDRESS, email: null, name: null, phone: null, tax_id: null },
      created: this.core.clock.nowSeconds(),
      customer: null,
      customer_account: null,
      livemode: false,
      metadata: {},
      type,
    };
  }

  #wallet(type: string, params: Params): Stripe.PaymentMethod {
    const base = { ...this.#base(newStripeId('pm'), type), metadata: params.metadata() };
    return type === 'alipay' ? { ...base, alipay: {} } : { ...base, wechat_pay: {} };
  }

  #card(id: string, card: TestCard): Stripe.PaymentMethod {
    return {
      ...this.#base(id, 'card'),
      card: {
        brand: card.brand,
        checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
        country: 'CN',
        display_brand: card.brand,
        exp_month: 12,
        exp_year: 2034,
        fingerprint: randomText(16),
        funding: 'credit',
        generated_from: null,
        last4: card.last4,
        networks: { available: [card.brand], preferred: null },
        regulated_status: 'unregulated',
        three_d_secure_usage: { supported: true },
        wallet: null,
      },
    };
  }
}

const NO_ADDRESS: Stripe.Address = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};
