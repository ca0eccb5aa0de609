import { join } from 'node:path';
import type { Infrastructure } from './infrastructure.js';
import type { Home } from './home.js';

/** Where each door opens unless told otherwise; the bootstrap has refused taken ports before this is read. */
const DEFAULTS = {
  NODE_ENV: 'development',
  HOST: '127.0.0.1',
  STOREFRONT_PORT: '3000',
  MERCHANT_PORT: '3001',
  SETTLEMENT_PORT: '3002',
  BROKER_PORT: '3003',
  MQTT_PORT: '1883',
  STRIPE_SANDBOX_PORT: '3010',
  LOG_LEVEL: 'info',
  LOG_FORMAT: 'pretty',
} as const;

/** Every setting a service may get; containers use the same names. */
export const SETTING_NAMES = [
  ...Object.keys(DEFAULTS),
  'TRUSTED_PROXIES',
  'THROTTLE',
  'DOOR_HOLD_FEN',
  'DOOR_WAIVE_FEN',
  'MQTT_URL',
  'MQTT_TLS_CERT',
  'MQTT_TLS_KEY',
  'PUBLIC_URL',
  'DATABASE_URL',
  'DATABASE_MIGRATION_URL',
  'REDIS_URL',
  'AUTH_SECRET',
  'DATA_KEYS',
  'FILES_URL',
  'MAPS_DIR',
  'MAPS_PUBLIC',
  'UNPAID_ORDERS_MAX',
  'OPEN_CASES_MAX',
  'LEDGER_SIGNING_KEY',
  'LEDGER_ORIGIN',
  'PLATFORM_NAME',
  'PLATFORM_CREDIT_CODE',
  'CARRIER_API_URL',
  'CARRIER_SECRET',
  'CARRIER_WEBHOOK_URL',
  'STRIPE_SECRET_KEY',
  'STRIPE_API_URL',
  'STRIPE_WEBHOOK_SECRET',
  'STRIPE_WEBHOOK_URL',
  'STRIPE_SANDBOX_STATE',
] as const;

export type Settings = Record<string, string>;

/** Anything given outside wins; an empty value counts as not given. */
export function settingsFor(
  given: NodeJS.ProcessEnv,
  {
    databaseUrl,
    migrationUrl,
    redisUrl,
    secrets,
    home,
  }: Pick<Infrastructure, 'databaseUrl' | 'migrationUrl' | 'redisUrl' | 'secrets' | 'home'>,
): Settings {
  const isGiven = ([, value]: [string, string | undefined]) => value !== undefined && value !== '';
  const outside = Object.fromEntries(Object.entries(given).filter(isGiven)) as Settings;
  const base = { ...DEFAULTS, ...outside };
  const settings = {
    ...base,
    PUBLIC_URL: outside.PUBLIC_URL ?? `http://127.0.0.1:${base.STOREFRONT_PORT}`,
    AUTH_SECRET: outside.AUTH_SECRET ?? secrets.authSecret,
    DATA_KEYS: outside.DATA_KEYS ?? secrets.dataKeys,
    LEDGER_SIGNING_KEY: outside.LEDGER_SIGNING_KEY ?? secrets.ledgerSigningKey,
    STRIPE_WEBHOOK_SECRET: outside.STRIPE_WEBHOOK_SECRET ?? secrets.stripeWebhookSecret,
    DATABASE_URL: databaseUrl,
    DATABASE_MIGRATION_URL: migrationUrl,
    REDIS_URL: redisUrl,
  };
  if (!usesSandbox(given)) return settings;
  const host = callable(base.HOST);
  return {
    ...settings,
    STRIPE_SECRET_KEY: 'sk_test_sandbox',
    STRIPE_API_URL: `http://${host}:${base.STRIPE_SANDBOX_PORT}`,
    STRIPE_WEBHOOK_URL:
      outside.STRIPE_WEBHOOK_URL ?? `http://${host}:${base.SETTLEMENT_PORT}/webhooks/stripe`,
    // The sandbox is every carrier as well, unless there is a real one.
    ...(outside.CARRIER_API_URL === undefined && {
      CARRIER_API_URL: `http://${host}:${base.STRIPE_SANDBOX_PORT}/carrier`,
      CARRIER_SECRET: outside.CARRIER_SECRET ?? `carrier_${settings.STRIPE_WEBHOOK_SECRET}`,
      CARRIER_WEBHOOK_URL:
        outside.CARRIER_WEBHOOK_URL ?? `http://${host}:${base.SETTLEMENT_PORT}/webhooks/carrier`,
    }),
    // Payments must outlive a restart: the orders that wait for them do.
    STRIPE_SANDBOX_STATE: outside.STRIPE_SANDBOX_STATE ?? join(home.dir, 'stripe-sandbox.jsonl'),
  };
}

/** A wildcard address is listened on, not called. */
export function callable(host: string | undefined): string {
  return host === undefined || host === '' || host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}

export function usesSandbox(given: NodeJS.ProcessEnv): boolean {
  return !given.STRIPE_SECRET_KEY;
}

/** A process that is marked can be found when its launcher has been killed. */
export function marked(settings: Settings, markName: string, home: Home): Settings {
  return { ...settings, [markName]: home.mark };
}
