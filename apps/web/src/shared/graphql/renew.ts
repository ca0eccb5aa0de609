import { ask } from './ask.js';

const RENEW = 'mutation { sessionRefresh { __typename } }';

interface Renewal {
  readonly sessionRefresh: { readonly __typename: string };
}

/** Tabs and components that find out together renew once. */
let renewing: Promise<Renewal | null> | null = null;

/** Whether the session goes on; null where nobody has said. */
export async function renew(): Promise<boolean | null> {
  renewing ??= ask<Renewal>(RENEW).finally(() => (renewing = null));
  const renewal = await renewing;
  return renewal && renewal.sessionRefresh.__typename === 'SessionRefreshPayload';
}
