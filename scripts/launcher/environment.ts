import type { Home, Secrets } from './home.js';

/** Where each door opens unless told otherwise; the bootstrap has refused taken ports before this is read. */
const DEFAULTS = {
  NODE_ENV: 'development',
  HOST: '127.0.0.1',
  STOREFRONT_PORT: '3000',
  MERCHANT_PORT: '3001',
  SETTLEMENT_PORT: '3002',
  STRIPE_SANDBOX_PORT: '3010',
  LOG_LEVEL: 'info',
  LOG_FORMAT: 'pretty',
} as const;

/** Every setting a service may get; containers use the same names. */
export const SETTING_NAMES = [
  ...Object.keys(DEFAULTS),
  'PUBLIC_URL',
  'DATABASE_URL',
  'REDIS_URL',
  'AUTH_SECRET',
  'STRIPE_SECRET_KEY',
  'STRIPE_API_URL',
  'STRIPE_WEBHOOK_SECRET',
] as const;

export type Settings = Record<string, string>;

/** Anything given outside wins; an empty value counts as not given. */
export function settingsFor(
  given: NodeJS.ProcessEnv,
  addresses: { databaseUrl: string; redisUrl: string },
  secrets: Secrets,
): Settings {
  const isGiven = ([, value]: [string, string | undefined]) => value !== undefined && value !== '';
  const outside = Object.fromEntries(Object.entries(given).filter(isGiven)) as Settings;
  const base = { ...DEFAULTS, ...outside };
  const sandbox: Settings = usesSandbox(given)
    ? { STRIPE_SECRET_KEY: 'sk_test_sandbox', STRIPE_API_URL: `http://127.0.0.1:${base.STRIPE_SANDBOX_PORT}` }
    : {};
  return {
    ...base,
    PUBLIC_URL: outside.PUBLIC_URL ?? `http://127.0.0.1:${base.STOREFRONT_PORT}`,
    AUTH_SECRET: outside.AUTH_SECRET ?? secrets.authSecret,
    STRIPE_WEBHOOK_SECRET: outside.STRIPE_WEBHOOK_SECRET ?? secrets.stripeWebhookSecret,
    DATABASE_URL: addresses.databaseUrl,
    REDIS_URL: addresses.redisUrl,
    ...sandbox,
  };
}

export function usesSandbox(given: NodeJS.ProcessEnv): boolean {
  return !given.STRIPE_SECRET_KEY;
}

/** A process that is marked can be found when its launcher has been killed. */
export function marked(settings: Settings, markName: string, home: Home): Settings {
  return { ...settings, [markName]: home.mark };
}
