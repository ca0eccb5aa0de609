import type Stripe from 'stripe';
import { innerList } from '../http/page.js';
import { badParameter, missingParameter, noSuch, Problem } from '../http/problem.js';
import type { Accounts } from './accounts.js';
import type { Balances } from './balances.js';
import type { Charges } from './charges.js';
import { idOf, type Core } from './core.js';
import { newStripeId } from './ids.js';
import type { Params } from './params.js';

type Transfer = Stripe.Transfer;
type Reversal = Stripe.TransferReversal;

/** Money from the platform to connected accounts, and back. */
export class Transfers {
  constructor(
    private readonly core: Core,
    private readonly accounts: Accounts,
    private readonly charges: Charges,
    private readonly balances: Balances,
  ) {}

  retrieve(id: string): Transfer {
    const transfer = this.core.store.transfers.get(id);
    if (transfer === undefined) throw noSuch('transfer', id, 'transfer');
    return this.#withReversals(transfer);
  }

  list(): readonly Transfer[] {
    return this.core.store.transfers.newestFirst().map((transfer) => this.#withReversals(transfer));
  }

  create(params: Params): Transfer {
    const currency = params.requiredText('currency').toLowerCase();
    const destination = this.accounts.retrieve(params.requiredText('destination'));
    if (destination.capabilities?.transfers !== 'active') {
      const message = `Your destination account needs the transfers capability: ${destination.id}.`;
      throw new Problem(message, { param: 'destination', code: 'insufficient_capabilities_for_transfer' });
    }
    const source = this.#source(params, currency);
    const amount = params.int('amount') ?? source?.rest;
    if (amount === undefined) throw missingParameter('amount');
    if (amount < 1) throw badParameter('Invalid positive integer.', 'amount', 'parameter_invalid_integer');
    if (source === null) this.#refuseShort(amount, currency, null);
    else if (amount > source.rest) {
      const message = `The amount ${amount} is more than what is left of the source transaction (${source.rest}).`;
      throw new Problem(message, { param: 'amount', code: 'charge_exceeds_source_limit' });
    }
    const transfer = this.#move(params, { amount, currency, destination: destination.id, source });
    this.core.emit('transfer.created', transfer);
    return transfer;
  }

  update(id: string, params: Params): Transfer {
    const before = this.retrieve(id);
    const transfer = this.core.store.transfers.put({
      ...before,
      description: params.has('description') ? params.textOrNull('description') : before.description,
      metadata: params.metadata(before.metadata),
    });
    this.core.emit('transfer.updated', transfer, { before });
    return transfer;
  }

  reversals(id: string): readonly Reversal[] {
    this.retrieve(id);
    return this.core.store.reversals.newestFirst().filter((reversal) => idOf(reversal.transfer) === id);
  }

  reversal(id: string, reversalId: string): Reversal {
    const reversal = this.core.store.reversals.get(reversalId);
    if (reversal === undefined || idOf(reversal.transfer) !== id)
      throw noSuch('transfer reversal', reversalId);
    return reversal;
  }

  /** Takes money back from the connected account, which must still have it. */
  reverse(id: string, params: Params): Reversal {
    const before = this.retrieve(id);
    const rest = before.amount - before.amount_reversed;
    const amount = params.int('amount') ?? rest;
    if (rest === 0)
      throw new Problem(`Transfer ${id} has already been fully reversed.`, {
        code: 'transfer_already_reversed',
      });
    if (amount < 1) throw badParameter('Invalid positive integer.', 'amount', 'parameter_invalid_integer');
    if (amount > rest) {
      const message = `Reversal amount (${amount}) is greater than what is left of the transfer (${rest}).`;
      throw new Problem(message, { param: 'amount', code: 'amount_too_large' });
    }
    const accountId = idOf(before.destination);
    this.#refuseShort(amount, before.currency, accountId);
    const reversalId = newStripeId('trr');
    const refundId = newStripeId('pyr');
    const { currency } = before;
    const entry = { category: 'transfer', currency };
    this.balances.record({ ...entry, type: 'payment_refund', amount: -amount, source: refundId, accountId });
    const transaction = this.balances.record({
      ...entry,
      type: 'transfer_refund',
      amount,
      source: reversalId,
    });
    const reversal = this.core.store.reversals.put({
      id: reversalId,
      object: 'transfer_reversal',
      amount,
      balance_transaction: transaction.id,
      created: this.core.clock.nowSeconds(),
      currency,
      destination_payment_refund: refundId,
      metadata: params.metadata(),
      source_refund: null,
      transfer: id,
    });
    const reversed = before.amount_reversed + amount;
    this.core.store.transfers.put({
      ...before,
      amount_reversed: reversed,
      reversed: reversed === before.amount,
    });
    this.core.emit('transfer.reversed', this.retrieve(id));
    return reversal;
  }

  /** The charge a transfer waits for, and how much of it is not promised yet. */
  #source(
    params: Params,
    currency: string,
  ): { readonly charge: Stripe.Charge; readonly rest: number } | null {
    const id = params.textOrNull('source_transaction');
    if (id === null) return null;
    const charge = this.charges.retrieve(id);
    if (charge.currency !== currency) {
      const message = `The currency of source_transaction's balance transaction (${charge.currency}) must be the same as the transfer currency (${currency}).`;
      throw badParameter(message, 'currency');
    }
    const promised = this.core.store.transfers
      .filter((transfer) => idOf(transfer.source_transaction) === id)
      .reduce((sum, transfer) => sum + transfer.amount - transfer.amount_reversed, 0);
    return { charge, rest: charge.amount_captured - promised };
  }

