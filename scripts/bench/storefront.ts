import type { Database } from '#platform/database';
import { freshDatabase } from './fresh-database.js';
import { openMarket } from './market.js';
import { print } from './report.js';
import { type Side, duel } from './rounds.js';
import { type Scenario, orderPlacement, productList } from './scenarios.js';
import { type Server, launch } from './servers.js';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 7);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 5);
const PROFILES = process.env['BENCH_PROFILE'];
const AUTH_SECRET = 'a-secret-for-benchmarks-that-is-long-enough';

async function statements(database: Database): Promise<number> {
  const [row] = await database.query<{ Value: string }>("SHOW GLOBAL STATUS LIKE 'Questions'");
  return Number(row?.Value);
}

function sidesOf(database: Database, scenario: Scenario, storefront: Server, baseline: Server): [Side, Side] {
  const side = (name: string, { url, cpuMs }: Server, path: string): Side => ({
    name,
    url,
    cpuMs,
    statements: () => statements(database),
    request: { method: 'POST', path, setupRequest: (request) => ({ ...request, ...scenario.next() }) },
    isRight: (body) => body.includes(scenario.mark),
  });
  return [side('storefront', storefront, '/graphql'), side('baseline', baseline, scenario.baselinePath)];
}

/** A comparison of different work would be none: the answers agree but for what is new every time. */
async function assertSameAnswer(scenario: Scenario, sides: readonly Side[]): Promise<void> {
  const { headers, body } = scenario.next();
  const answers: string[] = [];
  for (const { url, name, request } of sides) {
    // An idempotency key of its own for each, so that both really place an order.
    const own = String(body).replace(/req_\w+/, (key) => `${key}-${name}`);
    const init = { method: 'POST', headers: headers as Record<string, string>, body: own };
    const text = await (await fetch(`${url}${request.path ?? ''}`, init)).text();
    answers.push(text.replace(/ord_\w+|\d{4}-\d\d-\d\dT[\d:.]+Z/g, '*'));
  }
  if (new Set(answers).size !== 1) throw new Error(`The answers differ:\n${answers.join('\n')}`);
}

/** Fast and wrong does not count: every order has its line, its stock and its fact. */
async function assertBooks(database: Database): Promise<void> {
  const [row] = await database.query<Record<string, string>>(
    `SELECT (SELECT COUNT(*) FROM customer_order) AS orders, (SELECT COUNT(*) FROM order_line) AS orderLines,
            (SELECT COUNT(*) FROM outbox) AS facts, (SELECT SUM(reserved) FROM stock_level) AS reserved,
            (SELECT COALESCE(SUM(quantity), 0) FROM stock_reservation WHERE state = 'HELD') AS held`,
  );
  if (new Set(Object.values(row ?? {})).size !== 1)
    throw new Error(`The books disagree: ${JSON.stringify(row)}`);
  console.log(`\n${row?.['orders']} orders, each with its line, its stock and its fact.`);
}

async function run(
  database: Database,
  scenario: Scenario,
  servers: readonly [Server, Server],
): Promise<void> {
  const [ours, theirs] = sidesOf(database, scenario, ...servers);
  await assertSameAnswer(scenario, [ours, theirs]);
  const pace = { connections: scenario.connections, seconds: SECONDS, rounds: ROUNDS };
  const result = await duel(ours, theirs, pace);
  print(scenario.title, scenario.aim, pace, result);
}

export const STOREFRONT_PARTS = ['product-list', 'order-placement'] as const;
export type StorefrontPart = (typeof STOREFRONT_PARTS)[number];

/**
 * Each part runs against the compiled storefront and against a hand-written server that does the same work (`baseline.ts`), in turns
 * within one run. The numbers to quote are the ratio and the statements. BENCH_ROUNDS and BENCH_SECONDS change the pace;
 * BENCH_PROFILE names a folder for CPU profiles of the storefront.
 */
export async function benchStorefront(parts: readonly StorefrontPart[]): Promise<void> {
  const { url, database } = await freshDatabase();
  console.log('Filling a market of 2,000 products and 4,000 variants …');
  const market = await openMarket(database);
  const env = {
    NODE_ENV: 'production',
    SMS_GATEWAY_URL: 'http://127.0.0.1:9/never-called',
    STRIPE_API_URL: '',
    STRIPE_SECRET_KEY: 'sk_test_never_called',
    STRIPE_WEBHOOK_SECRET: 'whsec_never_called',
    AUTH_SECRET,
    DATABASE_URL: url,
    DATABASE_POOL_SIZE: '20',
    LOG_LEVEL: 'warn',
    LOG_FORMAT: 'json',
  };
  const profiling = PROFILES ? ['--cpu-prof', `--cpu-prof-dir=${PROFILES}`] : [];
  const storefront = await launch(
    'dist/apps/storefront/src/main.js',
    'STOREFRONT_PORT',
    '/health/ready',
    env,
    profiling,
  );
  const baseline = await launch('dist/scripts/bench/baseline.js', 'BASELINE_PORT', '/health/ready', env);
  const scenarios: Readonly<Record<StorefrontPart, () => Promise<Scenario>>> = {
    'product-list': () => productList(storefront.url),
    'order-placement': async () => orderPlacement(market, AUTH_SECRET),
  };
  try {
    for (const part of parts) await run(database, await scenarios[part](), [storefront, baseline]);
    await assertBooks(database);
  } finally {
    await Promise.all([storefront.stop(), baseline.stop()]);
    await database.close();
  }
}
