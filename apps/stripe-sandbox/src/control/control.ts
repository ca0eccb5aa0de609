import type Stripe from 'stripe';
import { idOf } from '../engine/core.js';
import type { Engines } from '../engine/engines.js';
import { Params } from '../engine/params.js';
import type { Settings } from '../engine/settings.js';
import type { Delivery, SandboxEvent } from '../engine/store.js';
import { NO_FAULTS, type FaultPlan, type Faults } from '../faults/plan.js';
import { noSuch, Problem } from '../http/problem.js';
import type { Deliveries, SignedEvent } from '../webhooks/deliveries.js';
import type { WebhookEndpoints } from '../webhooks/endpoints.js';

export interface ControlParts {
  readonly engines: Engines;
  readonly endpoints: WebhookEndpoints;
  readonly deliveries: Deliveries;
  readonly faults: Faults;
  /** What the platform's balance starts with, in the settlement currency's smallest unit. */
  readonly openingFloat: number;
  /** How this sandbox was started to differ from the defaults. */
  readonly settings: Partial<Settings>;
  /** What went wrong inside the sandbox: answers off the contract, tasks that threw. */
  readonly mistakes: readonly unknown[];
}

export interface SeedRequest {
  readonly payments?: number;
  readonly accounts?: number;
  readonly float?: number;
}

export interface Seeded {
  readonly intents: readonly string[];
  readonly accounts: readonly string[];
}

const SEED_MAX = 1000;
const SEED_AMOUNT = 7670;

/** The other side of every payment: the buyer, the bank, the wallet, the calendar, and misfortune. */
export class Control {
  constructor(private readonly parts: ControlParts) {}

