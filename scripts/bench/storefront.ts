import { setTimeout as sleep } from 'node:timers/promises';
import { present } from '#libs/kernel';
import type { Database } from '#platform/database';
import { benchCheckout } from './checkout.js';
import { type Contest, ROUNDS, SECONDS, assertConstant, run, statements } from './contest.js';
import { benchHotVariant, benchPresaleOpening, benchStockOpening } from './crowd.js';
import { freshDatabase } from './fresh-database.js';
import { type Market, openMarket } from './market.js';
import {
  cachedList,
  cartAdd,
  orderPlacement,
  productFacets,
  productList,
  productPage,
  productSearch,
  signedIn,
} from './scenarios.js';
import { type Server, cpuMsOfPidFile, launch } from './servers.js';

const PROFILES = process.env['BENCH_PROFILE'];
const PRODUCTS = Number(process.env['BENCH_PRODUCTS'] ?? 100_000);
/** More than a storefront allows a transaction between writing a document and committing it. */
const SETTLED_MS = 12_000;
/** A server that uses less than a twentieth of so long is at rest. */
const REST_MS = 1_000;
const AUTH_SECRET = 'a-secret-for-benchmarks-that-is-long-enough';

interface Ground extends Contest {
  readonly market: Market;
  readonly buyers: readonly Record<string, string>[];
  readonly sandbox: Server;
}

/** Fast and wrong does not count: every order has its line, its stock and its fact. */
async function assertBooks(database: Database): Promise<void> {
  const [row] = await database.query<Record<string, string>>(
    `SELECT (SELECT COUNT(*) FROM customer_order) AS orders, (SELECT COUNT(*) FROM order_line) AS orderLines,
            (SELECT COUNT(*) FROM outbox WHERE name = 'order.placed') AS facts,
            (SELECT COUNT(*) FROM stock_reservation WHERE state = 'HELD') AS holds`,
  );
  // Of levels units are held, of days of a harvest grams.
  const [held] = await database.query<Record<string, string>>(
    `SELECT (SELECT SUM(reserved) FROM stock_level) + (SELECT COALESCE(SUM(reserved_g), 0) FROM presale_day) AS reserved,
            (SELECT COALESCE(SUM(quantity), 0) FROM stock_reservation WHERE state = 'HELD') AS held`,
  );
  const { orders, facts, orderLines, holds } = row ?? {};
  // What "into the cart" has left there is bought with the first checkout: an order may have several lines.
  for (const counts of [{ orders, facts }, { orderLines, holds }, held])
    if (new Set(Object.values(counts ?? {})).size !== 1)
      throw new Error(`The books disagree: ${JSON.stringify(counts)}`);
  console.log(`\n${row?.['orders']} orders, each with its lines, their stock and its fact.`);
}

/** Until it has done what it does by itself after its start, above all the mirror of search. */
async function atRest({ cpuMs }: Server): Promise<void> {
  for (let before = cpuMs(); ;) {
    await sleep(REST_MS);
    const now = cpuMs();
    if (!(now - before > REST_MS / 20)) return; // NaN where there is no /proc
    before = now;
  }
}

export const STOREFRONT_PARTS = [
  'product-list',
  'product-page',
  'product-facets',
  'product-search',
  'cached-list',
  'cart-add',
  'order-placement',
  'checkout',
  'hot-variant',
  'stock-opening',
  'presale-opening',
] as const;
export type StorefrontPart = (typeof STOREFRONT_PARTS)[number];

