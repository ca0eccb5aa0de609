import { createConnection } from 'mysql2/promise';
import { openDatabase } from '#platform/database';
import { openMarket } from './market.js';
import { print } from './report.js';
import { type Pace, type Side, duel } from './rounds.js';
import { launch } from './servers.js';

/**
 * `npm run bench [-- product-list …]`: each scenario runs against the compiled storefront and against a hand-written handler
 * that does the same work, alternately, in the same run. The numbers to quote are the ratio and the statements.
 */
const PACE: Pace = { connections: 32, seconds: 6, rounds: 5 };

const PRODUCT_LIST = `query ($first: Int!) { products(first: $first) { nodes { id name priceFromFen isPerishable
  merchant { id name } originCounty { code name } variants { id name netWeightG priceFen pricePer500gFen } }
  pageInfo { hasNextPage endCursor } } }`;

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
await openMarket(database);

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
});

async function productList(): Promise<void> {
  const variables = { first: 24 };
  const ours = side('storefront', storefront.url, '/graphql', { query: PRODUCT_LIST, variables });
  const theirs = side('baseline', baseline.url, '/products', { variables });
  await assertSameAnswer(ours, theirs);
  print('Product list of 24, uncached', 0.8, PACE, await duel(ours, theirs, PACE));
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

const scenarios: Readonly<Record<string, () => Promise<void>>> = { 'product-list': productList };

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
