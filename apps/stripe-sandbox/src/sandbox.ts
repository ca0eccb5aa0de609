import { fastify, LogController, type FastifyInstance } from 'fastify';
import Stripe from 'stripe';
import { Contract } from './contract/contract.js';
import { SandboxCarrier } from './carrier/carrier.js';
import { mountCarrier } from './carrier/carrier-routes.js';
import { Control } from './control/control.js';
import { mountControl } from './control/control-routes.js';
import { Core } from './engine/core.js';
import { Engines } from './engine/engines.js';
import { Journal } from './engine/journal.js';
import { Scheduler } from './engine/scheduler.js';
import type { Settings } from './engine/settings.js';
import { Store } from './engine/store.js';
import { VirtualClock } from './engine/virtual-clock.js';
import { Faults } from './faults/plan.js';
import { Api } from './http/api.js';
import { CallLog } from './http/call-log.js';
import { Idempotency } from './http/idempotency.js';
import { dashboard } from './pages/dashboard.js';
import { PAGE_HEADERS } from './pages/html.js';
import { PayPages } from './pages/page-routes.js';
import { Deliveries } from './webhooks/deliveries.js';
import { WebhookEndpoints } from './webhooks/endpoints.js';

export type { Control } from './control/control.js';
export type { Delivery, SandboxEvent } from './engine/store.js';
export type { FaultPlan } from './faults/plan.js';

/** The API version the sandbox speaks: the one the installed SDK is pinned to, and no other. */
export const API_VERSION = '2026-10-28.endive';

/** ¥100,000: enough for the first days' refunds, since money from sales is not available at once. */
const OPENING_FLOAT = 10_000_000;
const ROWS_SHOWN = 25;
/** Only a development secret, like that of webhooks. */
const DEVELOPMENT_CARRIER_SECRET = 'carrier_taoyuan_development';

export interface SandboxOptions {
  readonly host?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Where events go unless a registered endpoint asks for them; null, the default, keeps them for `control.events`. */
  readonly webhookUrl?: string | null;
  readonly webhookSecret?: string;
  /** What carriers sign with, and where they tell of parcels; null, the default, tells nobody who does not ask. */
  readonly carrierSecret?: string;
  readonly carrierWebhookUrl?: string | null;
  /** A file under .data/ that remembers across restarts; null, the default, remembers nothing. */
  readonly stateFile?: string | null;
  readonly settings?: Partial<Settings>;
  /** In the settlement currency's smallest unit; 0 for a platform that starts with nothing. */
  readonly openingFloat?: number;
  readonly logLevel?: string;
  /** Compiles the checks of answers at once, instead of with the first answers. */
  readonly isWarmed?: boolean;
}

export interface RunningSandbox {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly webhookSecret: string;
  readonly control: Control;
  close(): Promise<void>;
}

/** Starts a sandbox in this process. Resolves when it listens; the contract may still be on its way. */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const {
    host = '127.0.0.1',
    port = 0,
    webhookUrl = null,
    webhookSecret = 'whsec_sandbox',
    logLevel,
  } = options;
  const server = fastify({
    logger: logLevel === undefined ? false : { level: logLevel },
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
  });
  const store = new Store(options.stateFile ? new Journal(options.stateFile) : null);
  const clock = new VirtualClock(store);
  const mistakes: unknown[] = [];
  const note = (error: unknown): void => {
    mistakes.push(error);
    server.log.error(error);
  };
  const scheduler = new Scheduler(store, clock, note);
  let publicUrl = '';
  const core = new Core(store, clock, scheduler, () => publicUrl, API_VERSION);
  const isNew = store.movements.size === 0;
  const { settings = {} } = options;
  store.changeSettings(settings);

  const engines = new Engines(core);
  const carrierSecret = options.carrierSecret ?? DEVELOPMENT_CARRIER_SECRET;
  const carrier = new SandboxCarrier(core, { url: options.carrierWebhookUrl ?? null, secret: carrierSecret });
  const endpoints = new WebhookEndpoints(core, { url: webhookUrl, secret: webhookSecret });
  const faults = new Faults();
  const deliveries = new Deliveries(core, endpoints, faults);
  const contract = new Contract(Stripe.PACKAGE_VERSION, (message) => server.log.warn(message));
  core.onEvent((event) => {
    contract.check({ ...event });
    deliveries.announce(event);
  });
  scheduler.on('webhook', (id) => deliveries.due(id));
  const openingFloat = options.openingFloat ?? OPENING_FLOAT;
  if (isNew && openingFloat > 0) engines.balances.topUp(openingFloat, core.settings.settlementCurrency);
  const control = new Control({ engines, endpoints, deliveries, faults, openingFloat, settings, mistakes });

  const calls = new CallLog();
  const idempotency = new Idempotency(store, clock);
  const api = new Api({ engines, endpoints, contract, faults, idempotency, calls, note });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  server.setNotFoundHandler((request, reply) => api.unknownRoute(request, reply));
  api.mount(server);
  mountControl(server, control, contract);
  mountCarrier(server, carrier, carrierSecret);
  new PayPages(engines, control).mount(server);
  server.get('/', (_request, reply) =>
    reply.headers(PAGE_HEADERS).send(overview(engines, endpoints, faults, calls, contract, carrier)),
  );

  await server.listen({ host, port });
  const bound = portOf(server);
  const url = `http://${host === '0.0.0.0' ? 'localhost' : host}:${bound}`;
  publicUrl = url;
  store.save();
  deliveries.resume();
  scheduler.arm();
  if (options.isWarmed === true) void contract.ready.then(() => setImmediate(() => contract.warm()));
  return {
    url,
    host,
    port: bound,
    webhookSecret,
    control,
    async close() {
      await server.close();
      await scheduler.close();
      await deliveries.close();
      store.save();
    },
  };
}

function portOf(server: FastifyInstance): number {
  const [address] = server.addresses();
  if (typeof address === 'object') return address.port;
  throw new Error('The sandbox listens on no port');
}

function overview(
  engines: Engines,
  endpoints: WebhookEndpoints,
  faults: Faults,
  calls: CallLog,
  contract: Contract,
  carrier: SandboxCarrier,
): string {
  const { core } = engines;
  return dashboard({
    apiVersion: API_VERSION,
    balance: engines.balances.balance(null),
    calls: calls.newestFirst().slice(0, ROWS_SHOWN),
    contract: contract.state,
    deliveries: core.store.deliveries.newestFirst().slice(0, ROWS_SHOWN),
    faults: faults.plan,
    intents: engines.paymentIntents.list().slice(0, ROWS_SHOWN),
    isFrozen: core.clock.isFrozen,
    now: core.clock.now(),
    parcels: carrier.all().slice(0, ROWS_SHOWN),
    refunds: engines.refunds.list().slice(0, ROWS_SHOWN),
    sessions: engines.checkoutSessions.list().slice(0, ROWS_SHOWN),
    webhookUrl: endpoints.defaultUrl,
  });
}
