import type { Request } from 'autocannon';
import { newId, present } from '#libs/kernel';
import { AccessTokens } from '#platform/auth';
import type { Database } from '#platform/database';
import { type Contest, assertConstant, run } from './contest.js';
import { freshDatabase } from './fresh-database.js';
import { type MerchantGround, openMerchant } from './merchant-ground.js';
import { HEADERS, type Scenario, inTurn, post } from './scenarios.js';
import { launch } from './servers.js';

/** A cooperative looks with a few telephones at most. */
const CONNECTIONS = 2;
const PAGE = 24;
/** Longer than all rounds together. */
const TOKEN_MINUTES = 60;
const AUTH_SECRET = 'a-secret-for-benchmarks-that-is-long-enough';
const AIM = { p99Ms: 50 };

/** What the portal asks, with the size of a page to be chosen. */
const ORDERS = `query Orders($merchantId: ID!, $state: MerchantOrderState, $first: Int, $after: String) {
  merchantOrders(merchantId: $merchantId, state: $state, first: $first, after: $after) {
    nodes { id state handover goodsFen placedAt recipient { name county { name } } lines { id productName variantName quantity } }
    pageInfo { hasNextPage endCursor } } }`;
const TO_SHIP = `query ToShip($merchantId: ID!, $filter: OrdersToShipFilter, $first: Int, $after: String) {
  ordersToShip(merchantId: $merchantId, filter: $filter, first: $first, after: $after) {
    nodes { id state handover paymentTerm dueOn recipient { name phone address county { fullName name } }
      lines { id productName variantName quantity shippedQuantity calledOffQuantity batch { traceCode } } }
    pageInfo { hasNextPage endCursor } }
  ordersToShipCount(merchantId: $merchantId) { late today tomorrow later } }`;
const STATEMENTS = `query Statement($merchantId: ID!, $month: String, $first: Int) {
  statements(merchantId: $merchantId, month: $month, first: $first) {
    nodes { id month fromOn toOn lineCount opening { heldFen availableFen netFen } closing { heldFen availableFen owedFen netFen }
      totals { kind count amounts { availableFen netFen } } revisions { rev number state files { format path } } } } }`;
const LINES = `query StatementLines($statementId: ID!, $first: Int, $after: String) {
  statementLines(statementId: $statementId, first: $first, after: $after) {
    nodes { journalId partNo kind orderId wording effectiveAt amounts { availableFen netFen } } pageInfo { hasNextPage endCursor } } }`;

interface Ground extends Contest, MerchantGround {
  readonly headers: Record<string, string>;
}

