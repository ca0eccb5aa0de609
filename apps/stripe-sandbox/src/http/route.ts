import type { RequestRoot } from '../contract/roots.js';
import type { Engines } from '../engine/engines.js';
import type { Params } from '../engine/params.js';
import type { WebhookEndpoints } from '../webhooks/endpoints.js';

/** What a call of the API sees. */
export interface Call {
  readonly engines: Engines;
  readonly endpoints: WebhookEndpoints;
  readonly params: Params;
  /** The named parts of the path, such as `:id`. */
  readonly id: string;
  readonly subId: string;
  /** The connected account of a `Stripe-Account` header. */
  readonly accountId: string | null;
}

export interface Route {
  readonly method: 'DELETE' | 'GET' | 'POST';
  readonly path: string;
  /** The SDK's type of the parameters; null for a call that takes none. */
  readonly contract: RequestRoot | null;
  /** The parameters the sandbox acts on. Others the SDK allows are refused, rather than silently ignored. */
  readonly modelled: readonly string[];
  /** Whether the call may be made on behalf of a connected account. */
  readonly isPerAccount?: boolean;
  readonly run: (call: Call) => object;
}

export const PAGING = ['limit', 'starting_after', 'ending_before', 'created'] as const;
