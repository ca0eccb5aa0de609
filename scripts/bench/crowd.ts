import autocannon, { type Request } from 'autocannon';
import { type IdOf, newId, present } from '#libs/kernel';
import type { Database } from '#platform/database';
import { PAYMENT_START } from './checkout.js';
import type { Market } from './market.js';
import { inTurn, orderOf, post } from './scenarios.js';

const ATTEMPTS = 10_000;
const BOXES = 1_000;
const AT_ONCE = 500;
const HOT_AT_ONCE = 256;
/** Each asks the provider. */
const PAYING_AT_ONCE = 32;
const WARM_UP = 1_000;
/** Nobody buys so many in the time of the bench. */
const PLENTY = 1_000_000;
/** Nobody waits longer. */
const WAIT_MS_MAX = 2_000;

interface Rush {
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
  readonly maxMs: number;
  /** How many were answered with what. */
  readonly outcomes: ReadonlyMap<string, number>;
}

async function rush(url: string, amount: number, next: () => Request, connections = AT_ONCE): Promise<Rush> {
  const outcomes = new Map<string, number>();
  const hear = (_status: number, body: string) => {
    const outcome = /"__typename":"(\w+)"/.exec(body)?.[1] ?? body.slice(0, 200);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  };
  const startedMs = performance.now();
  const { errors, timeouts, latency } = await autocannon({
    url,
    connections,
    amount,
    requests: [{ setupRequest: (request) => ({ ...request, ...next() }), onResponse: hear }],
  });
  if (errors + timeouts > 0) throw new Error(`${errors} errors, ${timeouts} unanswered`);
  const seconds = (performance.now() - startedMs) / 1_000;
  return { seconds, p50: latency.p50, p99: latency.p99, maxMs: latency.max, outcomes };
}

interface Sold {
  readonly orders: string;
  readonly units: string;
  readonly held: string;
  readonly facts: string;
  readonly reserved: string;
}

async function soldOf(database: Database, variantId: IdOf<'var'>): Promise<Sold> {
  const [row] = await database.query<Sold>(
    `SELECT COUNT(DISTINCT l.order_id) AS orders, COALESCE(SUM(l.quantity), 0) AS units, COALESCE(SUM(r.quantity), 0) AS held,
       (SELECT COUNT(*) FROM outbox e WHERE e.name = 'order.placed' AND JSON_VALUE(e.payload, '$.orderId') IN
         (SELECT order_id FROM order_line WHERE variant_id = ?)) AS facts,
       (SELECT SUM(reserved) FROM stock_level WHERE variant_id = ?) AS reserved
     FROM order_line l LEFT JOIN stock_reservation r ON r.order_line_id = l.id AND r.state = 'HELD' WHERE l.variant_id = ?`,
    [variantId, variantId, variantId],
  );
  if (!row) throw new Error('nothing was sold');
  return row;
}

/** The same of a harvest: what is held is grams of its days. */
async function presoldOf(database: Database, presaleId: IdOf<'psl'>) {
  const [sold] = await database.query<Record<'orders' | 'lines' | 'holds' | 'promises' | 'facts', string>>(
    `SELECT COUNT(DISTINCT p.order_id) AS orders, COUNT(DISTINCT l.id) AS \`lines\`, COUNT(DISTINCT r.id) AS holds,
       COUNT(DISTINCT IF(d.day = p.promised_on AND d.day = l.promised_on, d.id, NULL), p.order_id) AS promises,
       (SELECT COUNT(*) FROM outbox e WHERE e.name = 'order.placed' AND JSON_VALUE(e.payload, '$.orderId') IN
         (SELECT order_id FROM presale_order WHERE presale_id = ?)) AS facts
     FROM presale_order p JOIN order_line l ON l.order_id = p.order_id
       LEFT JOIN stock_reservation r ON r.order_line_id = l.id AND r.state = 'HELD' LEFT JOIN presale_day d ON d.id = r.stock_level_id
     WHERE p.presale_id = ?`,
    [presaleId, presaleId],
  );
  const [days] = await database.query<Record<'all' | 'full' | 'unequal', string>>(
    `SELECT COUNT(*) AS \`all\`, SUM(d.reserved_g = d.capacity_g) AS full, SUM(d.reserved_g <> COALESCE(
       (SELECT SUM(r.quantity) FROM stock_reservation r WHERE r.stock_level_id = d.id AND r.state = 'HELD'), 0)) AS unequal
     FROM presale_day d WHERE d.presale_id = ?`,
    [presaleId],
  );
  return { sold: present(sold, 'what was sold'), days: present(days, 'its days') };
}

