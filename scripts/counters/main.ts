import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { configFromEnvironment } from '#platform/config';
import { openDatabase } from '#platform/database';
import { callable } from '../launcher/environment.js';
import { provision } from './provision.js';
import { CALM, WILD } from './temper.js';
import { Town } from './town.js';

/**
 * `npm run counters -- --cabinets 326 --seed 1 --minutes 5 [--calm] [--buyers 60]`: cabinets with their buyers, operators and misfortunes at the services of `npm start`. What they were given
 * before to sign in with is revoked: for demonstrations and trials only.
 */
const { values } = parseArgs({
  options: {
    cabinets: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '0' },
    buyers: { type: 'string' },
    calm: { type: 'boolean', default: false },
  },
});
const { seed, calm: isCalm } = values;
const [count, minutes] = [Number(values.cabinets), Number(values.minutes)];
/** A cabinet of the city sells twenty things a day; in a wild town twenty in ten minutes. */
const buyersPerHour = Number(values.buyers ?? count * (isCalm ? 1.5 : 120));
if (!Number.isInteger(count) || count < 1 || count > 2_000 || !(minutes >= 0) || !(buyersPerHour >= 0)) {
  console.error(
    '--cabinets is 1 to 2000, --minutes 0 or more (0: until Ctrl-C), --buyers so many an hour, 0 or more',
  );
  process.exit(64); // EX_USAGE
}
const config = configFromEnvironment();
if (config.isProduction) {
  console.error(
    'Not in production: it revokes what cabinets sign in with, and its buyers pay at the sandbox.',
  );
  process.exit(78); // EX_CONFIG
}

const SAY_EVERY_MS = isCalm ? 3_600_000 : 10_000;
const HOUR_S = 3_600;
const LEAVE_MS = 30_000;
const urlOf = (port: number) => `http://${callable(config.host)}:${port}`;
const mqttUrl = config.mqtt.url ?? `${config.mqtt.tls ? 'mqtts' : 'mqtt'}://127.0.0.1:${config.mqtt.port}`;

const database = await openDatabase(config);
const provisioned = await provision(database, count);
await database.close();
const town = new Town(
  {
    seed,
    temper: isCalm ? CALM : WILD,
    mqttUrl,
    urls: { storefront: urlOf(config.ports.storefront), merchant: urlOf(config.ports.merchant) },
    authSecret: config.authSecret,
    // Without the sandbox nobody pays: a purse that is not there is not opened.
    buyerEveryS: config.stripe.apiUrl === undefined ? 0 : HOUR_S / Math.max(1, buyersPerHour),
    visitEveryS: isCalm ? (12 * HOUR_S) / count : 1_200 / count,
    counterfeitEveryS: isCalm ? HOUR_S : 30,
    fetchEveryS: config.stripe.apiUrl === undefined ? 0 : isCalm ? HOUR_S / 2 : 20,
    moods: null,
    stolen: null,
  },
  provisioned,
);
// The screens of two of them, with what it signs in with behind the # (ADR 33): issued a moment ago, and revoked by the next start.
const screens = {
  screen: provisioned.find(({ model, shelf }) => model === 'SLOT_CABINET' && shelf.length > 0),
  locker: provisioned.find(({ model }) => model === 'LOCKER'),
};
for (const [word, own] of Object.entries(screens))
  if (own)
    console.log(
      `${word} ${urlOf(config.ports.storefront)}/kiosk/${own.channelPointId}#${own.credentialId}.${own.secret}`,
    );
console.log(`${town.cabinets.length} cabinets at ${mqttUrl}`);

let isOver = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (isOver = true));
const endMs = minutes === 0 ? Number.POSITIVE_INFINITY : Date.now() + minutes * 60_000;
town.open();
const people = town.live(() => isOver);

const listed = (counts: ReadonlyMap<string, number>) =>
  [...counts].map(([what, times]) => `${what} ${times}`).join(', ');
function say(): void {
  const { connected, said, waiting, soldUnits, soldFen } = town.numbers;
  console.log(`scan ${town.code || 'nothing yet'}`);
  console.log(
    `connected ${connected}, said ${said}, waiting ${waiting}, sold ${soldUnits} units for ${soldFen} fen`,
  );
  const { buyers, takers, fetchers, operators } = town;
  console.log(
    `buyers: ${listed(buyers.outcomes)}; at doors: ${listed(takers.outcomes)}; at lockers: ${listed(fetchers.outcomes)}; operators: ${listed(operators.outcomes)}`,
  );
}
for (let saidMs = Date.now(); !isOver; await sleep(200)) {
  if (Date.now() >= endMs) isOver = true;
  if (Date.now() - saidMs < SAY_EVERY_MS) continue;
  saidMs = Date.now();
  say();
}
// Whoever is about to pay does so; who pays minutes late is not waited for, and Ctrl-C is now.
if (minutes > 0) await Promise.race([people, sleep(LEAVE_MS)]);
await town.shut();
say();
const left = town.numbers.waiting;
const { tries, gains } = town.counterfeit;
console.log(left === 0 ? 'Everything was acknowledged.' : `${left} messages were not acknowledged.`);
if (tries > 0) console.log(`A counterfeit tried ${tries} times and got ${gains.join(', ') || 'nothing'}.`);
process.exit(left === 0 && gains.length === 0 ? 0 : 1);
