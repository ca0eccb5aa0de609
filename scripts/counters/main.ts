import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { CabinetReader, type CabinetRow, CounterModule, CredentialService, LineReader } from '#libs/counter';
import { Clock, SystemClock, newId, refused } from '#libs/kernel';
import { configFromEnvironment } from '#platform/config';
import { Database, openDatabase } from '#platform/database';
import { Random } from '../data/random.js';
import { Device, type Identity } from './device.js';
import { SimulatedCabinet } from './simulated-cabinet.js';

/**
 * `npm run counters -- --counters 20 --seed 1 --minutes 5`: cabinets that hand out what is bought at the shop, jam, lose their line, say things twice and in another order, and
 * whose clocks jump, at the broker of `npm start`. What they were given before to sign in with is revoked: for demonstrations and trials only.
 */
const { values } = parseArgs({
  options: {
    counters: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '0' },
  },
});
const [count, minutes] = [Number(values.counters), Number(values.minutes)];
if (!Number.isInteger(count) || count < 1 || count > 2_000 || !(minutes >= 0)) {
  console.error('--counters is 1 to 2000, --minutes 0 or more (0: until Ctrl-C)');
  process.exit(64); // EX_USAGE
}
const config = configFromEnvironment();
if (config.isProduction) {
  console.error('Not in production: it revokes what cabinets sign in with.');
  process.exit(78); // EX_CONFIG
}

const SAY_EVERY_MS = 10_000;
const PAGE = 100;
const BY = { userId: newId('usr'), scope: { divisions: 'ALL' } } as const;

class CountersModule {}

interface Provisioned extends Identity {
  readonly isSelling: boolean;
  /** What it remembers of the time before. */
  readonly memory: Pick<Device, 'bootNo' | 'soldUnits' | 'soldFen'>;
}

async function provision(): Promise<Provisioned[]> {
  const database = await openDatabase(config);
  const providers = [
    { provide: Database, useValue: database },
    { provide: Clock, useClass: SystemClock },
  ];
  const app = await NestFactory.createApplicationContext(
    { module: CountersModule, global: true, imports: [CounterModule], providers, exports: providers },
    { logger: ['error', 'warn'] },
  );
  try {
    const [reader, credentials, lines] = [
      app.get(CabinetReader),
      app.get(CredentialService),
      app.get(LineReader),
    ];
    const found: CabinetRow[] = [];
    for (let after: readonly string[] | null = null; found.length < count;) {
      const page = await reader.page(BY.scope, 'ACTIVE', { first: PAGE, after });
      found.push(...page.nodes);
      const last = page.nodes.at(-1);
      if (!page.pageInfo.hasNextPage || !last) break;
      after = [last.id];
    }
    const identities: Provisioned[] = [];
    for (const { id: cabinetId, model, bootNo } of found.slice(0, count)) {
      for (const { id, revokedAt } of await reader.credentialsOf([cabinetId]))
        if (revokedAt === null) await credentials.revoke(cabinetId, id, BY);
      const issued = await credentials.issue(cabinetId, BY);
      if (refused(issued)) throw new Error(issued.message.en);
      const [last] = await lines.snapshotsOf([cabinetId]);
      const memory = {
        bootNo: bootNo ?? 0,
        soldUnits: last?.toldUnits ?? 0,
        soldFen: Number(last?.toldFen ?? 0n),
      };
      identities.push({ ...issued, isSelling: model === 'SLOT_CABINET', memory });
    }
    return identities;
  } finally {
    await app.close();
    await database.close();
  }
}

const url = config.mqtt.url ?? `${config.mqtt.tls ? 'mqtts' : 'mqtt'}://127.0.0.1:${config.mqtt.port}`;
const identities = await provision();
const cabinets = identities.map(
  (identity, index) =>
    new SimulatedCabinet(
      Object.assign(new Device(identity, url), identity.memory),
      new Random(`${values.seed}:${index}`),
    ),
);
// Nothing is bought yet by the screen of a cabinet that does not hand out slot by slot.
const screens = cabinets.filter((_, index) => identities[index]?.isSelling);
console.log(`${cabinets.length} cabinets at ${url}`);

let isOver = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (isOver = true));
const endMs = minutes === 0 ? Number.POSITIVE_INFINITY : Date.now() + minutes * 60_000;
const running = cabinets.map((cabinet) => cabinet.run(() => isOver));
while (!isOver) {
  await sleep(Math.min(SAY_EVERY_MS, Math.max(0, endMs - Date.now())));
  if (Date.now() >= endMs) isOver = true;
  const sum = (of: (cabinet: SimulatedCabinet) => number) =>
    cabinets.reduce((total, one) => total + of(one), 0);
  console.log(
    `scan ${screens.find(({ device }) => device.isConnected && device.code !== '')?.device.code ?? 'nothing yet'}`,
  );
  console.log(
    `connected ${sum(({ device }) => Number(device.isConnected))}, said ${sum(({ said }) => said)}, waiting ${sum(({ device }) => device.outbox.length)}, sold ${sum(({ device }) => device.soldUnits)} units for ${sum(({ device }) => device.soldFen)} fen`,
  );
}
await Promise.all(running);
const left = cabinets.reduce((total, { device }) => total + device.outbox.length, 0);
console.log(left === 0 ? 'Everything was acknowledged.' : `${left} messages were not acknowledged.`);
process.exit(left === 0 ? 0 : 1);
