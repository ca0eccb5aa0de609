import type Stripe from 'stripe';
import type { Journal } from './journal.js';
import { DEFAULT_SETTINGS, type Settings } from './settings.js';
import { Table, type Change, type Row } from './table.js';

/** The latest this many events are kept; Stripe keeps 30 days of them. */
const EVENTS_MAX = 20_000;
const DELIVERIES_MAX = 20_000;
const PARCELS_MAX = 20_000;
const IDEMPOTENCY_KEYS_MAX = 20_000;

/** A movement of a balance, and what of it the API does not show. */
export interface Movement {
  readonly id: string;
  readonly accountId: string | null;
  readonly payoutId: string | null;
  readonly transaction: Stripe.BalanceTransaction;
}

/** The payment a buyer is asked for: what an intent waits on while it says `requires_action`. */
export interface Attempt {
  readonly id: string;
  readonly returnUrl: string | null;
  readonly expiresAtMs: number;
}

/** What a Checkout Session was asked to put on its intent once the buyer pays. */
export interface SessionPlan {
  readonly id: string;
  readonly lineItems: readonly Stripe.LineItem[];
  readonly captureMethod: 'automatic_async' | 'manual';
  readonly description: string | null;
  readonly metadata: Stripe.Metadata;
  readonly transferGroup: string | null;
}

export interface SandboxEvent {
  readonly id: string;
  readonly object: 'event';
  readonly account?: string;
  readonly api_version: string;
  readonly created: number;
  readonly data: { readonly object: object; readonly previous_attributes?: object };
  readonly livemode: false;
  readonly pending_webhooks: number;
  readonly request: { readonly id: string | null; readonly idempotency_key: string | null };
  readonly type: string;
}

export interface Endpoint {
  readonly id: string;
  readonly secret: string;
  readonly endpoint: Stripe.WebhookEndpoint;
}

export type DeliveryState = 'abandoned' | 'delivered' | 'dropped' | 'held' | 'waiting';

/** One copy of one event on its way to one endpoint. */
export interface Delivery {
  readonly id: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly endpointId: string;
  readonly url: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly dueAtMs: number;
  readonly lastAnswer: string | null;
  readonly fault: string | null;
  readonly snapshot: object | null;
}

export interface Task {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly dueAtMs: number;
}

export interface IdempotentAnswer {
  readonly id: string;
  readonly fingerprint: string;
  readonly storedAtMs: number;
  readonly requestId: string;
  readonly status: number;
  readonly body: string;
}

/** What happens to a parcel, and where. */
export interface ParcelStep {
  readonly kind: string;
  readonly place: string;
}

/** A parcel under a carrier's number: what has happened to it, and what lies ahead. */
export interface Parcel {
  readonly id: string;
  readonly carrier: string;
  readonly trackingNo: string;
  readonly isVoid: boolean;
  readonly isTravelling: boolean;
  readonly ahead: readonly ParcelStep[];
  readonly events: readonly (ParcelStep & {
    readonly id: string;
    readonly at: string;
    readonly tries: number;
  })[];
}

interface SettingsRow extends Row {
  readonly id: 'settings';
  readonly settings: Settings;
}

interface ClockRow extends Row {
  readonly id: 'clock';
  readonly offsetMs: number;
  readonly frozenAtMs: number | null;
}

/** Everything the sandbox remembers. With a journal, every change is on disk before the answer leaves. */
export class Store {
  readonly #tables: Table<Row>[] = [];

  readonly accounts = this.#table<Stripe.Account>('accounts');
  readonly attempts = this.#table<Attempt>('attempts');
  readonly charges = this.#table<Stripe.Charge>('charges');
  readonly clock = this.#table<ClockRow>('clock');
  readonly deliveries = this.#table<Delivery>('deliveries', DELIVERIES_MAX);
  readonly disputes = this.#table<Stripe.Dispute>('disputes');
  readonly endpoints = this.#table<Endpoint>('endpoints');
  readonly events = this.#table<SandboxEvent>('events', EVENTS_MAX);
  readonly idempotentAnswers = this.#table<IdempotentAnswer>('idempotent_answers', IDEMPOTENCY_KEYS_MAX);
  readonly movements = this.#table<Movement>('movements');
  readonly parcels = this.#table<Parcel>('parcels', PARCELS_MAX);
  readonly paymentIntents = this.#table<Stripe.PaymentIntent>('payment_intents');
  readonly paymentMethods = this.#table<Stripe.PaymentMethod>('payment_methods');
  readonly payouts = this.#table<Stripe.Payout>('payouts');
  readonly refunds = this.#table<Stripe.Refund>('refunds');
  readonly reversals = this.#table<Stripe.TransferReversal>('reversals');
  readonly sessions = this.#table<Stripe.Checkout.Session>('sessions');
  readonly sessionPlans = this.#table<SessionPlan>('session_plans');
  readonly settings = this.#table<SettingsRow>('settings');
  readonly tasks = this.#table<Task>('tasks');
  readonly transfers = this.#table<Stripe.Transfer>('transfers');

  constructor(private readonly journal: Journal | null) {
    for (const [name, id, row] of journal?.read() ?? []) this.#restore(name, id, row);
    journal?.compact(this.#everything());
  }

  currentSettings(): Settings {
    // What was written before a setting came to be has none of it.
    return { ...DEFAULT_SETTINGS, ...this.settings.get('settings')?.settings };
  }

  changeSettings(change: Partial<Settings>): Settings {
    const settings = { ...this.currentSettings(), ...change };
    this.settings.put({ id: 'settings', settings });
    return settings;
  }

  /** Writes the changes since the last call; the door calls it before each answer. */
  save(): void {
    this.journal?.append();
    if (this.journal?.isLong === true) this.journal.compact(this.#everything());
  }

  reset(): void {
    for (const table of this.#tables) table.clear();
    this.journal?.compact([]);
  }

  /** Every table as plain rows, for the control API's dump. */
  dump(): Record<string, readonly Row[]> {
    return Object.fromEntries(this.#tables.map((table) => [table.name, table.all()]));
  }

  #table<T extends Row>(name: string, rowsMax?: number): Table<T> {
    const table = new Table<T>(name, (change) => this.journal?.note(change), rowsMax);
    this.#tables.push(table as unknown as Table<Row>);
    return table;
  }

  #restore(name: string, id: string, row: Row | null): void {
    const table = this.#tables.find((candidate) => candidate.name === name);
    if (row === null) table?.forget(id);
    else table?.restore(row);
  }

  #everything(): readonly Change[] {
    return this.#tables.flatMap((table) => table.all().map((row): Change => [table.name, row.id, row]));
  }
}