  /**
   * The buyer pays. Takes the id of an intent or of a Checkout Session; throws `Problem` when it may not be paid.
   * `force` pays what is closed already: worse than Stripe, whose cancelled intents stay cancelled.
   */
  authorise(
    id: string,
    { method = 'pm_card_visa', force = false }: { readonly method?: string; readonly force?: boolean } = {},
  ): object {
    return this.#act(() => {
      const { checkoutSessions, paymentIntents } = this.parts.engines;
      if (id.startsWith('cs_')) return checkoutSessions.pay(id, this.#methodFor(id, method));
      const intent = paymentIntents.authorise(id, force);
      checkoutSessions.onIntentSucceeded(id);
      return intent;
    });
  }

  decline(id: string): object {
    const { checkoutSessions, paymentIntents } = this.parts.engines;
    return this.#act(() =>
      id.startsWith('cs_') ? checkoutSessions.decline(id) : paymentIntents.decline(id),
    );
  }

  /** The wallet or the session gives up waiting. */
  expire(id: string): object {
    const { checkoutSessions, paymentIntents } = this.parts.engines;
    return this.#act(() => (id.startsWith('cs_') ? checkoutSessions.expire(id) : paymentIntents.expire(id)));
  }

  finishRefund(id: string): Stripe.Refund {
    return this.#act(() => this.parts.engines.refunds.succeed(id));
  }

  failRefund(id: string, reason?: string): Stripe.Refund {
    return this.#act(() => this.parts.engines.refunds.fail(id, reason));
  }

  /** The holder of a card disputes; takes the id of a charge or of its intent. */
  openDispute(
    id: string,
    { reason, amount }: { readonly reason?: string; readonly amount?: number } = {},
  ): Stripe.Dispute {
    const { engines } = this.parts;
    const intent = engines.core.store.paymentIntents.get(id);
    const chargeId = intent === undefined ? id : (idOf(intent.latest_charge) ?? id);
    return this.#act(() => engines.disputes.open(chargeId, reason, amount));
  }

  closeDispute(id: string, outcome: 'lost' | 'won'): Stripe.Dispute {
    return this.#act(() => this.parts.engines.disputes.close(id, outcome));
  }

  /** The bank has a payout's money. */
  payPayout(id: string): Stripe.Payout {
    return this.#act(() => this.parts.engines.payouts.arrive(id));
  }

  /** The bank sends a payout back, even after it was paid. */
  returnPayout(id: string, code?: string): Stripe.Payout {
    return this.#act(() => this.parts.engines.payouts.fail(id, code));
  }

  /** Stripe's daily payout of all that is available. */
  payOutAutomatically(currency = this.settings.settlementCurrency): Stripe.Payout {
    return this.#act(() => this.parts.engines.payouts.createAutomatic(currency));
  }

  /** Changes what a connected account may do, and tells so by `account.updated`. */
  changeAccount(
    id: string,
    change: Pick<Partial<Stripe.Account>, 'charges_enabled' | 'payouts_enabled'>,
  ): Stripe.Account {
    return this.#act(() => this.parts.engines.accounts.change(id, change));
  }

  /** Makes all pending money available now, and lets refunds that waited for it go. */
  settleBalances(): Stripe.Balance {
    return this.#act(() => {
      const { balances, refunds } = this.parts.engines;
      if (balances.settle() > 0) balances.announceAvailable();
      refunds.drawShort();
      return balances.balance(null);
    });
  }

  topUp(
    amount: number,
    currency = this.parts.engines.core.settings.settlementCurrency,
  ): Stripe.BalanceTransaction {
    return this.#act(() => {
      const { balances, refunds } = this.parts.engines;
      const transaction = balances.topUp(amount, currency);
      refunds.drawShort();
      return transaction;
    });
  }

  balance(): Stripe.Balance {
    return this.parts.engines.balances.balance(null);
  }

  /** Errors of the sandbox itself; a test that sees one has found a bug here, not in what it tests. */
  get mistakes(): readonly unknown[] {
    return this.parts.mistakes;
  }

  get now(): Date {
    return this.parts.engines.core.clock.now();
  }

  /** Moves virtual time forward, doing on the way what falls due, webhooks and their retries included. */
  async advance(seconds: number): Promise<Date> {
    if (!Number.isFinite(seconds) || seconds < 0)
      throw new Problem('Time moves forward only.', { param: 'seconds' });
    const { core } = this.parts.engines;
    await this.idle();
    await core.scheduler.advanceTo(core.clock.nowMs() + seconds * 1000, () => this.idle());
    await this.idle();
    return core.clock.now();
  }

  /** Stops virtual time; from then on only `advance` moves it. */
  freeze(): void {
    this.#act(() => this.parts.engines.core.clock.freeze());
    this.parts.engines.core.scheduler.arm();
  }

  thaw(): void {
    this.#act(() => this.parts.engines.core.clock.thaw());
    this.parts.engines.core.scheduler.arm();
  }

  get settings(): Settings {
    return this.parts.engines.core.settings;
  }

  set(change: Partial<Settings>): Settings {
    const known = Object.keys(this.settings);
    const unknown = Object.keys(change).find((name) => !known.includes(name));
    if (unknown !== undefined) throw new Problem(`No such setting: ${unknown}`, { param: unknown });
    return this.#act(() => this.parts.engines.core.store.changeSettings(change));
  }

  get faults(): FaultPlan {
    return this.parts.faults.plan;
  }

  /** Replaces the plan; counting starts anew. Throws `BadPlan`. */
  break(plan: Partial<FaultPlan>): FaultPlan {
    this.parts.faults.use({ ...NO_FAULTS, ...plan });
    return this.faults;
  }

  /** Where events go that no registered endpoint asks for; null for nowhere. */
  pointWebhooksAt(url: string | null): void {
    this.parts.endpoints.pointDefaultAt(url);
  }

  /** Oldest first. */
  events(type?: string): readonly SandboxEvent[] {
    return this.parts.engines.core.store.events.filter((event) => (type ?? event.type) === event.type);
  }

  /** Oldest first. */
  deliveries(): readonly Delivery[] {
    return this.parts.engines.core.store.deliveries.all();
  }

  /** Body and signature as Stripe would post them: for tests that hand events over themselves. */
  sign(
    event: SandboxEvent,
    options: { readonly secret?: string; readonly timestamp?: number } = {},
  ): SignedEvent {
    return this.parts.deliveries.sign(event, options);
  }

  resend(eventId: string): void {
    const event = this.parts.engines.core.store.events.get(eventId);
    if (event === undefined) throw noSuch('event', eventId);
    this.#act(() => this.parts.deliveries.resend(event));
  }

  /** Resolves when no webhook is on its way; those that wait for a retry are not. */
  idle(): Promise<void> {
    return this.parts.deliveries.idle();
  }

  dump(): Record<string, readonly object[]> {
    return this.parts.engines.core.store.dump();
  }

  /** Back to the start: no objects, today's time, no faults; the settings it was started with, the opening float. */
  reset(): void {
    const { engines, deliveries, faults, openingFloat, settings } = this.parts;
    deliveries.forget();
    engines.core.store.reset();
    engines.core.store.changeSettings(settings);
    faults.use(NO_FAULTS);
    if (openingFloat > 0) engines.balances.topUp(openingFloat, engines.core.settings.settlementCurrency);
    engines.core.store.save();
    engines.core.scheduler.arm();
  }

  /** Paid payments and connected accounts, to look at or to list through. */
  seed({ payments = 0, accounts = 0, float = 0 }: SeedRequest): Seeded {
    if (payments > SEED_MAX || accounts > SEED_MAX) throw new Problem(`At most ${SEED_MAX} of each.`);
    return this.#act(() => {
      const { engines } = this.parts;
      if (float > 0) this.topUp(float);
      const intents = Array.from({ length: payments }, (_, index) => {
        const values = {
          amount: SEED_AMOUNT + index,
          currency: 'cny',
          confirm: true,
          metadata: { seed: String(index) },
          payment_method_data: { type: 'alipay' },
          return_url: engines.core.publicUrl(),
        };
        const intent = engines.paymentIntents.create(new Params(values));
        return engines.paymentIntents.authorise(intent.id).id;
      });
      const capabilities = { transfers: { requested: true } };
      const accountIds = Array.from(
        { length: accounts },
        () => engines.accounts.create(new Params({ capabilities })).id,
      );
      return { intents, accounts: accountIds };
    });
  }

  /** A session that takes no cards is paid with what it takes. */
  #methodFor(sessionId: string, method: string): string {
    const { payment_method_types: types } = this.parts.engines.checkoutSessions.retrieve(sessionId);
    const isTaken = method.startsWith('pm_') ? types.includes('card') : types.includes(method);
    return isTaken ? method : (types.find((type) => type !== 'card') ?? method);
  }

  #act<T>(work: () => T): T {
    try {
      return work();
    } finally {
      this.parts.engines.core.store.save();
    }
  }
}
