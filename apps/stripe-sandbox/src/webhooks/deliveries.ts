import type { Core } from '../engine/core.js';
import { newStripeId } from '../engine/ids.js';
import type { Delivery, SandboxEvent } from '../engine/store.js';
import type { Faults, WebhookFault } from '../faults/plan.js';
import type { Target, WebhookEndpoints } from './endpoints.js';
import { signatureOf } from './signature.js';

const REORDER_HOLD_MS = 500;
/** How much of an endpoint's answer the dashboard shows. */
const ANSWER_LENGTH_MAX = 200;

/** A signed event as a POST carries it. */
export interface SignedEvent {
  readonly body: string;
  readonly signature: string;
}

/** Brings events to their endpoints: at least once, each endpoint one after another, and wrong where planned. */
export class Deliveries {
  /** Events held back until enough have come to change places. */
  readonly #held = new Map<string, Delivery[]>();
  readonly #holdTimers = new Set<NodeJS.Timeout>();
  readonly #lines = new Map<string, Promise<void>>();
  #isClosed = false;

  constructor(
    private readonly core: Core,
    private readonly endpoints: WebhookEndpoints,
    private readonly faults: Faults,
  ) {}

  /** Called with every event; what is planned to go wrong with it is decided here, once per endpoint. */
  announce(event: SandboxEvent): void {
    for (const target of this.endpoints.targetsOf(event.type)) this.#plan(event, target);
  }

  /** Sends one stored event again, as the dashboard's Resend does. */
  resend(event: SandboxEvent): void {
    for (const target of this.endpoints.targetsOf(event.type)) this.#queue(this.#new(event, target, null));
  }

  /** Takes up what a restart interrupted. */
  resume(): void {
    for (const delivery of this.core.store.deliveries.filter(
      ({ state }) => state === 'waiting' || state === 'held',
    )) {
      this.#queue(this.core.store.deliveries.patch(delivery, { state: 'waiting' }));
    }
  }

  /** The scheduler's call: a delivery that was to wait has waited. */
  due(id: string): void {
    const delivery = this.core.store.deliveries.get(id);
    if (delivery?.state === 'waiting') this.#queue(delivery);
  }

  /** Resolves when nothing is on its way; what waits for its time, or is held back, is not on its way. */
  async idle(): Promise<void> {
    while (this.#lines.size > 0) await Promise.all(this.#lines.values());
  }

  /** Lets go of what is held back; what is being posted ends by itself. */
  forget(): void {
    for (const timer of this.#holdTimers) clearTimeout(timer);
    this.#holdTimers.clear();
    this.#held.clear();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.forget();
    await Promise.all(this.#lines.values());
  }

  /** The body and header a receiver would get, for tests that hand events over themselves. */
  sign(
    event: SandboxEvent,
    options: { readonly secret?: string; readonly timestamp?: number } = {},
  ): SignedEvent {
    const body = JSON.stringify(event, null, 2);
    const timestamp = options.timestamp ?? this.#signatureSeconds();
    return { body, signature: signatureOf(body, options.secret ?? this.endpoints.defaultSecret, timestamp) };
  }

  #plan(event: SandboxEvent, target: Target): void {
    const fault = this.faults.forEvent(event.type);
    const delivery = this.#new(event, target, fault);
    switch (fault?.fault) {
      case 'drop':
        this.core.store.deliveries.patch(delivery, { state: 'dropped' });
        return;
      case 'delay':
        this.#later(delivery, this.core.inSeconds(fault.seconds));
        return;
      case 'duplicate':
        for (let copy = 1; copy < fault.copies; copy += 1) this.#queue(this.#new(event, target, fault));
        this.#queue(delivery);
        return;
      case 'reorder':
        this.#hold(delivery, fault);
        return;
      case 'second_event':
        this.#queue(delivery);
        this.#sendTwin(event, target, fault);
        return;
      default:
        this.#queue(delivery);
    }
  }

  #new(event: SandboxEvent, target: Target, fault: WebhookFault | null): Delivery {
    return this.core.store.deliveries.put({
      id: newStripeId('whd'),
      eventId: event.id,
      eventType: event.type,
      endpointId: target.id,
      url: target.url,
      state: 'waiting',
      attempts: 0,
      dueAtMs: this.core.clock.nowMs(),
      lastAnswer: null,
      fault: fault === null ? null : faultText(fault),
      snapshot: fault?.fault === 'old_snapshot' ? this.#earliestSnapshot(event) : null,
    });
  }

  /** Another event, with an id of its own, for the same object and type: Stripe does that now and then. */
  #sendTwin(event: SandboxEvent, target: Target, fault: WebhookFault): void {
    const twin = { ...event, id: newStripeId('evt') };
    this.core.store.events.put(twin);
    this.#queue(this.#new(twin, target, fault));
  }

