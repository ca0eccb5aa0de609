import Stripe from 'stripe';
import type { Config } from '#platform/config';

/** Objects and events are rendered in this version; raising it is a change of its own. */
export const STRIPE_API_VERSION = '2026-10-28.endive';

/** A buyer is waiting; what takes longer is asked about afterwards. */
const TIMEOUT_MS = 8_000;
/** The SDK's own, with the same key, for connections that broke; ours come later, from the janitor. */
const RETRIES_MAX = 1;

export function stripeClient({ stripe: { secretKey, apiUrl } }: Config): Stripe {
  const elsewhere = apiUrl === undefined ? null : new URL(apiUrl);
  return new Stripe(secretKey, {
    apiVersion: STRIPE_API_VERSION,
    timeout: TIMEOUT_MS,
    maxNetworkRetries: RETRIES_MAX,
    telemetry: false,
    ...(elsewhere && {
      host: elsewhere.hostname,
      port: elsewhere.port,
      protocol: elsewhere.protocol === 'https:' ? 'https' : 'http',
    }),
  });
}