  #refuseShort(amount: number, currency: string, accountId: string | null): void {
    if (this.balances.available(currency, accountId) >= amount) return;
    const whose = accountId === null ? 'your Stripe account' : `the account ${accountId}`;
    throw new Problem(`You have insufficient available funds in ${whose}.`, { code: 'balance_insufficient' });
  }

  #move(
    params: Params,
    move: {
      readonly amount: number;
      readonly currency: string;
      readonly destination: string;
      readonly source: { readonly charge: Stripe.Charge } | null;
    },
  ): Transfer {
    const { amount, currency, destination, source } = move;
    const id = newStripeId('tr');
    const paymentId = newStripeId('py');
    const paid = this.balances.get(idOf(source?.charge.balance_transaction) ?? '');
    const when = paid === undefined ? {} : { availableOn: paid.available_on };
    const entry = { category: 'transfer', currency, ...when };
    const transaction = this.balances.record({ ...entry, type: 'transfer', amount: -amount, source: id });
    this.balances.record({ ...entry, type: 'payment', amount, source: paymentId, accountId: destination });
    return this.core.store.transfers.put({
      id,
      object: 'transfer',
      amount,
      amount_reversed: 0,
      balance_transaction: transaction.id,
      created: this.core.clock.nowSeconds(),
      currency,
      description: params.textOrNull('description'),
      destination,
      destination_payment: paymentId,
      livemode: false,
      metadata: params.metadata(),
      reversals: listOf([], id),
      reversed: false,
      source_transaction: source?.charge.id ?? null,
      source_type: 'card',
      transfer_group: params.textOrNull('transfer_group') ?? source?.charge.transfer_group ?? null,
    });
  }

  #withReversals(transfer: Transfer): Transfer {
    const reversals = this.core.store.reversals
      .newestFirst()
      .filter((row) => idOf(row.transfer) === transfer.id);
    return { ...transfer, reversals: listOf(reversals, transfer.id) };
  }
}

function listOf(reversals: readonly Reversal[], transferId: string): Transfer['reversals'] {
  const list = innerList(reversals, `/v1/transfers/${transferId}/reversals`);
  return { ...list, data: [...list.data] };
}
