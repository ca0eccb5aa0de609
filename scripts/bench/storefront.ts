import { setTimeout as sleep } from 'node:timers/promises';
import type { Request } from 'autocannon';
import { present } from '#libs/kernel';
import type { Database } from '#platform/database';
import { benchCheckout } from './checkout.js';
import { benchHotVariant, benchPresaleOpening, benchStockOpening } from './crowd.js';
import { freshDatabase } from './fresh-database.js';
import { type Market, openMarket } from './market.js';
import { printAlone, printDuel } from './report.js';
import { type Pace, type Side, alone, duel } from './rounds.js';
import {
  type Scenario,
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

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 5);
const PROFILES = process.env['BENCH_PROFILE'];
const PRODUCTS = Number(process.env['BENCH_PRODUCTS'] ?? 100_000);
/** Longer than any question under way takes. */
const QUIET_MS = 3_000;
/** More than a storefront allows a transaction between writing a document and committing it. */
const SETTLED_MS = 12_000;
/** A server that uses less than a twentieth of so long is at rest. */
const REST_MS = 1_000;
const AUTH_SECRET = 'a-secret-for-benchmarks-that-is-long-enough';

async function statements(database: Database): Promise<number> {
  const [row] = await database.query<{ Value: string }>("SHOW GLOBAL STATUS LIKE 'Questions'");
  return Number(row?.Value);
}

interface Ground {
  readonly database: Database;
  readonly market: Market;
  readonly buyers: readonly Record<string, string>[];
  readonly storefront: Server;
  readonly baseline: Server;
  readonly sandbox: Server;
}

function sideOf(
  database: Database,
  { mark, next }: Scenario,
  { url, cpuMs }: Server,
  path: string | null,
): Side {
  return {
    name: path ?? 'storefront',
    url,
    cpuMs,
    statements: () => statements(database),
    request: {
      setupRequest: (request) => ({ ...request, ...next(), ...(path === null ? {} : { path }) }),
    },
    isRight: mark === null ? null : (body) => body.includes(mark),
  };
}

async function textOf(url: string, { method = 'GET', path = '', headers, body }: Request): Promise<string> {
  const init = {
    method,
    headers: headers as Record<string, string>,
    body: body === undefined ? null : String(body),
  };
  return (await fetch(`${url}${path}`, init)).text();
}

/** A comparison of different work would be none: the answers agree but for what is new every time. */
async function assertSameAnswer(
  { next }: Scenario,
  ours: string,
  theirs: string,
  path: string,
): Promise<void> {
  const request = next();
  // An idempotency key of its own for each, so that both really place an order.
  const own = (name: string) => ({
    ...request,
    body: String(request.body).replace(/req_\w+/, (key) => `${key}-${name}`),
  });
  const answers = [await textOf(ours, own('ours')), await textOf(theirs, { ...own('theirs'), path })].map(
    (text) => text.replace(/ord_\w+|\d{4}-\d\d-\d\dT[\d:.]+Z/g, '*'),
  );
  if (new Set(answers).size !== 1) throw new Error(`The answers differ:\n${answers.join('\n')}`);
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

/** The same number of statements whatever the size of a page, or something is read row by row. */
async function assertConstant(database: Database, url: string, request: Request): Promise<void> {
  const counts: number[] = [];
  // The load generator leaves without waiting for its last answers.
  await sleep(QUIET_MS);
  for (const first of [1, 24, 96]) {
    const { query, variables } = JSON.parse(String(request.body)) as { query: string; variables: object };
    const body = JSON.stringify({ query, variables: { ...variables, first } });
    const before = await statements(database);
    await textOf(url, { ...request, body });
    counts.push((await statements(database)) - before - 1);
  }
  if (new Set(counts).size !== 1)
    throw new Error(`Pages of 1, 24 and 96 take ${counts.join(', ')} statements`);
  console.log(`  ${counts[0]} statements for a page of 1, of 24 and of 96`);
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

async function run({ database, storefront, baseline }: Ground, scenario: Scenario): Promise<void> {
  const { title, aim, connections, baselinePath } = scenario;
  const pace: Pace = { connections, seconds: SECONDS, rounds: ROUNDS };
  const ours = sideOf(database, scenario, storefront, null);
  if (baselinePath === null) {
    printAlone(title, aim, pace, await alone(ours, pace));
  } else {
    await assertSameAnswer(scenario, storefront.url, baseline.url, baselinePath);
    const theirs = sideOf(database, scenario, baseline, baselinePath);
    printDuel(title, aim, pace, await duel(ours, theirs, pace));
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
    const scenario = await productList(ground.storefront.url);
    await run(ground, scenario);
    await assertConstant(ground.database, ground.storefront.url, scenario.next());
  },
  'product-page': (ground) => run(ground, productPage(ground.market)),
  'product-facets': (ground) => run(ground, productFacets(ground.market)),
  'product-search': async (ground) => {
    await atRest(ground.storefront);
    await run(ground, productSearch());
    await assertConstant(ground.database, ground.storefront.url, productSearch().next());
  },
  'cached-list': (ground) => run(ground, cachedList()),
  'cart-add': (ground) => run(ground, cartAdd(ground.market, ground.buyers)),
  'order-placement': (ground) => run(ground, orderPlacement(ground.market, ground.buyers)),
  checkout: async ({ database, ...shop }) => {
    const [row] = await database.query<{ pidFile: string }>('SELECT @@pid_file AS pidFile');
    const databaseCpuMs = () => cpuMsOfPidFile(row?.pidFile ?? '');
    await benchCheckout(
      { ...shop, statements: () => statements(database), databaseCpuMs },
      { rounds: ROUNDS, seconds: SECONDS },
    );
  },
  'hot-variant': ({ storefront, ...ground }) =>
    benchHotVariant({ ...ground, url: storefront.url }, () => statements(ground.database)),
  'stock-opening': ({ storefront, ...ground }) => benchStockOpening({ ...ground, url: storefront.url }),
  'presale-opening': ({ storefront, ...ground }) => benchPresaleOpening({ ...ground, url: storefront.url }),
};

/** The compiled storefront, the hand-written server and the sandbox, each a process. Not in production: there the sandbox takes no payments. */
async function launchAll(url: string): Promise<Pick<Ground, 'storefront' | 'baseline' | 'sandbox'>> {
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
  const [storefront, baseline] = await Promise.all([
    launch('dist/apps/storefront/src/main.js', 'STOREFRONT_PORT', '/health/ready', env, profiling),
    launch('dist/scripts/bench/baseline.js', 'BASELINE_PORT', '/health/ready', env),
  ]);
  return { storefront, baseline, sandbox };
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
