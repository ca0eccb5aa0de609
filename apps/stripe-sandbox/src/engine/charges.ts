import type Stripe from 'stripe';
import { noSuch } from '../http/problem.js';
import { feeOf, type Balances } from './balances.js';
import { idOf, type Core } from './core.js';
import { newStripeId, randomText } from './ids.js';
import { isWallet } from './payment-methods.js';

const DAY_SECONDS = 86_400;

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly reason: string | null;
}

/** Money taken from a buyer, or the record that it was refused. */
export class Charges {
  constructor(
    private readonly core: Core,
    private readonly balances: Balances,
  ) {}

  retrieve(id: string): Stripe.Charge {
    const charge = this.core.store.charges.get(id);
    if (charge === undefined) throw noSuch('charge', id);
    return charge;
  }

  /** Money in hand; its fee is known with the balance transaction that `bookSoon` writes. */
  succeed(intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod): Stripe.Charge {
    const charge = this.#put(intent, method, { captured: true, amount_captured: intent.amount });
    this.core.emit('charge.succeeded', charge);
    return charge;
  }

  /** Money promised: nothing moves until `capture`. */
  authorise(intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod): Stripe.Charge {
    const details = detailsOf(method, intent.amount);
    const captureBefore = this.core.clock.nowSeconds() + this.core.settings.authorisationDays * DAY_SECONDS;
    const charge = this.#put(intent, method, {
      captured: false,
      amount_captured: 0,
      payment_method_details:
        details.card === undefined
          ? details
          : { ...details, card: { ...details.card, capture_before: captureBefore } },
    });
    this.core.emit('charge.succeeded', charge);
    return charge;
  }

  capture(id: string, amount: number): Stripe.Charge {
    const before = this.retrieve(id);
    const rest = before.amount - amount;
    const charge = this.core.store.charges.patch(before, {
      captured: true,
      amount_captured: amount,
      amount_refunded: rest,
    });
    this.core.emit('charge.captured', charge, { before });
    return charge;
  }

  /** An authorisation let go: Stripe shows it as refunded in full. */
  release(id: string): Stripe.Charge {
    const before = this.retrieve(id);
    const charge = this.core.store.charges.patch(before, { refunded: true, amount_refunded: before.amount });
    this.core.emit('charge.refunded', charge, { before });
    return charge;
  }

  /** The bank has let go by itself, because nobody captured it in time. */
  lapse(id: string): Stripe.Charge {
    const before = this.retrieve(id);
    const charge = this.core.store.charges.patch(before, { refunded: true, amount_refunded: before.amount });
    this.core.emit('charge.expired', charge);
    return charge;
  }

  fail(intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod, failure: Failure): Stripe.Charge {
    const charge = this.#put(intent, method, {
      captured: false,
      amount_captured: 0,
      paid: false,
      status: 'failed',
      failure_code: failure.code,
      failure_message: failure.message,
      outcome: outcome('issuer_declined', failure.reason, 'declined_by_network'),
    });
    this.core.emit('charge.failed', charge);
    return charge;
  }

  /** Writes the balance transaction of a captured charge; the scheduler calls it when the setting delays it. */
  book(id: string): Stripe.Charge {
    const before = this.retrieve(id);
    if (before.balance_transaction !== null) return before;
    const { settlementCurrency, exchangeRate } = this.core.settings;
    const isForeign = before.currency !== settlementCurrency;
    const amount = isForeign ? Math.round(before.amount_captured * exchangeRate) : before.amount_captured;
    const isPayment = isWallet(before.payment_method_details?.type ?? 'card');
    const transaction = this.balances.record({
      type: isPayment ? 'payment' : 'charge',
      category: 'charge',
      amount,
      currency: settlementCurrency,
      source: before.id,
      fee: this.#feeOf(amount, isPayment),
      exchangeRate: isForeign ? exchangeRate : null,
      availableOn: this.balances.availableOn(),
      description: before.description,
    });
    const charge = this.core.store.charges.patch(before, { balance_transaction: transaction.id });
    this.core.emit('charge.updated', charge, { before });
    return charge;
  }

  update(before: Stripe.Charge, change: Partial<Stripe.Charge>): Stripe.Charge {
    return this.core.store.charges.patch(before, change);
  }

  /** Books now, or once the bank would have told the fee. */
  bookSoon(id: string): void {
    const delay = this.core.settings.balanceTransactionDelaySeconds;
    if (delay === 0) this.book(id);
    else this.core.scheduler.at('charge-book', id, this.core.inSeconds(delay));
  }

  #feeOf(amount: number, isPayment: boolean): number {
    const { walletFeeBasisPoints, cardFeeBasisPoints, cardFeeFixed } = this.core.settings;
    return isPayment ? feeOf(amount, walletFeeBasisPoints) : feeOf(amount, cardFeeBasisPoints, cardFeeFixed);
  }

  #put(
    intent: Stripe.PaymentIntent,
    method: Stripe.PaymentMethod,
    change: Partial<Stripe.Charge>,
  ): Stripe.Charge {
    const base: Stripe.Charge = {
      id: newStripeId(isWallet(method.type) ? 'py' : 'ch'),
      object: 'charge',
      amount: intent.amount,
      amount_captured: 0,
      amount_refunded: 0,
      application: null,
      application_fee: null,
      application_fee_amount: null,
      balance_transaction: null,
      billing_details: method.billing_details,
      calculated_statement_descriptor: null,
      captured: false,
      created: this.core.clock.nowSeconds(),
      currency: intent.currency,
      customer: null,
      description: intent.description,
      disputed: false,
      failure_balance_transaction: null,
      failure_code: null,
      failure_message: null,
      fraud_details: {},
      livemode: false,
      metadata: intent.metadata,
      on_behalf_of: null,
      outcome: outcome('authorized', null, 'approved_by_network'),
      paid: true,
      payment_intent: intent.id,
      payment_method: method.id,
      payment_method_details: detailsOf(method, intent.amount),
      radar_options: {},
      receipt_email: intent.receipt_email,
      receipt_number: null,
      receipt_url: null,
      refunded: false,
      review: null,
      shipping: null,
      source: null,
      source_transfer: null,
      statement_descriptor: intent.statement_descriptor,
      statement_descriptor_suffix: intent.statement_descriptor_suffix,
      status: 'succeeded',
      transfer_data: null,
      transfer_group: intent.transfer_group,
    };
    return this.core.store.charges.put({ ...base, ...change });
  }
}

