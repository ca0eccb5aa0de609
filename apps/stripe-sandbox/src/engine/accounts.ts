import type Stripe from 'stripe';
import { noSuch } from '../http/problem.js';
import type { Core } from './core.js';
import { newStripeId } from './ids.js';
import type { Params } from './params.js';

const CURRENCY_OF: Readonly<Record<string, string>> = { CN: 'cny', HK: 'hkd', SG: 'sgd', US: 'usd' };

/** Connected accounts. Nobody here checks papers: what an account asks for is granted until control takes it back. */
export class Accounts {
  constructor(private readonly core: Core) {}

  retrieve(id: string): Stripe.Account {
    const account = this.core.store.accounts.get(id);
    if (account === undefined) throw noSuch('account', id, 'account');
    return account;
  }

  list(): readonly Stripe.Account[] {
    return this.core.store.accounts.newestFirst();
  }

  create(params: Params): Stripe.Account {
    const country = params.textOrNull('country') ?? 'HK';
    return this.core.store.accounts.put({
      id: newStripeId('acct'),
      object: 'account',
      business_type: params.textOrNull('business_type'),
      capabilities: requested(params, {}),
      charges_enabled: true,
      country,
      created: this.core.clock.nowSeconds(),
      default_currency: params.textOrNull('default_currency') ?? CURRENCY_OF[country] ?? 'hkd',
      details_submitted: true,
      email: params.textOrNull('email'),
      metadata: params.metadata(),
      payouts_enabled: true,
      requirements: NOTHING_REQUIRED,
      type: params.textOrNull('type') ?? 'none',
    });
  }

  update(id: string, params: Params): Stripe.Account {
    const before = this.retrieve(id);
    return this.change(id, {
      capabilities: requested(params, before.capabilities ?? {}),
      email: params.has('email') ? params.textOrNull('email') : before.email,
      metadata: params.metadata(before.metadata),
    });
  }

  /** Also what control does when a bank account is closed or papers run out. */
  change(id: string, change: Partial<Stripe.Account>): Stripe.Account {
    const before = this.retrieve(id);
    const account = this.core.store.accounts.patch(before, change);
    this.core.emit('account.updated', account, { before, account: id });
    return account;
  }
}

type Capability = 'card_payments' | 'transfers';

function requested(params: Params, before: Stripe.Account.Capabilities): Stripe.Account.Capabilities {
  const after = { ...before };
  for (const name of ['card_payments', 'transfers'] satisfies Capability[]) {
    const wanted = params.group('capabilities')?.group(name)?.flag('requested');
    if (wanted !== undefined) after[name] = wanted ? 'active' : 'inactive';
  }
  return after;
}

const NOTHING_REQUIRED: Stripe.Account.Requirements = {
  alternatives: [],
  current_deadline: null,
  currently_due: [],
  disabled_reason: null,
  errors: [],
  eventually_due: [],
  past_due: [],
  pending_verification: [],
};
