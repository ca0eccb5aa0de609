import Stripe from 'stripe';

/** Signing needs no account: the SDK's own helper does what Stripe's servers do. */
const stripe = new Stripe('sk_test_sandbox');

export function signatureOf(payload: string, secret: string, timestamp: number): string {
  return stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
}
