import type Stripe from 'stripe';
import { badParameter, noSuch } from '../http/problem.js';
import { type Core } from '../engine/core.js';
import { newStripeId, randomText } from '../engine/ids.js';
import type { Params } from '../engine/params.js';
import type { Endpoint } from '../engine/store.js';

/** The endpoint that comes from the sandbox's own settings, as `stripe listen` does; the API does not show it. */
export const DEFAULT_ENDPOINT_ID = 'we_default';

export interface DefaultTarget {
  readonly url: string | null;
  readonly secret: string;
}

/** A place events are sent to. */
export interface Target {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
}

export class WebhookEndpoints {
  constructor(
    private readonly core: Core,
    private defaultTarget: DefaultTarget,
  ) {}

  pointDefaultAt(url: string | null): void {
    this.defaultTarget = { ...this.defaultTarget, url };
  }

  get defaultUrl(): string | null {
    return this.defaultTarget.url;
  }

  get defaultSecret(): string {
    return this.defaultTarget.secret;
  }

  targetsOf(eventType: string): readonly Target[] {
    const registered = this.core.store.endpoints
      .filter(({ endpoint }) => endpoint.status === 'enabled' && hears(endpoint, eventType))
      .map(({ id, secret, endpoint }) => ({ id, secret, url: endpoint.url }));
    const { url, secret } = this.defaultTarget;
    return url === null ? registered : [{ id: DEFAULT_ENDPOINT_ID, url, secret }, ...registered];
  }

  target(id: string): Target | null {
    const { url, secret } = this.defaultTarget;
    if (id === DEFAULT_ENDPOINT_ID) return url === null ? null : { id, url, secret };
    const row = this.core.store.endpoints.get(id);
    return row === undefined ? null : { id, secret: row.secret, url: row.endpoint.url };
  }

  retrieve(id: string): Stripe.WebhookEndpoint {
    return this.#row(id).endpoint;
  }

  list(): readonly Stripe.WebhookEndpoint[] {
    return this.core.store.endpoints.newestFirst().map(({ endpoint }) => endpoint);
  }

  /** The only answer that shows the secret. */
  create(params: Params): Stripe.WebhookEndpoint {
    const version = params.textOrNull('api_version');
    if (version !== null && version !== this.core.apiVersion) {
      throw badParameter(`The sandbox renders events in ${this.core.apiVersion} only.`, 'api_version');
    }
    const id = newStripeId('we');
    const secret = `whsec_${randomText(32)}`;
    const endpoint: Stripe.WebhookEndpoint = {
      id,
      object: 'webhook_endpoint',
      api_version: version,
      application: null,
      created: this.core.clock.nowSeconds(),
      description: params.textOrNull('description'),
      enabled_events: [...params.texts('enabled_events')],
      livemode: false,
      metadata: params.metadata(),
      status: 'enabled',
      url: urlOf(params),
    };
    this.core.store.endpoints.put({ id, secret, endpoint });
    return { ...endpoint, secret };
  }

  update(id: string, params: Params): Stripe.WebhookEndpoint {
    const row = this.#row(id);
    const before = row.endpoint;
    const disabled = params.flag('disabled');
    const endpoint: Stripe.WebhookEndpoint = {
      ...before,
      description: params.has('description') ? params.textOrNull('description') : before.description,
      enabled_events: params.has('enabled_events')
        ? [...params.texts('enabled_events')]
        : before.enabled_events,
      metadata: params.metadata(before.metadata),
      status: disabled === undefined ? before.status : disabled ? 'disabled' : 'enabled',
      url: params.has('url') ? urlOf(params) : before.url,
    };
    this.core.store.endpoints.patch(row, { endpoint });
    return endpoint;
  }

  remove(id: string): Stripe.DeletedWebhookEndpoint {
    this.#row(id);
    this.core.store.endpoints.delete(id);
    return { id, object: 'webhook_endpoint', deleted: true };
  }

  #row(id: string): Endpoint {
    const row = this.core.store.endpoints.get(id);
    if (row === undefined) throw noSuch('webhook endpoint', id, 'webhook_endpoint');
    return row;
  }
}

function hears(endpoint: Stripe.WebhookEndpoint, type: string): boolean {
  return endpoint.enabled_events.includes('*') || endpoint.enabled_events.includes(type);
}

function urlOf(params: Params): string {
  const text = params.requiredText('url');
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw badParameter(
    'Invalid URL: an explicit scheme (such as https) must be provided.',
    'url',
    'url_invalid',
  );
}
