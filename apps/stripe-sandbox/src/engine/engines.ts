import { Accounts } from './accounts.js';
import { Balances } from './balances.js';
import { Charges } from './charges.js';
import { CheckoutSessions } from './checkout-sessions.js';
import type { Core } from './core.js';
import { Disputes } from './disputes.js';
import { PaymentIntents } from './payment-intents.js';
import { PaymentMethods } from './payment-methods.js';
import { Payouts } from './payouts.js';
import { Refunds } from './refunds.js';
import { Transfers } from './transfers.js';

/** The resources, wired to one another and to the clock. */
export class Engines {
  readonly accounts: Accounts;
  readonly balances: Balances;
  readonly charges: Charges;
  readonly checkoutSessions: CheckoutSessions;
  readonly disputes: Disputes;
  readonly paymentIntents: PaymentIntents;
  readonly paymentMethods: PaymentMethods;
  readonly payouts: Payouts;
  readonly refunds: Refunds;
  readonly transfers: Transfers;

  constructor(readonly core: Core) {
    this.accounts = new Accounts(core);
    this.balances = new Balances(core);
    this.paymentMethods = new PaymentMethods(core);
    this.charges = new Charges(core, this.balances);
    this.paymentIntents = new PaymentIntents(core, this.paymentMethods, this.charges);
    this.refunds = new Refunds(core, this.charges, this.balances);
    this.checkoutSessions = new CheckoutSessions(core, this.paymentIntents);
    this.disputes = new Disputes(core, this.charges, this.balances);
    this.payouts = new Payouts(core, this.balances);
    this.transfers = new Transfers(core, this.accounts, this.charges, this.balances);
    this.#schedule();
  }

  /** What time does by itself. */
  #schedule(): void {
    const { scheduler } = this.core;
    scheduler.on('attempt-expire', (id) => void this.paymentIntents.expire(id));
    scheduler.on('authorisation-lapse', (id) => void this.paymentIntents.lapse(id));
    scheduler.on('session-expire', (id) => void this.checkoutSessions.expire(id));
    scheduler.on('charge-book', (id) => void this.charges.book(id));
    scheduler.on('refund-succeed', (id) => void this.refunds.succeed(id));
    scheduler.on('payout-arrive', (id) => void this.payouts.arrive(id));
    scheduler.on('dispute-open', (id) => void this.disputes.open(id));
    scheduler.on('balance-available', () => {
      this.balances.announceAvailable();
      this.refunds.drawShort();
    });
  }
}