  #earliestSnapshot(event: SandboxEvent): object {
    const { id } = event.data.object as { readonly id?: string };
    const earliest = this.core.store.events.find(
      ({ data }) => (data.object as { readonly id?: string }).id === id,
    );
    return earliest?.data.object ?? event.data.object;
  }

  #hold(delivery: Delivery, fault: WebhookFault & { readonly fault: 'reorder' }): void {
    const held = [
      ...(this.#held.get(delivery.endpointId) ?? []),
      this.core.store.deliveries.patch(delivery, { state: 'held' }),
    ];
    this.#held.set(delivery.endpointId, held);
    if (held.length >= fault.window) {
      this.#release(delivery.endpointId);
      return;
    }
    const timer = setTimeout(() => {
      this.#holdTimers.delete(timer);
      this.#release(delivery.endpointId);
    }, fault.holdMs ?? REORDER_HOLD_MS).unref();
    this.#holdTimers.add(timer);
  }

  #release(endpointId: string): void {
    const held = this.#held.get(endpointId) ?? [];
    this.#held.delete(endpointId);
    if (held.length === 0) return;
    const shuffled = held.length === 1 ? held : this.faults.random.shuffled(held);
    for (const delivery of shuffled)
      this.#queue(this.core.store.deliveries.patch(delivery, { state: 'waiting' }));
  }

  #later(delivery: Delivery, dueAtMs: number): void {
    this.core.store.deliveries.patch(delivery, { dueAtMs });
    this.core.scheduler.at('webhook', delivery.id, dueAtMs);
  }

  /** One line per endpoint, so that without faults events arrive in the order in which they happened. */
  #queue(delivery: Delivery): void {
    const { endpointId } = delivery;
    const line = (this.#lines.get(endpointId) ?? Promise.resolve())
      .then(() => this.#attempt(delivery.id))
      .finally(() => {
        if (this.#lines.get(endpointId) === line) this.#lines.delete(endpointId);
      });
    this.#lines.set(endpointId, line);
  }

  async #attempt(id: string): Promise<void> {
    const delivery = this.core.store.deliveries.get(id);
    const event = this.core.store.events.get(delivery?.eventId ?? '');
    const target = this.endpoints.target(delivery?.endpointId ?? '');
    if (this.#isClosed || delivery?.state !== 'waiting') return;
    if (event === undefined || target === null) {
      this.core.store.deliveries.patch(delivery, {
        state: 'abandoned',
        lastAnswer: 'endpoint or event is gone',
      });
      return;
    }
    const answer = await this.#post(target, delivery, event);
    if (this.core.store.deliveries.get(id) === undefined) return; // Reset meanwhile.
    this.#note(delivery, answer);
    this.core.store.save();
  }

  #note(delivery: Delivery, answer: { readonly isGood: boolean; readonly text: string }): void {
    const attempts = delivery.attempts + 1;
    const noted = { attempts, lastAnswer: answer.text };
    if (answer.isGood) {
      this.core.store.deliveries.patch(delivery, { ...noted, state: 'delivered' });
      return;
    }
    const wait = this.core.settings.webhookRetrySeconds[attempts - 1];
    if (wait === undefined) {
      this.core.store.deliveries.patch(delivery, { ...noted, state: 'abandoned' });
      return;
    }
    const dueAtMs = this.core.inSeconds(wait);
    this.core.store.deliveries.patch(delivery, { ...noted, dueAtMs });
    this.core.scheduler.at('webhook', delivery.id, dueAtMs);
  }

  async #post(
    target: Target,
    delivery: Delivery,
    event: SandboxEvent,
  ): Promise<{ readonly isGood: boolean; readonly text: string }> {
    const data = delivery.snapshot === null ? event.data : { ...event.data, object: delivery.snapshot };
    const { body, signature } = this.sign(
      { ...event, data, pending_webhooks: 1 },
      {
        secret: this.#secretFor(target, delivery),
        timestamp: this.#signatureSeconds() - staleSeconds(delivery),
      },
    );
    try {
      const response = await fetch(target.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'stripe-signature': signature,
          'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(this.core.settings.webhookTimeoutMs),
      });
      const text = `${response.status} ${(await response.text()).slice(0, ANSWER_LENGTH_MAX)}`.trim();
      return { isGood: response.status >= 200 && response.status < 300, text };
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      return { isGood: false, text: String(cause).slice(0, ANSWER_LENGTH_MAX) };
    }
  }

  /** A forged signature is forged once: Stripe's retry of it is genuine. */
  #secretFor(target: Target, delivery: Delivery): string {
    return delivery.fault === 'bad_signature' && delivery.attempts === 0
      ? `whsec_forged${target.secret}`
      : target.secret;
  }

  #signatureSeconds(): number {
    const { clock, settings } = this.core;
    return settings.signatureClock === 'virtual' ? clock.nowSeconds() : Math.floor(clock.wallMs() / 1000);
  }
}

function faultText(fault: WebhookFault): string {
  return fault.fault === 'stale_timestamp' ? `stale_timestamp:${fault.seconds}` : fault.fault;
}

/** A stale signature is stale once, likewise. */
function staleSeconds({ fault, attempts }: Delivery): number {
  const match = /^stale_timestamp:(\d+)$/.exec(fault ?? '');
  return match !== null && attempts === 0 ? Number(match[1]) : 0;
}