/** Each of five thousand buyers asks twice, every third of them with the same key: who has heard nothing asks again. Variants are wanted in turn. */
function attempts(
  variantIds: readonly IdOf<'var'>[],
  buyers: readonly Record<string, string>[],
): () => Request {
  let turn = 0;
  return () => {
    const index = turn % buyers.length;
    const round = index % 3 === 0 ? 0 : Math.floor(turn / buyers.length);
    const variantId = present(variantIds[index % variantIds.length], 'a variant');
    turn += 1;
    return orderOf(buyers[index] ?? {}, variantId, `opening-${index}-${round}-${variantId}`);
  };
}

/** Whoever has bought starts to pay, and taps twice. */
async function payTwice(
  { url, database }: { readonly url: string; readonly database: Database },
  market: Market,
  buyers: readonly Record<string, string>[],
  variantIds: readonly IdOf<'var'>[],
): Promise<string> {
  const orders = await database.query<{ id: string; buyerId: string }>(
    `SELECT o.id, o.buyer_id AS buyerId FROM customer_order o JOIN order_line l ON l.order_id = o.id WHERE l.variant_id IN (?)`,
    [variantIds],
  );
  const headersOf = new Map(market.buyers.map(({ id }, index) => [id as string, buyers[index] ?? {}]));
  const next = inTurn(orders.flatMap((order) => [order, order]));
  const tap = () => {
    const { id, buyerId } = next();
    return post(headersOf.get(buyerId) ?? {}, PAYMENT_START, { orderId: id });
  };
  const { outcomes, seconds } = await rush(url, orders.length * 2, tap, PAYING_AT_ONCE);
  const [paid] = await database.query<{ payments: string; orders: string; intents: string; exact: string }>(
    `SELECT COUNT(*) AS payments, COUNT(DISTINCT p.order_id) AS orders, COUNT(DISTINCT p.intent_ref) AS intents,
       SUM(p.amount_fen = IF(o.deposit_fen > 0, o.deposit_fen, o.total_fen)) AS exact
     FROM payment p JOIN customer_order o ON o.id = p.order_id WHERE p.order_id IN (?)`,
    [orders.map(({ id }) => id)],
  );
  const count = String(orders.length);
  if (paid?.payments !== count || new Set(Object.values(paid)).size !== 1)
    throw new Error(`${count} orders have ${JSON.stringify(paid)}`);
  return `${outcomes.get('PaymentStartPayload')} taps on "pay" in ${seconds.toFixed(1)} s made ${count} payments of what is due first, one an order`;
}

export interface Opening {
  readonly database: Database;
  readonly market: Market;
  readonly buyers: readonly Record<string, string>[];
  readonly url: string;
}

const SOLD_MARK = 'OrderPlacePayload';