const cursorOf = (...parts: readonly string[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');

/** Cursors scattered over all of it, and its beginning: people look at the top, and go back to what they remember. */
async function cursors(
  database: Database,
  sql: string,
  values: readonly string[],
  rows: number,
): Promise<readonly (string | null)[]> {
  const found: (string | null)[] = [];
  for (let part = 0; part < 20; part += 1) {
    const [row] = await database.query<Record<string, string>>(`${sql} LIMIT 1 OFFSET ?`, [
      ...values,
      Math.floor((rows * part) / 20),
    ]);
    found.push(null, cursorOf(...Object.values(present(row, 'a row')).map(String)));
  }
  return found;
}

function scenarioOf(
  title: string,
  { headers }: Ground,
  query: string,
  all: readonly object[],
  baselinePath: string | null,
): Scenario {
  const next = inTurn(all);
  const mark = query === STATEMENTS ? '"lineCount":' : '"endCursor":';
  const request = (): Request => post(headers, query, next());
  return { title, connections: CONNECTIONS, aim: AIM, baselinePath, mark, next: request };
}

export const MERCHANT_PARTS = [
  'merchant-orders',
  'orders-to-ship',
  'statement-list',
  'statement-lines',
] as const;
export type MerchantPart = (typeof MERCHANT_PARTS)[number];

const PARTS: Readonly<Record<MerchantPart, (ground: Ground) => Promise<Scenario>>> = {
  'merchant-orders': async (ground) => {
    const { database, merchantId, orders } = ground;
    const sql =
      'SELECT CAST(placed_at AS CHAR) AS at, id FROM merchant_order WHERE merchant_id = ? ORDER BY placed_at DESC, id DESC';
    const pages = await cursors(database, sql, [merchantId], orders);
    const all = pages.flatMap((after) =>
      [null, 'COMPLETED', 'TO_SHIP'].map((state) => ({ merchantId, state, first: PAGE, after })),
    );
    return scenarioOf(
      `Orders of a merchant, ${PAGE} a page, scattered`,
      ground,
      ORDERS,
      all,
      '/merchant-orders',
    );
  },
  'orders-to-ship': (ground) => {
    const { merchantId, productId } = ground;
    const filters = [{}, { due: 'LATE' }, { due: 'LATER' }, { provinceCode: '110000' }, { productId }];
    const all = filters.map((filter) => ({ merchantId, filter, first: PAGE, after: null }));
    const scenario = scenarioOf(
      'Orders to ship, filters in turn, and their counts',
      ground,
      TO_SHIP,
      all,
      null,
    );
    return Promise.resolve(scenario);
  },
  'statement-list': (ground) => {
    const { merchantId } = ground;
    const all = [{ merchantId, month: null, first: 12 }];
    return Promise.resolve(
      scenarioOf('Statements of a year with their totals', ground, STATEMENTS, all, '/statements'),
    );
  },
  'statement-lines': async (ground) => {
    const { database, statementId, orders } = ground;
    const sql = `SELECT CAST(effective_at AS CHAR) AS at, journal_id AS journal, part_no AS part FROM statement_line
      WHERE statement_id = ? ORDER BY effective_at, journal_id, part_no`;
    const pages = await cursors(database, sql, [statementId], orders);
    const all = pages.map((after) => ({ statementId, first: 30, after }));
    return scenarioOf('Lines of a statement, 30 a page, scattered', ground, LINES, all, '/statement-lines');
  },
};

/**
 * One cooperative with BENCH_ORDERS (100,000) orders of a year among forty others with as many, a statement with a line for each of them and twelve
 * small ones: the compiled merchant service against the hand-written handlers (`baseline-merchant.ts`), in turns.
 */
export async function benchMerchant(parts: readonly MerchantPart[]): Promise<void> {
  const { url, database } = await freshDatabase();
  const startedMs = performance.now();
  const made = await openMerchant(database);
  console.log(
    `${made.orders} orders of one merchant and as many of others, made in ${((performance.now() - startedMs) / 1_000).toFixed(0)} s.`,
  );
  const env = {
    NODE_ENV: 'development',
    STRIPE_API_URL: 'http://127.0.0.1:9',
    STRIPE_SECRET_KEY: 'sk_test_sandbox',
    STRIPE_WEBHOOK_SECRET: 'whsec_never_called',
    AUTH_SECRET,
    DATABASE_URL: url,
    DATABASE_POOL_SIZE: '20',
    LOG_LEVEL: 'warn',
    LOG_FORMAT: 'json',
  };
  const [ours, baseline] = await Promise.all([
    launch('dist/apps/merchant/src/main.js', 'MERCHANT_PORT', '/health/ready', env),
    launch('dist/scripts/bench/baseline.js', 'BASELINE_PORT', '/health/ready', env),
  ]);
  const token = new AccessTokens(AUTH_SECRET, TOKEN_MINUTES).sign({
    userId: newId('usr'),
    sessionId: newId('ses'),
    grants: [{ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: made.merchantId }],
  });
  const headers = { ...HEADERS, authorization: `Bearer ${token}` };
  const ground: Ground = { ...made, database, ours, baseline, headers };
  try {
    for (const part of parts) {
      const scenario = await present(PARTS[part], part)(ground);
      await run(ground, scenario);
      await assertConstant(database, ours.url, scenario.next());
    }
  } finally {
    await Promise.all([ours.stop(), baseline.stop()]);
    await database.close();
  }
}
