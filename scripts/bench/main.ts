import { createConnection } from 'mysql2/promise';
import { newId, present } from '#libs/kernel';
import { AccessTokens } from '#platform/auth';
import { openDatabase } from '#platform/database';
import { openMarket } from './market.js';
import { print } from './report.js';
import { type Pace, type Side, duel } from './rounds.js';
import { launch } from './servers.js';

/**
 * `npm run bench [-- product-list …]`: each scenario runs against the compiled storefront and against a hand-written handler
 * that does the same work, alternately, in the same run. The numbers to quote are the ratio and the statements.
 */
/** Longer than all rounds together. */
const TOKEN_MINUTES = 60;
const PACE: Pace = { connections: 32, seconds: 6, rounds: 5 };

const PRODUCT_LIST = `query ($first: Int!) { products(first: $first) { nodes { id name priceFromFen isPerishable
  merchant { id name } originCounty { code name } variants { id name netWeightG priceFen pricePer500gFen } }
  pageInfo { hasNextPage endCursor } } }`;

const ORDER_PLACE = `mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) { ... on OrderPlacePayload { order { id totalFen } } } }`;

const databaseUrl = new URL(process.env['DATABASE_URL'] ?? '');
databaseUrl.pathname = '/taoyuan_bench';

async function recreate(): Promise<void> {
  const server = new URL(databaseUrl);
  server.pathname = '/';
  const connection = await createConnection({ uri: server.toString() });
  await connection.query('DROP DATABASE IF EXISTS taoyuan_bench');
  await connection.query('CREATE DATABASE taoyuan_bench CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci');
  await connection.end();
}

await recreate();
const database = await openDatabase({ databaseUrl: databaseUrl.toString(), databasePoolSize: 4 });
await database.dataSource.runMigrations();
console.log('Filling a market of 2,000 products and 4,000 variants …');
const market = await openMarket(database);

const env = {
  NODE_ENV: 'production',
  SMS_GATEWAY_URL: 'http://127.0.0.1:9/never-called',
  STRIPE_API_URL: '',
  STRIPE_SECRET_KEY: 'sk_test_never_called',
  STRIPE_WEBHOOK_SECRET: 'whsec_never_called',
  AUTH_SECRET: 'a-secret-for-benchmarks-that-is-long-enough',
  DATABASE_URL: databaseUrl.toString(),
  DATABASE_POOL_SIZE: '20',
  LOG_LEVEL: 'warn',
  LOG_FORMAT: 'json',
};
const storefront = await launch('dist/apps/storefront/src/main.js', 'STOREFRONT_PORT', '/health/ready', env);
const baseline = await launch('dist/scripts/bench/baseline.js', 'BASELINE_PORT', '/health/ready', env);

const statements = async () => {
  const [row] = await database.query<{ Value: string }>("SHOW GLOBAL STATUS LIKE 'Questions'");
  return Number(row?.Value);
};
const post = (path: string, body: object) => ({
  method: 'POST' as const,
  path,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const side = (name: string, url: string, path: string, body: object): Side => ({
  name,
  url,
  request: post(path, body),
  statements,
  isRight: (text) => text.includes('"id":"prd_'),
});

async function productList(): Promise<void> {
  const variables = { first: 24 };
  const ours = side('storefront', storefront.url, '/graphql', { query: PRODUCT_LIST, variables });
  const theirs = side('baseline', baseline.url, '/products', { variables });
  await assertSameAnswer(ours, theirs);
  print('Product list of 24, uncached', 0.8, PACE, await duel(ours, theirs, PACE));
}

/** Every request another order: its own key, its own variant in turn, one box. */
async function orderPlacement(): Promise<void> {
  const actor = { userId: newId('usr'), sessionId: newId('ses'), grants: [] };
  const token = new AccessTokens(env.AUTH_SECRET, TOKEN_MINUTES).sign(actor);
  const recipient = {
    name: '李女士',
    phone: '19900000300',
    countyCode: '430225',
    address: '霞阳镇神农大道1号',
  };
  let turn = 0;
  const nextBody = (query: object) => {
    turn += 1;
    const lines = [
      { variantId: present(market.variantIds[turn % market.variantIds.length], 'a variant'), quantity: 1 },
    ];
    return JSON.stringify({
      ...query,
      variables: { input: { idempotencyKey: newId('req'), lines, recipient } },
    });
  };
  const placing = (name: string, url: string, path: string, query: object): Side => ({
    name,
    url,
    statements,
    request: {
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      setupRequest: (request) => ({ ...request, body: nextBody(query) }),
    },
    isRight: (body) => body.includes('"id":"ord_'),
  });
  const ours = placing('storefront', storefront.url, '/graphql', { query: ORDER_PLACE });
  const theirs = placing('baseline', baseline.url, '/orders', {});
  print('Order placement, spread over 4,000 variants', 0.6, PACE, await duel(ours, theirs, PACE));
}

/** A comparison of different work would be none. */
async function assertSameAnswer(...sides: readonly Side[]): Promise<void> {
  const answers = await Promise.all(
    sides.map(async ({ url, request }) => {
      const init = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: String(request.body),
      };
      return (await fetch(`${url}${request.path ?? ''}`, init)).text();
    }),
  );
  if (new Set(answers).size !== 1) throw new Error(`The answers differ:\n${answers.join('\n')}`);
}

const scenarios: Readonly<Record<string, () => Promise<void>>> = {
  'product-list': productList,
  'order-placement': orderPlacement,
};

try {
  const asked = process.argv.slice(2);
  for (const name of asked.length > 0 ? asked : Object.keys(scenarios)) {
    const scenario = scenarios[name];
    if (!scenario)
      throw new Error(`There is no scenario "${name}"; there are: ${Object.keys(scenarios).join(', ')}`);
    await scenario();
  }
} finally {
  await Promise.all([storefront.stop(), baseline.stop()]);
  await database.close();
}
