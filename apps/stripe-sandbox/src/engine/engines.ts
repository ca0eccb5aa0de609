import { Balances } from './balances.js';
import { Charges } from './charges.js';
import { CheckoutSessions } from './checkout-sessions.js';
import type { Core } from './core.js';
import { PaymentIntents } from './payment-intents.js';
import { PaymentMethods } from './payment-methods.js';
import { Refunds } from './refunds.js';

/** The resources, wired to one another and to the clock. */
export class Engines {
  readonly balances: Balances;
  readonly charges: Charges;
  readonly checkoutSessions: CheckoutSessions;
  readonly paymentIntents: PaymentIntents;
  readonly paymentMethods: PaymentMethods;
  readonly refunds: Refunds;

  constructor(readonly core: Core) {
    this.balances = new Balances(core);
    this.paymentMethods = new PaymentMethods(core);
    this.charges = new Charges(core, this.balances);
    this.paymentIntents = new PaymentIntents(core, this.paymentMethods, this.charges);
    this.refunds = new Refunds(core, this.charges, this.balances);
    this.checkoutSessions = new CheckoutSessions(core, this.paymentIntents);
    this.#schedule();
  }

  /** What time does by itself. */
  #schedule(): void {
    const { scheduler } = this.core;
    scheduler.on('attempt-expire', (id) => void this.paymentIntents.expire(id));
    scheduler.on('session-expire', (id) => void this.checkoutSessions.expire(id));
    scheduler.on('charge-book', (id) => void this.charges.book(id));
    scheduler.on('refund-succeed', (id) => void this.refunds.succeed(id));
    scheduler.on('balance-available', () => {
      this.balances.announceAvailable();
      this.refunds.drawShort();
    });
  }
}
