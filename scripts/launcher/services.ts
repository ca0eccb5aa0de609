import { callable, type Settings } from './environment.js';
import type { ServicePlan } from './service.js';

/** A busy first start takes its time; longer than this and the log says why. */
const READY_LIMIT_MS = 60_000;
const SANDBOX_READY_LIMIT_MS = 30_000;

function scriptOf(app: string): string {
  return `dist/apps/${app}/src/main.js`;
}

export interface Door {
  readonly name: string;
  readonly url: string;
}

export function doorsOf(settings: Settings): Door[] {
  const host = callable(settings.HOST);
  return [
    { name: 'storefront', url: `http://${host}:${settings.STOREFRONT_PORT}` },
    { name: 'merchant', url: `http://${host}:${settings.MERCHANT_PORT}` },
    { name: 'settlement', url: `http://${host}:${settings.SETTLEMENT_PORT}` },
  ];
}

export function doorPlans(settings: Settings, hasSourceMaps: boolean): ServicePlan[] {
  return doorsOf(settings).map(({ name, url }) => ({
    name,
    script: scriptOf(name),
    healthUrl: `${url}/health/ready`,
    readyLimitMs: READY_LIMIT_MS,
    hasSourceMaps,
  }));
}

/** The line to the cabinets: no door for people. */
export function brokerPlan(settings: Settings, hasSourceMaps: boolean): ServicePlan {
  return {
    name: 'broker',
    script: scriptOf('broker'),
    healthUrl: `http://${callable(settings.HOST)}:${settings.BROKER_PORT}/health/ready`,
    readyLimitMs: READY_LIMIT_MS,
    hasSourceMaps,
  };
}

export function sandboxUrl(settings: Settings): string {
  return `http://${callable(settings.HOST)}:${settings.STRIPE_SANDBOX_PORT}`;
}

export function sandboxPlan(settings: Settings, hasSourceMaps: boolean): ServicePlan {
  return {
    name: 'stripe-sandbox',
    script: scriptOf('stripe-sandbox'),
    healthUrl: `${sandboxUrl(settings)}/_sandbox/health`,
    readyLimitMs: SANDBOX_READY_LIMIT_MS,
    hasSourceMaps,
  };
}