function outcome(type: string, reason: string | null, network: string): Stripe.Charge.Outcome {
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: network,
    reason,
    risk_level: 'normal',
    seller_message:
      type === 'authorized' ? 'Payment complete.' : 'The bank did not return any further details.',
    type,
  };
}

function detailsOf(method: Stripe.PaymentMethod, amount: number): Stripe.Charge.PaymentMethodDetails {
  if (method.type === 'alipay') {
    const transactionId = `2088${randomText(20)}`;
    return { type: 'alipay', alipay: { fingerprint: null, transaction_id: transactionId } };
  }
  if (method.type === 'wechat_pay') {
    return { type: 'wechat_pay', wechat_pay: { fingerprint: null, transaction_id: `4200${randomText(20)}` } };
  }
  const { card } = method;
  return {
    type: 'card',
    card: {
      amount_authorized: amount,
      authorization_code: randomText(6),
      brand: card?.brand ?? null,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: card?.country ?? null,
      electronic_commerce_indicator: null,
      exp_month: card?.exp_month ?? 12,
      exp_year: card?.exp_year ?? 2034,
      fingerprint: card?.fingerprint ?? null,
      funding: card?.funding ?? null,
      installments: null,
      last4: card?.last4 ?? null,
      mandate: null,
      network: card?.brand ?? null,
      network_transaction_id: null,
      regulated_status: 'unregulated',
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
  };
}

export function intentIdOf(charge: Stripe.Charge): string | null {
  return idOf(charge.payment_intent);
}
