import type Stripe from 'stripe';
import { DAY_MS } from '#libs/kernel';
import { noSuch, Problem } from '../http/problem.js';
import type { Balances } from './balances.js';
import { intentIdOf, type Charges } from './charges.js';
import { idOf, type Core } from './core.js';
import { newStripeId } from './ids.js';
import type { Params } from './params.js';
import { isWallet } from './payment-methods.js';

type Dispute = Stripe.Dispute;
type Evidence = Stripe.Dispute.Evidence;

const ANSWER_DAYS = 7;
const OPEN: ReadonlySet<string> = new Set(['needs_response', 'under_review']);
const EVIDENCE_TEXTS = [
  'customer_name',
  'product_description',
  'shipping_tracking_number',
  'uncategorized_text',
] as const satisfies readonly (keyof Evidence)[];

/** A buyer takes a card payment back through the bank. Wallets know no such thing. */
export class Disputes {
  constructor(
    private readonly core: Core,
    private readonly charges: Charges,
    private readonly balances: Balances,
  ) {}

  retrieve(id: string): Dispute {
    const dispute = this.core.store.disputes.get(id);
    if (dispute === undefined) throw noSuch('dispute', id, 'dispute');
    return dispute;
  }

  list(): readonly Dispute[] {
    return this.core.store.disputes.newestFirst();
  }

  /** The bank takes the money and a fee; what was refunded before is not taken twice. */
  open(chargeId: string, reason = 'fraudulent', wanted?: number): Dispute {
    const charge = this.charges.retrieve(chargeId);
    const type = charge.payment_method_details?.type ?? 'card';
    if (isWallet(type))
      throw new Problem(`A ${type} payment cannot be disputed.`, { code: 'charge_invalid_parameter' });
    if (charge.disputed)
      throw new Problem(`Charge ${chargeId} is disputed already.`, { code: 'charge_disputed' });
    const rest = charge.amount - charge.amount_refunded;
    const amount = wanted ?? rest;
    if (!charge.captured || amount < 1 || amount > rest)
      throw new Problem(`At most ${rest} can be disputed.`);
    const disputed = this.charges.update(charge, { disputed: true });
    const created = this.core.store.disputes.put(this.#new(charge, amount, reason));
    this.core.emit('charge.dispute.created', created);
    this.core.emit('charge.updated', disputed, { before: charge });
    const withdrawal = this.#record(created, -amount, 'dispute', this.core.settings.disputeFee);
    const dispute = this.core.store.disputes.patch(created, { balance_transactions: [withdrawal] });
    this.core.emit('charge.dispute.funds_withdrawn', dispute);
    return dispute;
  }

  /** Evidence from the merchant; with `submit`, the bank's turn. */
  update(id: string, params: Params): Dispute {
    const before = this.#open(id);
    const given = params.group('evidence');
    const evidence = { ...before.evidence };
    for (const name of EVIDENCE_TEXTS) if (given?.has(name) === true) evidence[name] = given.textOrNull(name);
    const submits = params.flag('submit') ?? given !== undefined;
    const details = before.evidence_details;
    const dispute = this.core.store.disputes.patch(before, {
      evidence,
      evidence_details: {
        ...details,
        has_evidence: details.has_evidence || given !== undefined,
        submission_count: details.submission_count + (submits ? 1 : 0),
        submission_method: submits ? 'manual' : details.submission_method,
      },
      metadata: params.metadata(before.metadata),
      status: submits ? 'under_review' : before.status,
    });
    this.core.emit('charge.dispute.updated', dispute, { before });
    return dispute;
  }

  /** The bank decides. The money comes back with a won dispute, the fee never does. */
  close(id: string, outcome: 'lost' | 'won'): Dispute {
    const before = this.#open(id);
    const isWon = outcome === 'won';
    const back = isWon ? [this.#record(before, before.amount, 'dispute_reversal', 0)] : [];
    const dispute = this.core.store.disputes.patch(before, {
      status: outcome,
      balance_transactions: [...before.balance_transactions, ...back],
    });
    if (isWon) this.core.emit('charge.dispute.funds_reinstated', dispute);
    this.core.emit('charge.dispute.closed', dispute, { before });
    return dispute;
  }

  #open(id: string): Dispute {
    const dispute = this.retrieve(id);
    if (OPEN.has(dispute.status)) return dispute;
    throw new Problem(`This dispute is already closed: it is ${dispute.status}.`);
  }

  #record(dispute: Dispute, amount: number, category: string, fee: number): Stripe.BalanceTransaction {
    const charge = this.charges.retrieve(idOf(dispute.charge) ?? '');
    const paid = this.balances.get(idOf(charge.balance_transaction) ?? '');
    const rate = paid?.exchange_rate ?? null;
    return this.balances.record({
      type: 'adjustment',
      category,
      amount: rate === null ? amount : Math.round(amount * rate),
      currency: paid?.currency ?? dispute.currency,
      source: dispute.id,
      fee,
      exchangeRate: rate,
      description:
        amount < 0 ? `Chargeback withdrawal for ${charge.id}` : `Chargeback reversal for ${charge.id}`,
    });
  }

  #new(charge: Stripe.Charge, amount: number, reason: string): Dispute {
    const brand = charge.payment_method_details?.card?.brand ?? 'visa';
    return {
      id: newStripeId('du'),
      object: 'dispute',
      amount,
      balance_transactions: [],
      charge: charge.id,
      created: this.core.clock.nowSeconds(),
      currency: charge.currency,
      enhanced_eligibility_types: [],
      evidence: NO_EVIDENCE,
      evidence_details: {
        due_by: Math.floor((this.core.clock.nowMs() + ANSWER_DAYS * DAY_MS) / 1000),
        enhanced_eligibility: {},
        has_evidence: false,
        past_due: false,
        submission_count: 0,
        submission_method: 'not_submitted',
      },
      intended_submission_method: null,
      is_charge_refundable: false,
      livemode: false,
      metadata: {},
      payment_intent: intentIdOf(charge),
      payment_method_details: {
        type: 'card',
        card: { brand, case_type: 'chargeback', network: brand, network_reason_code: '10.4' },
      },
      reason,
      status: 'needs_response',
    };
  }
}

const NO_EVIDENCE: Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};
