import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { present } from '#libs/kernel';
import { freshDatabase } from '../bench/fresh-database.js';
import { freePort } from '../bench/servers.js';
import { manyCabinets } from '../counters/many-cabinets.js';
import { stormy } from '../counters/temper.js';
import { Town } from '../counters/town.js';
import { KEPT_FEN } from './reckoning.js';
import { Processes } from './processes.js';
import { providerNetFen } from './provider.js';
import { storm } from './storm.js';

/**
 * `npm run storm -- --cabinets 1000 --minutes 5 --seed 1 --buyers 4`: cabinets, buyers, operators and a counterfeit at compiled services on servers of their own, while one service after the other
 * is killed; then everything comes to rest, and what really lies in the cabinets is compared with stock, money and volume to the unit and the fen. Exit code 1 where it does not agree.
 */
const { values } = parseArgs({
  options: {
    cabinets: { type: 'string', default: '1000' },
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    buyers: { type: 'string', default: '4' },
    slots: { type: 'string', default: '8' },
    doors: { type: 'string' },
  },
});
const [count, minutes, buyersPerSecond] = [
  Number(values.cabinets),
  Number(values.minutes),
  Number(values.buyers),
];
/** Of them, so many have one door and trays that weigh. */
const doors = Number(values.doors ?? Math.floor(count / 5));
const isPossible = count >= 1 && count <= 5_000 && minutes > 0 && buyersPerSecond > 0;
if (!isPossible || !(doors >= 0 && doors < count)) {
  console.error(
    '--cabinets is 1 to 5000, --minutes and --buyers (a second) more than 0, --doors fewer than cabinets',
  );
  process.exit(64); // EX_USAGE
}

const NAMES = ['storefront', 'merchant', 'settlement', 'broker', 'stripe-sandbox'] as const;
type Name = (typeof NAMES)[number];
/** Everybody but the bank: what it has forgotten nobody could count. */
const VICTIMS: readonly Name[] = [
  'broker',
  'settlement',
  'storefront',
  'broker',
  'merchant',
  'settlement',
  'broker',
  'storefront',
];
/** Whatever is put off for minutes, and with every further cabinet some more to be said. */
const REST_MS = 20 * 60_000 + count * 1_000;
/** Two come in within a second on two cores that have much other work to do. */
const GATHER_MS = 60_000 + count * 500;

const started = performance.now();
const seconds = () => ((performance.now() - started) / 1_000).toFixed(0).padStart(4);
const say = (line: string) => console.log(`${seconds()} s  ${line}`);

const { url, database } = await freshDatabase(8);
const authSecret = present(process.env['AUTH_SECRET'], 'AUTH_SECRET');
const ports = Object.fromEntries(
  await Promise.all([...NAMES, 'mqtt' as const].map(async (name) => [name, await freePort()] as const)),
) as Record<Name | 'mqtt', number>;
const at = (name: Name) => `http://127.0.0.1:${ports[name]}`;
const log = join(mkdtempSync(join(tmpdir(), 'taoyuan-storm-')), 'services.log');
const planOf = (name: Name) => ({
  script: `dist/apps/${name}/src/main.js`,
  healthUrl: `${at(name)}${name === 'stripe-sandbox' ? '/_sandbox/health' : '/health/ready'}`,
});
const processes = new Processes<Name>(
  {
    storefront: planOf('storefront'),
    merchant: planOf('merchant'),
    settlement: planOf('settlement'),
    broker: planOf('broker'),
    'stripe-sandbox': planOf('stripe-sandbox'),
  },
  {
    ...process.env,
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    DATABASE_URL: url,
    DATABASE_MIGRATION_URL: '',
    STRIPE_SECRET_KEY: 'sk_test_sandbox',
    STRIPE_API_URL: at('stripe-sandbox'),
    STRIPE_WEBHOOK_URL: `${at('settlement')}/webhooks/stripe`,
    STRIPE_SANDBOX_STATE: '',
    STOREFRONT_PORT: String(ports.storefront),
    MERCHANT_PORT: String(ports.merchant),
    SETTLEMENT_PORT: String(ports.settlement),
    BROKER_PORT: String(ports.broker),
    MQTT_PORT: String(ports.mqtt),
    MQTT_URL: '',
    STRIPE_SANDBOX_PORT: String(ports['stripe-sandbox']),
    PUBLIC_URL: at('storefront'),
    THROTTLE: 'off', // Everybody comes from one address here.
    LOG_LEVEL: 'warn',
    SWEEP_AFTER_SECONDS: '10',
  },
  log,
);

