import type Stripe from 'stripe';
import { noSuch } from '../http/problem.js';
import type { Core } from './core.js';
import { newStripeId } from './ids.js';
import type { Movement } from './store.js';

const DAY_SECONDS = 86_400;
const BASIS = 10_000;

interface MovementRequest {
  readonly type: Stripe.BalanceTransaction.Type;
  readonly category: string;
  readonly amount: number;
  readonly currency: string;
  readonly source: string | null;
  readonly fee?: number;
  readonly exchangeRate?: number | null;
  /** Epoch seconds; left out, the money moves at once. */
  readonly availableOn?: number;
  readonly accountId?: string | null;
  readonly description?: string | null;
}

/** Half up, as the published examples of fees round: 2.2 % of 7670 is 168.74, charged as 169. */
export function feeOf(amount: number, basisPoints: number, fixed = 0): number {
  return Math.floor((amount * basisPoints + BASIS / 2) / BASIS) + fixed;
}

/** The balances of the platform and its connected accounts: nothing but the sum of their movements. */
export class Balances {
  constructor(private readonly core: Core) {}

  record(request: MovementRequest): Stripe.BalanceTransaction {
    const now = this.core.clock.nowSeconds();
    const fee = request.fee ?? 0;
    const availableOn = request.availableOn ?? now;
    const transaction: Stripe.BalanceTransaction = {
      id: newStripeId('txn'),
      object: 'balance_transaction',
      amount: request.amount,
      available_on: availableOn,
      balance_type: 'payments',
      created: now,
      currency: request.currency,
      description: request.description ?? null,
      exchange_rate: request.exchangeRate ?? null,
      fee,
      fee_details: fee === 0 ? [] : [stripeFee(fee, request.currency)],
      net: request.amount - fee,
      reporting_category: request.category,
      source: request.source,
      status: availableOn <= now ? 'available' : 'pending',
      type: request.type,
    };
    const accountId = request.accountId ?? null;
    this.core.store.movements.put({ id: transaction.id, accountId, payoutId: null, transaction });
    if (availableOn > now && accountId === null) this.#announce(availableOn);
    return transaction;
  }

  get(id: string): Stripe.BalanceTransaction | undefined {
    const movement = this.core.store.movements.get(id);
    return movement === undefined ? undefined : this.#asOfNow(movement);
  }

  retrieve(id: string, accountId: string | null): Stripe.BalanceTransaction {
    const movement = this.core.store.movements.get(id);
    if (movement === undefined || movement.accountId !== accountId) throw noSuch('balance transaction', id);
    return this.#asOfNow(movement);
  }

  list(accountId: string | null, payoutId: string | null): readonly Stripe.BalanceTransaction[] {
    return this.core.store.movements
      .newestFirst()
      .filter(
        (movement) =>
          movement.accountId === accountId && (payoutId ?? movement.payoutId) === movement.payoutId,
      )
      .map((movement) => this.#asOfNow(movement));
  }

  available(currency: string, accountId: string | null = null): number {
    return this.#sum(currency, accountId, (transaction) => transaction.status === 'available');
  }

  pending(currency: string, accountId: string | null = null): number {
    return this.#sum(currency, accountId, (transaction) => transaction.status === 'pending');
  }

  balance(accountId: string | null): Stripe.Balance {
    const seen = this.list(accountId, null).map((transaction) => transaction.currency);
    const currencies = [...new Set([this.core.settings.settlementCurrency, ...seen])].toSorted();
    const line = (currency: string, amount: number) => ({ amount, currency, source_types: { card: amount } });
    return {
      object: 'balance',
      available: currencies.map((currency) => line(currency, this.available(currency, accountId))),
      livemode: false,
      pending: currencies.map((currency) => line(currency, this.pending(currency, accountId))),
      refund_and_dispute_prefunding: { available: [], pending: [] },
    };
  }

  /** Money the platform brought from its bank: the float that the first day's refunds draw on. */
  topUp(amount: number, currency: string): Stripe.BalanceTransaction {
    const description = 'Opening float of the sandbox';
    return this.record({ type: 'topup', category: 'topup', amount, currency, source: null, description });
  }

  /** The day's end on which a payment's money becomes available. */
  availableOn(): number {
    const now = this.core.clock.nowSeconds();
    const { availabilityDays } = this.core.settings;
    if (availabilityDays === 0) return now;
    return (Math.floor(now / DAY_SECONDS) + availabilityDays) * DAY_SECONDS;
  }

  /** Makes everything pending available at once; returns how many movements that were. */
  settle(): number {
    const now = this.core.clock.nowSeconds();
    const pending = this.core.store.movements.filter(({ transaction }) => transaction.available_on > now);
    for (const movement of pending) {
      const transaction = { ...movement.transaction, available_on: now };
      this.core.store.movements.patch(movement, { transaction });
    }
    return pending.length;
  }

  announceAvailable(): void {
    this.core.emit('balance.available', this.balance(null));
  }

  #announce(availableOn: number): void {
    this.core.scheduler.at('balance-available', String(availableOn), availableOn * 1000);
  }

  #sum(
    currency: string,
    accountId: string | null,
    test: (row: Stripe.BalanceTransaction) => boolean,
  ): number {
    let total = 0;
    for (const movement of this.core.store.movements.all()) {
      if (movement.accountId !== accountId || movement.transaction.currency !== currency) continue;
      const transaction = this.#asOfNow(movement);
      if (test(transaction)) total += transaction.net;
    }
    return total;
  }

  #asOfNow({ transaction }: Movement): Stripe.BalanceTransaction {
    const status = transaction.available_on <= this.core.clock.nowSeconds() ? 'available' : 'pending';
    return { ...transaction, status };
  }
}

function stripeFee(amount: number, currency: string): Stripe.BalanceTransaction.FeeDetail {
  return { amount, application: null, currency, description: 'Stripe processing fees', type: 'stripe_fee' };
}