const PARTS: Readonly<Record<StorefrontPart, (ground: Ground) => Promise<void>>> = {
  'product-list': async (ground) => {
    const scenario = await productList(ground.ours.url);
    await run(ground, scenario);
    await assertConstant(ground.database, ground.ours.url, scenario.next());
  },
  'product-page': (ground) => run(ground, productPage(ground.market)),
  'product-facets': (ground) => run(ground, productFacets(ground.market)),
  'product-search': async (ground) => {
    await atRest(ground.ours);
    await run(ground, productSearch());
    await assertConstant(ground.database, ground.ours.url, productSearch().next());
  },
  'cached-list': (ground) => run(ground, cachedList()),
  'cart-add': (ground) => run(ground, cartAdd(ground.market, ground.buyers)),
  'order-placement': (ground) => run(ground, orderPlacement(ground.market, ground.buyers)),
  checkout: async ({ database, ours, ...shop }) => {
    const [row] = await database.query<{ pidFile: string }>('SELECT @@pid_file AS pidFile');
    const databaseCpuMs = () => cpuMsOfPidFile(row?.pidFile ?? '');
    await benchCheckout(
      { ...shop, storefront: ours, statements: () => statements(database), databaseCpuMs },
      { rounds: ROUNDS, seconds: SECONDS },
    );
  },
  'hot-variant': ({ ours, ...ground }) =>
    benchHotVariant({ ...ground, url: ours.url }, () => statements(ground.database)),
  'stock-opening': ({ ours, ...ground }) => benchStockOpening({ ...ground, url: ours.url }),
  'presale-opening': ({ ours, ...ground }) => benchPresaleOpening({ ...ground, url: ours.url }),
};

/** The compiled storefront, the hand-written server and the sandbox, each a process. Not in production: there the sandbox takes no payments. */
async function launchAll(url: string): Promise<Pick<Ground, 'ours' | 'baseline' | 'sandbox'>> {
  const sandboxEnv = { STRIPE_WEBHOOK_URL: 'http://127.0.0.1:9/never-called', LOG_LEVEL: 'silent' };
  const sandbox = await launch(
    'dist/apps/stripe-sandbox/src/main.js',
    'STRIPE_SANDBOX_PORT',
    '/_sandbox/health',
    sandboxEnv,
  );
  // Nobody listens, and what is not heard would be sent again and again.
  await fetch(`${sandbox.url}/_sandbox/webhook_url`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url: null }),
  });
  const env = {
    NODE_ENV: 'development',
    STRIPE_API_URL: sandbox.url,
    STRIPE_SECRET_KEY: 'sk_test_sandbox',
    STRIPE_WEBHOOK_SECRET: 'whsec_never_called',
    AUTH_SECRET,
    DATABASE_URL: url,
    DATABASE_POOL_SIZE: '20',
    THROTTLE: 'off', // All of them come from one address.
    LOG_LEVEL: 'warn',
    LOG_FORMAT: 'json',
  };
  const profiling = PROFILES ? ['--cpu-prof', `--cpu-prof-dir=${PROFILES}`] : [];
  const [ours, baseline] = await Promise.all([
    launch('dist/apps/storefront/src/main.js', 'STOREFRONT_PORT', '/health/ready', env, profiling),
    launch('dist/scripts/bench/baseline.js', 'BASELINE_PORT', '/health/ready', env),
  ]);
  return { ours, baseline, sandbox };
}

/**
 * Parts with a hand-written counterpart (`baseline.ts`) run against it in turns within one run: the numbers to quote are the ratio and the
 * statements. BENCH_ROUNDS and BENCH_SECONDS change the pace, BENCH_PRODUCTS the size of the market; BENCH_PROFILE names a folder for CPU profiles
 * of the storefront.
 */
export async function benchStorefront(parts: readonly StorefrontPart[]): Promise<void> {
  const { url, database } = await freshDatabase();
  const isSearched = parts.includes('product-search');
  console.log(
    `Filling a market of ${PRODUCTS} products with two variants each${isSearched ? ', to be searched' : ''} …`,
  );
  const startedMs = performance.now();
  const market = await openMarket(database, { products: PRODUCTS, isSearched });
  console.log(`… in ${((performance.now() - startedMs) / 1_000).toFixed(0)} s.`);
  // A market that stands: of what was written within the last ten seconds a storefront that starts does not make its mirror of search.
  if (isSearched) await sleep(SETTLED_MS);
  const servers = await launchAll(url);
  const ground: Ground = { database, market, buyers: signedIn(market, AUTH_SECRET), ...servers };
  try {
    for (const part of parts) await present(PARTS[part], part)(ground);
    await assertBooks(database);
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.stop()));
    await database.close();
  }
}
