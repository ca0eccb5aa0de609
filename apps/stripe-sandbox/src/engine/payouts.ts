import type Stripe from 'stripe';
import { badParameter, noSuch, Problem } from '../http/problem.js';
import type { Balances } from './balances.js';
import { idOf, type Core } from './core.js';
import { newStripeId } from './ids.js';
import type { Params } from './params.js';

type Payout = Stripe.Payout;

interface Draft {
  readonly amount: number;
  readonly currency: string;
  readonly accountId: string | null;
  readonly isAutomatic: boolean;
  readonly description: string | null;
  readonly statementDescriptor: string | null;
  readonly metadata: Stripe.Metadata;
}

/** Money from a balance to a bank account. Only automatic payouts can say which movements they paid out. */
export class Payouts {
  constructor(
    private readonly core: Core,
    private readonly balances: Balances,
  ) {}

  retrieve(id: string, accountId: string | null): Payout {
    const payout = this.core.store.payouts.get(id);
    if (payout === undefined || this.#accountOf(payout) !== accountId) throw noSuch('payout', id, 'payout');
    return payout;
  }

  list(accountId: string | null): readonly Payout[] {
    return this.core.store.payouts.newestFirst().filter((payout) => this.#accountOf(payout) === accountId);
  }

  create(params: Params, accountId: string | null): Payout {
    const amount = params.requiredInt('amount');
    const currency = params.requiredText('currency').toLowerCase();
    if (amount < 1) throw badParameter('Invalid positive integer.', 'amount', 'parameter_invalid_integer');
    if (accountId !== null && this.core.store.accounts.get(accountId)?.payouts_enabled !== true) {
      throw new Problem('Cannot create payouts: this account has payouts disabled.', {
        code: 'payouts_not_allowed',
      });
    }
    if (this.balances.available(currency, accountId) < amount) {
      throw new Problem('You have insufficient funds in your Stripe account for this payout.', {
        code: 'balance_insufficient',
        param: 'amount',
      });
    }
    return this.#new({
      amount,
      currency,
      accountId,
      isAutomatic: false,
      description: params.textOrNull('description'),
      statementDescriptor: params.textOrNull('statement_descriptor'),
      metadata: params.metadata(),
    });
  }

  /** What Stripe does daily on a schedule: pays out all that is available and remembers what that was. */
  createAutomatic(currency: string): Payout {
    const { movements } = this.core.store;
    const now = this.core.clock.nowSeconds();
    const covered = movements.filter(
      ({ accountId, payoutId, transaction }) =>
        accountId === null &&
        payoutId === null &&
        transaction.currency === currency &&
        transaction.available_on <= now,
    );
    const amount = covered.reduce((sum, { transaction }) => sum + transaction.net, 0);
    if (amount < 1)
      throw new Problem(`Nothing in ${currency} is available to pay out.`, { code: 'balance_insufficient' });
    const payout = this.#new({
      amount,
      currency,
      accountId: null,
      isAutomatic: true,
      description: 'STRIPE PAYOUT',
      statementDescriptor: null,
      metadata: {},
    });
    const own = movements.get(idOf(payout.balance_transaction) ?? '');
    for (const movement of own === undefined ? covered : [...covered, own]) {
      movements.patch(movement, { payoutId: payout.id });
    }
    return payout;
  }

  cancel(id: string, accountId: string | null): Payout {
    const before = this.retrieve(id, accountId);
    if (before.status !== 'pending') {
      throw new Problem(`Payouts can be canceled while pending; this one is ${before.status}.`, {
        code: 'payout_not_cancelable',
      });
    }
    const transaction = this.#giveBack(before, 'payout_cancel');
    return this.#end(
      before,
      { status: 'canceled', failure_balance_transaction: transaction },
      'payout.canceled',
    );
  }

  /** The bank has the money. */
  arrive(id: string): Payout {
    const before = this.#known(id);
    if (before.status !== 'pending' && before.status !== 'in_transit') {
      throw new Problem(`The payout ${id} is ${before.status} already.`);
    }
    const paid = this.#end(before, { status: 'paid' }, 'payout.paid');
    if (!paid.automatic) return paid;
    const reconciled = this.core.store.payouts.patch(paid, { reconciliation_status: 'completed' });
    this.core.emit('payout.reconciliation_completed', reconciled, { before: paid });
    return reconciled;
  }

  /** The bank sends it back, which it may do days after it said paid. */
  fail(id: string, code = 'account_closed'): Payout {
    const before = this.#known(id);
    if (before.status === 'failed' || before.status === 'canceled') {
      throw new Problem(`The payout ${id} is ${before.status} already.`);
    }
    const change: Partial<Payout> = {
      status: 'failed',
      failure_code: code,
      failure_message: `The bank returned the payout (${code}).`,
      failure_balance_transaction: this.#giveBack(before, 'payout_failure'),
    };
    return this.#end(before, change, 'payout.failed');
  }

  #known(id: string): Payout {
    const payout = this.core.store.payouts.get(id);
    if (payout === undefined) throw noSuch('payout', id, 'payout');
    return payout;
  }

  #accountOf(payout: Payout): string | null {
    return this.core.store.movements.get(idOf(payout.balance_transaction) ?? '')?.accountId ?? null;
  }

  #new(draft: Draft): Payout {
    const id = newStripeId('po');
    const { amount, currency, accountId, isAutomatic } = draft;
    const entry = {
      type: 'payout',
      category: 'payout',
      amount: -amount,
      currency,
      source: id,
      accountId,
    } as const;
    const transaction = this.balances.record({ ...entry, description: draft.description });
    const seconds = this.core.settings.payoutSeconds;
    const payout = this.core.store.payouts.put({
      id,
      object: 'payout',
      amount,
      application_fee: null,
      application_fee_amount: null,
      arrival_date: this.core.clock.nowSeconds() + (seconds ?? 0),
      automatic: isAutomatic,
      balance_transaction: transaction.id,
      created: this.core.clock.nowSeconds(),
      currency,
      description: draft.description,
      destination: null,
      failure_balance_transaction: null,
      failure_code: null,
      failure_message: null,
      livemode: false,
      metadata: draft.metadata,
      method: 'standard',
      original_payout: null,
      payout_method: null,
      reconciliation_status: isAutomatic ? 'in_progress' : 'not_applicable',
      reversed_by: null,
      source_type: 'card',
      statement_descriptor: draft.statementDescriptor,
      status: 'pending',
      trace_id: null,
      type: 'bank_account',
    });
    this.core.emit('payout.created', payout, { account: accountId });
    if (seconds !== null) this.core.scheduler.at('payout-arrive', id, this.core.inSeconds(seconds));
    return payout;
  }

  #giveBack(payout: Payout, type: 'payout_cancel' | 'payout_failure'): string {
    const { amount, currency, id } = payout;
    const category = 'payout_reversal';
    return this.balances.record({
      type,
      category,
      amount,
      currency,
      source: id,
      accountId: this.#accountOf(payout),
    }).id;
  }

  #end(
    before: Payout,
    change: Partial<Payout>,
    event: 'payout.canceled' | 'payout.failed' | 'payout.paid',
  ): Payout {
    this.core.scheduler.cancel('payout-arrive', before.id);
    const payout = this.core.store.payouts.patch(before, change);
    const account = this.#accountOf(payout);
    this.core.emit(event, payout, { account });
    this.core.emit('payout.updated', payout, { before, account });
    return payout;
  }
}
