import type { EventType } from '../contract/roots.js';
import { newStripeId } from './ids.js';
import type { Scheduler } from './scheduler.js';
import type { Settings } from './settings.js';
import type { SandboxEvent, Store } from './store.js';
import type { VirtualClock } from './virtual-clock.js';

/** The call being executed, as its events will name it. */
export interface Origin {
  readonly requestId: string;
  readonly idempotencyKey: string | null;
}

type Publish = (event: SandboxEvent) => void;

/** What every engine stands on: the store, the time, the settings, and a way to say that something happened. */
export class Core {
  /** Null while the clock or the control API acts; Stripe's own events name no request either. */
  origin: Origin | null = null;
  #publish: Publish = () => undefined;

  constructor(
    readonly store: Store,
    readonly clock: VirtualClock,
    readonly scheduler: Scheduler,
    /** Where the buyer's browser finds the pay page. */
    readonly publicUrl: () => string,
    readonly apiVersion: string,
  ) {}

  get settings(): Settings {
    return this.store.currentSettings();
  }

  onEvent(publish: Publish): void {
    this.#publish = publish;
  }

  /** Records an event with the object as it is now and hands it to the webhooks. */
  emit(type: EventType, object: object, options: { before?: object; account?: string | null } = {}): void {
    const changed = options.before === undefined ? undefined : changedAttributes(options.before, object);
    const event: SandboxEvent = {
      id: newStripeId('evt'),
      object: 'event',
      ...(options.account === undefined || options.account === null ? {} : { account: options.account }),
      api_version: this.apiVersion,
      created: this.clock.nowSeconds(),
      data: { object, ...(changed === undefined ? {} : { previous_attributes: changed }) },
      livemode: false,
      pending_webhooks: 0,
      request: { id: this.origin?.requestId ?? null, idempotency_key: this.origin?.idempotencyKey ?? null },
      type,
    };
    this.publish(event);
  }

  publish(event: SandboxEvent): void {
    this.store.events.put(event);
    this.#publish(event);
  }

  /** Seconds from now on the virtual clock, in the milliseconds the scheduler counts. */
  inSeconds(seconds: number): number {
    return this.clock.nowMs() + seconds * 1000;
  }
}

/** What an `…updated` event tells: the earlier values of whatever differs. */
function changedAttributes(before: object, after: object): object {
  const later: Readonly<Record<string, unknown>> = { ...after };
  return Object.fromEntries(
    Object.entries(before).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(later[name])),
  );
}

/** The id of an expandable field; rows hold ids only, the door expands. */
export function idOf(field: string | { readonly id: string } | null | undefined): string | null {
  if (field === null || field === undefined) return null;
  return typeof field === 'string' ? field : field.id;
}
