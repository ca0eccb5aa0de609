import type Stripe from 'stripe';
import { DAY_MS } from '#libs/kernel';
import { badParameter, missingParameter, noSuch, Problem } from '../http/problem.js';
import type { Balances } from './balances.js';
import { intentIdOf, type Charges } from './charges.js';
import { idOf, type Core } from './core.js';
import { newStripeId } from './ids.js';
import type { Params } from './params.js';
import { isWallet } from './payment-methods.js';

type Refund = Stripe.Refund;

/** Money going back. A card's refund is done when it is booked; a wallet says later how it ended. */
export class Refunds {
  constructor(
    private readonly core: Core,
    private readonly charges: Charges,
    private readonly balances: Balances,
  ) {}

  retrieve(id: string): Refund {
    const refund = this.core.store.refunds.get(id);
    if (refund === undefined) throw noSuch('refund', id);
    return refund;
  }

  list(): readonly Refund[] {
    return this.core.store.refunds.newestFirst();
  }

  create(params: Params): Refund {
    const charge = this.#chargeOf(params);
    this.#refuse(charge);
    const rest = charge.amount - charge.amount_refunded;
    const amount = params.int('amount') ?? rest;
    if (amount < 1) throw badParameter('Invalid positive integer.', 'amount', 'parameter_invalid_integer');
    if (amount > rest) {
      const message = `Refund amount (${amount}) is greater than unrefunded amount on charge (${rest}).`;
      throw new Problem(message, { param: 'amount', code: 'amount_too_large' });
    }
    const refund = this.core.store.refunds.put(this.#drawn(this.#new(charge, amount, params)));
    this.core.emit('refund.created', refund);
    this.#count(charge, amount);
    return refund;
  }

  update(id: string, params: Params): Refund {
    const before = this.retrieve(id);
    const metadata = params.metadata(before.metadata ?? {});
    const refund = this.core.store.refunds.patch(before, { metadata });
    this.core.emit('refund.updated', refund, { before });
    return refund;
  }

  /** The wallet or bank confirms. */
  succeed(id: string): Refund {
    const before = this.#open(id);
    const reason = 'processing';
    if (before.pending_reason !== reason) {
      throw new Problem(`The refund ${id} waits for money: it is ${before.pending_reason ?? 'done'}.`);
    }
    return this.#end(before, { status: 'succeeded' });
  }

  /** The wallet or bank cannot deliver: the money returns to the balance, and the charge counts as less refunded. */
  fail(id: string, reason = 'expired_or_canceled_card'): Refund {
    const before = this.#open(id);
    const change = { status: 'failed', failure_reason: reason };
    const charge = this.charges.retrieve(idOf(before.charge) ?? '');
    const drawn = this.balances.get(idOf(before.balance_transaction) ?? '');
    const refund =
      drawn === undefined
        ? this.#end(before, change)
        : this.#end(before, {
            ...change,
            failure_balance_transaction: this.#giveBack(before, charge, drawn),
          });
    this.charges.update(charge, { amount_refunded: charge.amount_refunded - before.amount, refunded: false });
    this.core.emit('refund.failed', refund);
    return refund;
  }

  /** Money has become available: refunds that lacked it go out, oldest first. */
  drawShort(): void {
    const short = this.core.store.refunds.filter((refund) => refund.pending_reason === 'insufficient_funds');
    for (const before of short) {
      const drawn = this.#drawn(before);
      if (drawn === before) continue;
      const refund = this.core.store.refunds.put(drawn);
      this.core.emit('refund.updated', refund, { before });
    }
  }

  #chargeOf(params: Params): Stripe.Charge {
    const chargeId = params.textOrNull('charge');
    const intentId = params.textOrNull('payment_intent');
    if (chargeId !== null) return this.charges.retrieve(chargeId);
    if (intentId === null) throw missingParameter('payment_intent');
    const intent = this.core.store.paymentIntents.get(intentId);
    if (intent === undefined) throw noSuch('payment_intent', intentId, 'payment_intent');
    const id = idOf(intent.latest_charge);
    if (id !== null && intent.status === 'succeeded') return this.charges.retrieve(id);
    const message = `This PaymentIntent (${intentId}) does not have a successful charge to refund.`;
    throw new Problem(message, { param: 'payment_intent', code: 'payment_intent_unexpected_state' });
  }

  #refuse(charge: Stripe.Charge): void {
    if (!charge.paid || !charge.captured) {
      throw new Problem(`Charge ${charge.id} has not been captured.`, { code: 'charge_not_refundable' });
    }
    if (charge.disputed) {
      const open = this.core.store.disputes.find((dispute) => idOf(dispute.charge) === charge.id);
      if (open !== undefined && !open.is_charge_refundable) {
        const message = `Charge ${charge.id} is being disputed and can no longer be refunded.`;
        throw new Problem(message, { code: 'refund_disputed_payment' });
      }
    }
    if (charge.refunded) {
      throw new Problem(`Charge ${charge.id} has already been refunded.`, {
        code: 'charge_already_refunded',
      });
    }
    const type = charge.payment_method_details?.type ?? 'card';
    const days = this.core.settings.refundWindowDays[type];
    if (days === undefined || this.core.clock.nowMs() <= charge.created * 1000 + days * DAY_MS) return;
    const message = `A ${type} payment can be refunded within ${days} days; those have passed for ${charge.id}.`;
    throw new Problem(message, { code: 'charge_not_refundable' });
  }

  #new(charge: Stripe.Charge, amount: number, params: Params): Refund {
    const type = charge.payment_method_details?.type ?? 'card';
    return {
      id: newStripeId(isWallet(type) ? 'pyr' : 're'),
      object: 'refund',
      amount,
      balance_transaction: null,
      charge: charge.id,
      created: this.core.clock.nowSeconds(),
      currency: charge.currency,
      customer: null,
      customer_account: null,
      destination_details: destinationOf(type),
      metadata: params.metadata(),
      payment_intent: intentIdOf(charge),
      payment_method: charge.payment_method,
      pending_reason: 'insufficient_funds',
      reason: params.textOrNull('reason'),
      receipt_number: null,
      source_transfer_reversal: null,
      status: 'pending',
      transfer_reversal: null,
    };
  }

  #count(before: Stripe.Charge, amount: number): void {
    const refunded = before.amount_refunded + amount;
    const isFull = refunded === before.amount;
    const charge = this.charges.update(before, { amount_refunded: refunded, refunded: isFull });
    this.core.emit('charge.refunded', charge, { before });
  }

  /** The refund with its money taken out of what is available; short of it, the same refund, still waiting. */
  #drawn(refund: Refund): Refund {
    const charge = this.charges.retrieve(idOf(refund.charge) ?? '');
    const paid = this.balances.get(idOf(charge.balance_transaction) ?? '');
    const currency = paid?.currency ?? this.core.settings.settlementCurrency;
    const rate = paid?.exchange_rate ?? null;
    const amount = rate === null ? refund.amount : Math.round(refund.amount * rate);
    if (this.balances.available(currency) < amount) return refund;
    const isPayment = isWallet(charge.payment_method_details?.type ?? 'card');
    const transaction = this.balances.record({
      type: isPayment ? 'payment_refund' : 'refund',
      category: 'refund',
      amount: -amount,
      currency,
      source: refund.id,
      exchangeRate: rate,
      description: 'REFUND FOR PAYMENT',
    });
    const { pending_reason: _short, ...rest } = refund;
    if (!isPayment) return { ...rest, balance_transaction: transaction.id, status: 'succeeded' };
    const seconds = this.core.settings.walletRefundSeconds;
    if (seconds !== null) this.core.scheduler.at('refund-succeed', refund.id, this.core.inSeconds(seconds));
    return { ...rest, balance_transaction: transaction.id, pending_reason: 'processing' };
  }

  #open(id: string): Refund {
    const refund = this.retrieve(id);
    if (refund.status === 'pending') return refund;
    throw new Problem(`The refund ${id} is ${String(refund.status)} already.`);
  }

  #end(before: Refund, change: Partial<Refund>): Refund {
    this.core.scheduler.cancel('refund-succeed', before.id);
    const { pending_reason: _over, ...rest } = before;
    const refund = this.core.store.refunds.put({ ...rest, ...change });
    this.core.emit('refund.updated', refund, { before });
    this.core.emit('charge.refund.updated', refund, { before });
    return refund;
  }

  #giveBack(refund: Refund, charge: Stripe.Charge, drawn: Stripe.BalanceTransaction): string {
    const isPayment = isWallet(charge.payment_method_details?.type ?? 'card');
    return this.balances.record({
      type: isPayment ? 'payment_failure_refund' : 'refund_failure',
      category: 'refund_failure',
      amount: -drawn.amount,
      currency: drawn.currency,
      source: refund.id,
      exchangeRate: drawn.exchange_rate,
      description: 'REFUND FAILURE',
    }).id;
  }
}

function destinationOf(type: string): Stripe.Refund.DestinationDetails {
  if (type === 'alipay') return { type, alipay: {} };
  if (type === 'wechat_pay') return { type, wechat_pay: {} };
  return {
    type: 'card',
    card: { type: 'refund', reference_status: 'pending', reference_type: 'acquirer_reference_number' },
  };
}