function told({ outcomes }: Rush): string {
  return [...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
}

/** One variant that everybody wants, of which there is enough: how fast one row can be sold, and whether anybody waits too long. */
export async function benchHotVariant(
  { database, market, buyers, url }: Opening,
  statements: () => Promise<number>,
): Promise<void> {
  const variantId = await market.open(PLENTY);
  const buyer = inTurn(buyers);
  const next = () => orderOf(buyer(), variantId, newId('req'));
  await rush(url, WARM_UP, next, HOT_AT_ONCE);
  const before = await statements();
  const hot = await rush(url, ATTEMPTS, next, HOT_AT_ONCE);
  const perAnswer = ((await statements()) - before - 1) / ATTEMPTS;
  const sold = await soldOf(database, variantId);
  if (new Set(Object.values(sold)).size !== 1) throw new Error(`The books disagree: ${JSON.stringify(sold)}`);
  const perSecond = (hot.outcomes.get(SOLD_MARK) ?? 0) / hot.seconds;
  console.log(`\nOne variant, ${HOT_AT_ONCE} buyers at once, ${ATTEMPTS} orders`);
  console.log(
    `  ${perSecond.toFixed(0)} sold a second (${told(hot)}); p50 ${hot.p50} ms, p99 ${hot.p99} ms, the longest wait ${hot.maxMs.toFixed(0)} ms, ` +
      `${perAnswer.toFixed(1)} statements an answer`,
  );
  console.log(`  aim: no wait over ${WAIT_MS_MAX} ms: ${hot.maxMs < WAIT_MS_MAX ? 'met' : 'missed'}`);
}

/** Ten thousand attempts for a thousand boxes that lie there, five hundred at once. Sold exactly, nobody charged twice, nobody kept waiting. */
export async function benchStockOpening(opening: Opening): Promise<void> {
  const variantId = await opening.market.open(BOXES);
  const opened = await rush(opening.url, ATTEMPTS, attempts([variantId], opening.buyers));
  const sold = await soldOf(opening.database, variantId);
  if (new Set(Object.values(sold)).size !== 1 || sold.orders !== String(BOXES))
    throw new Error(`The books disagree: ${JSON.stringify(sold)}`);
  console.log(`\nOpening from stock: ${ATTEMPTS} attempts for ${BOXES} boxes, ${AT_ONCE} at once`);
  await tell(
    opening,
    opened,
    [variantId],
    `${sold.orders} boxes sold to the last, each order with its line, reservation and fact`,
  );
}

/** The same of a harvest to come: two kinds of box want the same ten days, and a deposit is paid. */
export async function benchPresaleOpening(opening: Opening): Promise<void> {
  const { id, variantIds } = await opening.market.openPresale(BOXES);
  const opened = await rush(opening.url, ATTEMPTS, attempts(variantIds, opening.buyers));
  const { sold, days } = await presoldOf(opening.database, id);
  const isExact = new Set(Object.values(sold)).size === 1 && sold.orders === String(BOXES);
  if (!isExact || days.full !== days.all || days.unequal !== '0')
    throw new Error(`The books disagree: ${JSON.stringify({ sold, days })}`);
  console.log(
    `\nPresale opening: ${ATTEMPTS} attempts for ${BOXES} boxes of ${days.all} days of a harvest, ${AT_ONCE} at once`,
  );
  const exactly = `${sold.orders} boxes sold, every day full to the gram, each order with its line, its promised day, its reservation and its fact`;
  await tell(opening, opened, variantIds, exactly);
}

async function tell(
  { database, market, buyers, url }: Opening,
  opened: Rush,
  variantIds: readonly IdOf<'var'>[],
  exactly: string,
): Promise<void> {
  console.log(
    `  over in ${opened.seconds.toFixed(1)} s (${(ATTEMPTS / opened.seconds).toFixed(0)} answers a second): ${told(opened)}; ` +
      `p50 ${opened.p50} ms, p99 ${opened.p99} ms, the longest wait ${opened.maxMs.toFixed(0)} ms`,
  );
  console.log(`  ${exactly}`);
  console.log(`  ${await payTwice({ url, database }, market, buyers, variantIds)}`);
  console.log(`  aim: no wait over ${WAIT_MS_MAX} ms: ${opened.maxMs < WAIT_MS_MAX ? 'met' : 'missed'}`);
}