say(
  `${count} cabinets, ${doors} of them with one door and the others with ${values.slots} slots each; what the services say is in ${log}`,
);
const [stolen, ...provisioned] = await manyCabinets(database, count + 1, Number(values.slots), doors);
say('they stand there');
await Promise.all(NAMES.map((name) => processes.launch(name)));
say('services are up');
const town = new Town(
  {
    seed: values.seed,
    temper: stormy(count),
    mqttUrl: `mqtt://127.0.0.1:${ports.mqtt}`,
    urls: { storefront: at('storefront'), merchant: at('merchant') },
    authSecret,
    buyerEveryS: 1 / buyersPerSecond,
    visitEveryS: 1_200 / count,
    counterfeitEveryS: 2,
    fetchEveryS: 0,
    moods: null,
    stolen: stolen ?? null,
  },
  provisioned,
);
const telling = setInterval(() => {
  const { connected, said, waiting, soldUnits, soldFen } = town.numbers;
  say(
    `${connected} connected, ${said} said, ${waiting} waiting, ${soldUnits} units for ${soldFen} fen came out`,
  );
}, 30_000);

const faults = await storm({ database, kill: (name) => processes.kill(name), say }, town, {
  seconds: minutes * 60,
  victims: VICTIMS,
  gatherMs: GATHER_MS,
  restMs: REST_MS,
  hasLatePayers: true,
  hasClock: true,
  isHastened: false,
});
clearInterval(telling);
const [sums] = await database.query<Record<'outFen' | 'bills' | 'orders' | 'breaks' | 'messages', string>>(
  `SELECT ${KEPT_FEN} AS outFen, (SELECT COUNT(*) FROM door_opening WHERE state = 'PAID') AS bills, (SELECT COUNT(*) FROM vend) AS orders,
     (SELECT COUNT(*) FROM vend_break) AS breaks, (SELECT COUNT(*) FROM cabinet_message) AS messages`,
);
const atProvider = await providerNetFen(at('stripe-sandbox'));
if (atProvider !== BigInt(Math.round(Number(sums?.outFen ?? 0))))
  faults.push(`the provider has kept ${atProvider} fen, cabinets have sold for ${sums?.outFen}`);

const listed = (counts: ReadonlyMap<string, number>) =>
  [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([what, times]) => `${what} ${times}`)
    .join(', ');
const { soldUnits, soldFen, said, waiting } = town.numbers;
say(`buyers: ${listed(town.buyers.outcomes)}`);
say(`at doors: ${listed(town.takers.outcomes)}`);
say(`operators: ${listed(town.operators.outcomes)}`);
say(`a counterfeit tried ${town.counterfeit.tries} times`);
say(
  `${said} messages said, ${waiting} not acknowledged; ${sums?.messages} kept; ${sums?.orders} paid orders, ${soldUnits} units for ${soldFen} fen came out, ${sums?.breaks} breaks, ${sums?.bills} bills of open doors, ${atProvider} fen kept by the provider`,
);
if (waiting > 0) faults.push(`${waiting} messages were not acknowledged`);
if (soldUnits === 0 || town.counterfeit.tries === 0)
  faults.push('nothing was sold, or nobody tried to cheat');
for (const fault of faults) say(`✗ ${fault}`);
const isGood = faults.length === 0;
say(isGood ? '✓ stock, money and volume agree, to the unit and the fen' : `${faults.length} faults`);
await processes.stop();
await database.close();
process.exit(isGood ? 0 : 1);
