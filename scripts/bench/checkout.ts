import autocannon, { type Request } from 'autocannon';
import { newId, present } from '#libs/kernel';
import type { Market } from './market.js';
import { median } from './rounds.js';
import { CART_LINE_SET, ORDER_PLACE, inTurn, post, scattered } from './scenarios.js';
import type { Server } from './servers.js';

const CONNECTIONS = 24;
/** Complete ones a second. */
const AIM = 150;

const ADDRESSES = 'query Addresses { addresses { id county { code name } detail isDefault } }';
const PREVIEW = `query Preview($input: CheckoutPreviewInput!) { checkoutPreview(input: $input) {
  goodsFen freightFen totalFen parts { merchant { id name } goodsFen freightFen } lines { variantName quantity } } }`;
export const PAYMENT_START = `mutation PaymentStart($orderId: ID!) { paymentStart(orderId: $orderId, method: ALIPAY) { __typename
  ... on PaymentStartPayload { payment { id state action { __typename } } } ... on DomainError { code message } } }`;

/** What one buyer knows on the way. */
interface Way {
  startedMs?: number;
  buyer?: { readonly headers: Record<string, string>; readonly addressId: string };
  totalFen?: string;
  orderId?: string;
}

interface Answer {
  readonly data?: {
    readonly checkoutPreview?: { readonly totalFen: string };
    readonly orderPlace?: { readonly order?: { readonly id: string } };
    readonly paymentStart?: { readonly payment?: { readonly action: object | null } };
  };
}

/** Cart, address, freight, order, payment: five requests of one buyer, each with what the one before has answered. */
function stepsOf(market: Market, buyers: readonly Record<string, string>[], tookMs: number[]): Request[] {
  const buyer = inTurn(
    buyers.map((headers, index) => ({ headers, ...present(market.buyers[index], 'a buyer') })),
  );
  const variant = scattered(market.variantIds);
  const who = ({ buyer: one }: Way) => present(one, 'a buyer');
  const read = (body: string): NonNullable<Answer['data']> => {
    const { data } = JSON.parse(body) as Answer;
    return present(data, `an answer instead of ${body}`);
  };
  const step = (ask: (way: Way) => Request, hear: (way: Way, body: string) => void): Request => ({
    setupRequest: (request, way) => ({ ...request, ...ask(way as Way) }),
    onResponse: (_status, body, way) => hear(way as Way, body),
  });
  return [
    step(
      (way) => {
        way.startedMs = performance.now();
        way.buyer = buyer();
        return post(way.buyer.headers, CART_LINE_SET, { input: { variantId: variant(), quantity: 1 } });
      },
      (_, body) => present(body.includes('"CartLineSetPayload"') || null, `a cart instead of ${body}`),
    ),
    step(
      (way) => post(who(way).headers, ADDRESSES, {}),
      (way, body) => present(body.includes(who(way).addressId) || null, `an address instead of ${body}`),
    ),
    step(
      (way) => post(who(way).headers, PREVIEW, { input: { countyCode: market.county } }),
      (way, body) => {
        way.totalFen = present(read(body).checkoutPreview, body).totalFen;
      },
    ),
    step(
      (way) => {
        const { headers, addressId } = who(way);
        const input = { idempotencyKey: newId('req'), addressId, totalFen: way.totalFen };
        return post(headers, ORDER_PLACE, { input });
      },
      (way, body) => {
        way.orderId = present(read(body).orderPlace?.order, body).id;
      },
    ),
    step(
      (way) => post(who(way).headers, PAYMENT_START, { orderId: way.orderId }),
      (way, body) => {
        present(read(body).paymentStart?.payment?.action, `a page to pay at instead of ${body}`);
        tookMs.push(performance.now() - (way.startedMs ?? 0));
      },
    ),
  ];
}

async function once(url: string, steps: readonly Request[], seconds: number): Promise<number> {
  const result = await autocannon({ url, connections: CONNECTIONS, duration: seconds, requests: [...steps] });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`checkout: ${result.non2xx} refusals, ${result.errors} errors`);
  return result.duration;
}

interface Shop {
  readonly market: Market;
  readonly buyers: readonly Record<string, string>[];
  readonly storefront: Server;
  readonly sandbox: Server;
  readonly statements: () => Promise<number>;
  /** Processor time that the database has used so far. */
  readonly databaseCpuMs: () => number;
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/**
 * Complete checkouts a second, against the sandbox. Where other work shares the machine, the processor time of each process is what can be
 * compared: on two cores all of them together may use 13.3 ms for the aim, and the storefront, which is one thread, 6.7 ms.
 */
export async function benchCheckout(
  { market, buyers, storefront, sandbox, statements, databaseCpuMs }: Shop,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<void> {
  const processes = {
    storefront: storefront.cpuMs,
    sandbox: sandbox.cpuMs,
    database: databaseCpuMs,
    client: ownCpuMs,
  };
  const cpuNow = () => Object.values(processes).map((cpuMs) => cpuMs());
  await once(storefront.url, stepsOf(market, buyers, []), Math.max(3, seconds / 2));
  const results: { perSecond: number; p50: number; p99: number; statements: number; cpuMs: number[] }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const tookMs: number[] = [];
    const [before, cpuBefore] = [await statements(), cpuNow()];
    const took = await once(storefront.url, stepsOf(market, buyers, tookMs), seconds);
    const cpuAfter = cpuNow();
    const sorted = tookMs.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
    results.push({
      perSecond: sorted.length / took,
      p50: at(0.5),
      p99: at(0.99),
      statements: ((await statements()) - before - 1) / sorted.length,
      cpuMs: cpuAfter.map((ms, index) => (ms - (cpuBefore[index] ?? 0)) / sorted.length),
    });
  }
  const of = (pick: (result: (typeof results)[number]) => number) => median(results.map(pick));
  const perSecond = of((result) => result.perSecond);
  const cpu = Object.keys(processes).map(
    (name, index) => `${name} ${of(({ cpuMs }) => cpuMs[index] ?? Number.NaN).toFixed(2)}`,
  );
  const cpuTogether = of(({ cpuMs }) => cpuMs.reduce((sum, ms) => sum + ms, 0));
  console.log(
    `\nCheckout (cart, address, freight, order, payment): ${CONNECTIONS} buyers at once, ${rounds} rounds of ${seconds} s`,
  );
  console.log(
    `  ${perSecond.toFixed(0)} complete a second; p50 ${of(({ p50 }) => p50).toFixed(0)} ms, p99 ${of(({ p99 }) => p99).toFixed(0)} ms, ` +
      `${of((result) => result.statements).toFixed(1)} statements each`,
  );
  console.log(`  cpu ms each: ${cpu.join(', ')}; together ${cpuTogether.toFixed(2)}`);
  console.log(`  aim ${AIM} complete a second: ${perSecond >= AIM ? 'met' : 'missed'}`);
}
