import { setTimeout as sleep } from 'node:timers/promises';
import { ALARM_TOPIC, type CabinetId, CommandService } from '#libs/counter';
import { MINUTE_MS, newId, present } from '#libs/kernel';
import { configFromEnvironment } from '#platform/config';
import type { Database } from '#platform/database';
import { LiveGateway } from '#platform/live';
import { Log, createLogger } from '#platform/log';
import { openCounterRooms } from '../counters/counter-rooms.js';
import { Device } from '../counters/device.js';
import { manyCabinets } from '../counters/many-cabinets.js';
import type { Provisioned } from '../counters/provision.js';
import { freshDatabase } from './fresh-database.js';
import { median } from './rounds.js';
import { type Server, freePort, launch } from './servers.js';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 10);
const CABINETS = Number(process.env['BENCH_CABINETS'] ?? 5_000);
/** As many as come back at once after the line of a city was gone. */
const CONNECTING = 50;
const BEAT_EVERY_MS = MINUTE_MS;
/** Of commands and of alarms, each while all cabinets beat. */
const PER_SECOND = 20;
/** So many say one message after the other, as fast as they are acknowledged. */
const TALKERS = 200;
const VEND_UNITS = 1;
const VEND_FEN = 880;
const ALARM_AIM_MS = 5_000;
/** A door is an alarm after two minutes; this one has stood open for longer than most of that. */
const DOOR_OPEN_MS = 2 * MINUTE_MS;
const PATIENCE_MS = 60_000;
/** A line that does not come in is tried again, as any cabinet does: one of five thousand must not end the bench. */
const CONNECT_TRIES = 5;

interface Spread {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

function spreadOf(tookMs: readonly number[]): Spread {
  const sorted = tookMs.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? Number.NaN };
}

const told = ({ p50, p99, max }: Spread) =>
  `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, longest ${max.toFixed(0)} ms`;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** So many at a time, in their order. */
async function inCrowds<T>(
  items: readonly T[],
  size: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: size }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}

/** At a pace that does not depend on how long each takes. */
async function paced(
  perSecond: number,
  seconds: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  const begun = performance.now();
  const all: Promise<void>[] = [];
  for (let index = 0; index < perSecond * seconds; index += 1) {
    await sleep(Math.max(0, begun + (index * 1_000) / perSecond - performance.now()));
    all.push(work(index));
  }
  await Promise.all(all);
}

async function comeIn(device: Device, options: Parameters<Device['connect']>[0] = {}): Promise<void> {
  for (let left = CONNECT_TRIES; ; left -= 1)
    try {
      await device.connect(options);
      return;
    } catch (error) {
      if (left <= 1) throw error;
      await sleep(1_000);
    }
}

class Beating {
  readonly tookMs: number[] = [];
  private isOver = false;
  private readonly running: Promise<void>;

  /** Each once a minute, evenly spread. */
  constructor(devices: readonly Device[]) {
    const perSecond = (devices.length * 1_000) / BEAT_EVERY_MS;
    this.running = (async () => {
      const begun = performance.now();
      const all: Promise<void>[] = [];
      for (let index = 0; !this.isOver; index += 1) {
        await sleep(Math.max(0, begun + (index * 1_000) / perSecond - performance.now()));
        const device = present(devices[index % devices.length], 'a cabinet');
        all.push(timed(() => device.beat()).then((ms) => void this.tookMs.push(ms)));
      }
      await Promise.all(all);
    })();
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await this.running;
  }
}

interface Ground {
  readonly database: Database;
  readonly devices: readonly Device[];
  readonly broker: Server;
}

/** What it takes to hold a line to so many, while each says once a minute that it is there. */
async function heartbeats({ devices, broker }: Ground): Promise<void> {
  const beating = new Beating(devices);
  await sleep(1_000); // Past the first of them.
  const before = broker.cpuMs();
  await sleep(SECONDS * 1_000);
  const cpuMs = broker.cpuMs() - before;
  await beating.stop();
  const share = cpuMs / (SECONDS * 1_000);
  const perMessage = cpuMs / ((devices.length * SECONDS * 1_000) / BEAT_EVERY_MS);
  console.log(
    `  heartbeats every minute, a QR code every half: acknowledged ${told(spreadOf(beating.tookMs))}; ${(share * 100).toFixed(0)} % of a core, ${perMessage.toFixed(1)} ms of it for a heartbeat: ${Math.round(devices.length / share).toLocaleString('en')} cabinets a core`,
  );
}

/** From asking until its answer is committed and acknowledged. */
async function commands({ database, devices }: Ground, answered: ReadonlyMap<string, number>): Promise<void> {
  const app = await openCounterRooms(database);
  const service = app.get(CommandService);
  const beating = new Beating(devices);
  const asked = new Map<string, number>();
  await paced(PER_SECOND, SECONDS, async (index) => {
    const device = present(devices[(index * 37) % devices.length], 'a cabinet');
    const id = newId('ccm');
    const cabinetId = device.identity.cabinetId as CabinetId;
    asked.set(id, performance.now());
    await database.transaction((tx) => service.request(tx, cabinetId, 'LOGS_PULL', {}, { id }));
  });
  await until('every command is answered', () => [...asked.keys()].every((id) => answered.has(id)));
  await beating.stop();
  await app.close();
  const tookMs = [...asked].map(([id, atMs]) => (answered.get(id) ?? Number.NaN) - atMs);
  console.log(`  commands, ${PER_SECOND} a second, until the answer is kept: ${told(spreadOf(tookMs))}`);
}

/** From a cabinet's word, or from the moment when it has lasted for long enough, until a screen is told. */
async function alarms({ devices }: Ground, live: LiveGateway): Promise<void> {
  const beating = new Beating(devices);
  const dueAt = new Map<string, number>();
  const tookMs = { said: [] as number[], lasting: [] as number[] };
  live.emitter.on(ALARM_TOPIC, (message, done) => {
    const { payload } = message as unknown as { readonly payload: { readonly cabinetId: string } };
    const due = dueAt.get(payload.cabinetId);
    // A cabinet of an even place speaks itself; of the others the clock does.
    const place = devices.findIndex(({ identity }) => identity.cabinetId === payload.cabinetId);
    if (due !== undefined) tookMs[place % 2 === 0 ? 'said' : 'lasting'].push(performance.now() - due);
    dueAt.delete(payload.cabinetId);
    done();
  });
  const count = PER_SECOND * SECONDS;
  await paced(PER_SECOND, SECONDS, async (index) => {
    const device = present(devices[index], 'a cabinet');
    const { cabinetId } = device.identity;
    if (index % 2 === 0) {
      dueAt.set(cabinetId, performance.now());
      device.note('alarm', { code: 'TAMPER', isActive: true, slot: null, detail: '', vendorCode: null });
    } else {
      // Open for almost two minutes when it is told; it is an alarm a second or two later.
      const leftMs = 1_000 + (index % 10) * 100;
      dueAt.set(cabinetId, performance.now() + leftMs);
      device.note('door', { isOpen: true, reason: 'SALE' }, DOOR_OPEN_MS - leftMs);
    }
    await device.flush();
  });
  await until('every alarm is told', () => dueAt.size === 0);
  await beating.stop();
  const [said, lasting] = [spreadOf(tookMs.said), spreadOf(tookMs.lasting)];
  const worst = Math.max(said.max, lasting.max);
  console.log(`  alarms, ${PER_SECOND} a second, until a screen is told: said by a cabinet ${told(said)}`);
  console.log(
    `    by the clock, after it was due: ${told(lasting)}; ${count} of ${count}; aim under ${ALARM_AIM_MS} ms: ${worst < ALARM_AIM_MS ? 'met' : 'missed'}`,
  );
}

async function until(what: string, isSo: () => boolean): Promise<void> {
  for (const endMs = performance.now() + PATIENCE_MS; !isSo(); await sleep(20))
    if (performance.now() > endMs) throw new Error(`Waited in vain: ${what}`);
}

interface Flow {
  readonly perSecond: number;
  readonly p99: number;
  readonly cpuMs: number;
}

/** As fast as they are acknowledged, each of its own cabinet one after the other. */
async function flow(devices: readonly Device[], broker: Server): Promise<Flow> {
  const before = broker.cpuMs();
  const begun = performance.now();
  const tookMs: number[] = [];
  await Promise.all(
    devices.map(async (device) => {
      while (performance.now() - begun < SECONDS * 1_000) {
        const items = [{ slot: 'A1', delivery: 'FINISHED', units: VEND_UNITS, grams: null, fen: VEND_FEN }];
        device.vend('A1', VEND_UNITS, VEND_FEN, { items });
        tookMs.push(await timed(() => device.flush()));
      }
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  return {
    perSecond: tookMs.length / seconds,
    p99: spreadOf(tookMs).p99,
    cpuMs: (broker.cpuMs() - before) / tookMs.length,
  };
}

async function assertKept(database: Database, table: string, talkers: readonly Device[]): Promise<void> {
  const [row] = await database.query<{ n: string; units: string }>(
    `SELECT COUNT(*) AS n, COALESCE(SUM(sold_units), 0) AS units FROM ${table} WHERE cabinet_id IN (?) AND kind = 'VEND'`,
    [talkers.map(({ identity }) => identity.cabinetId)],
  );
  const said = talkers.reduce((sum, { noted }) => sum + (noted.get('vend') ?? 0), 0);
  if (Number(row?.n) !== said || Number(row?.units) !== said)
    throw new Error(`${said} sales were acknowledged, ${row?.n} are there: fast and wrong does not count.`);
}

const printed = ({ perSecond, p99, cpuMs }: Flow) =>
  `${perSecond.toFixed(0)}/s, p99 ${p99.toFixed(0)} ms, ${cpuMs.toFixed(2)} ms of the broker's processor time`;

const middle = (flows: readonly Flow[]): Flow => ({
  perSecond: median(flows.map(({ perSecond }) => perSecond)),
  p99: median(flows.map(({ p99 }) => p99)),
  cpuMs: median(flows.map(({ cpuMs }) => cpuMs)),
});

async function connected(provisioned: readonly Provisioned[], url: string): Promise<Device[]> {
  const devices = provisioned.map((identity) => new Device(identity, url, { keepalive: 300 }));
  await inCrowds(devices, CONNECTING, async (device) => {
    device.boot();
    await comeIn(device);
  });
  return devices;
}

/**
 * What cabinets cost: memory and processor time of a line that says once a minute that it is there, how long a command and an alarm take meanwhile, and how many messages a second reach the database,
 * beside the same broker with a hand-written INSERT. Everything that was acknowledged must be there once.
 */
export async function benchCounters(): Promise<void> {
  const { url, database } = await freshDatabase(8);
  const provisioned = await manyCabinets(database, CABINETS, 2);
  await database.transaction((tx) =>
    tx.write(
      `CREATE TABLE bench_message (id BIGINT AUTO_INCREMENT PRIMARY KEY, cabinet_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
         boot_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, boot_no INT NOT NULL, seq BIGINT NOT NULL, kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
         device_at DATETIME(6) NOT NULL, received_at DATETIME(6) NOT NULL, data TEXT NOT NULL, sold_units INT NOT NULL, sold_fen BIGINT NOT NULL,
         KEY bench_message_in_order (cabinet_id, boot_no, seq))`,
    ),
  );
  const ports = { ours: await freePort(), baseline: await freePort() };
  const env = {
    NODE_ENV: 'development',
    DATABASE_URL: url,
    DATABASE_POOL_SIZE: '20',
    STRIPE_API_URL: 'http://127.0.0.1:9',
    STRIPE_SECRET_KEY: 'sk_test_never_called',
    STRIPE_WEBHOOK_SECRET: 'whsec_never_called',
    MQTT_URL: '',
    LOG_LEVEL: 'warn',
  };
  const broker = await launch('dist/apps/broker/src/main.js', 'BROKER_PORT', '/health/ready', {
    ...env,
    MQTT_PORT: String(ports.ours),
  });
  const settlement = await launch(
    'dist/apps/settlement/src/main.js',
    'SETTLEMENT_PORT',
    '/health/ready',
    env,
  );
  const config = configFromEnvironment();
  const live = new LiveGateway(config.redisUrl, new Log(createLogger(config, 'bench')));

  const emptyMb = broker.residentMb();
  const answered = new Map<string, number>();
  const devices = provisioned.map(
    (identity) => new Device(identity, `mqtt://127.0.0.1:${ports.ours}`, { keepalive: 300 }),
  );
  const begun = performance.now();
  await inCrowds(devices, CONNECTING, async (device) => {
    device.boot('POWER_ON', 10 * MINUTE_MS);
    const onCommand = ({ commandId }: { readonly commandId: string }) => {
      const reply = device.note('reply', { commandId, outcome: 'DONE', detail: '' });
      device.outbox.pop();
      void device.say(reply).then(() => answered.set(commandId, performance.now()));
    };
    await comeIn(device, { onCommand });
    await device.beat();
    await device.flush();
  });
  const seconds = (performance.now() - begun) / 1_000;
  console.log(
    `\nCabinets: ${CABINETS.toLocaleString('en')} of them at one broker, ${SECONDS} s a part, ${ROUNDS} rounds of the last`,
  );
  console.log(
    `  they came in within ${seconds.toFixed(1)} s, ${(CABINETS / seconds).toFixed(0)} a second, each with a heartbeat and a boot; ${(((broker.residentMb() - emptyMb) * 1_024) / CABINETS).toFixed(0)} KB of the broker's memory each (${emptyMb.toFixed(0)} MB without any, ${broker.residentMb().toFixed(0)} MB with all)`,
  );
  const ground = { database, devices, broker };
  await heartbeats(ground);
  await commands(ground, answered);
  await alarms(ground, live);
  await settlement.stop();

  for (const device of devices.slice(TALKERS)) device.cut();
  const talkers = devices.slice(0, TALKERS);
  const bare = await launch('dist/scripts/bench/baseline-broker.js', 'BROKER_PORT', '/', {
    ...env,
    MQTT_PORT: String(ports.baseline),
  });
  const theirs = await connected(provisioned.slice(0, TALKERS), `mqtt://127.0.0.1:${ports.baseline}`);
  const flows = { ours: [] as Flow[], bare: [] as Flow[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    flows.ours.push(await flow(talkers, broker));
    flows.bare.push(await flow(theirs, bare));
  }
  await assertKept(database, 'cabinet_message', talkers);
  await assertKept(database, 'bench_message', theirs);
  const ratio = median(
    flows.ours.map(({ perSecond }, index) => perSecond / (flows.bare[index]?.perSecond ?? Number.NaN)),
  );
  console.log(
    `  sales, ${TALKERS} cabinets as fast as they are acknowledged: ${printed(middle(flows.ours))}`,
  );
  console.log(`    the same broker with one INSERT by hand: ${printed(middle(flows.bare))}`);
  console.log(`    ratio ${ratio.toFixed(2)}`);
  for (const device of [...talkers, ...theirs]) device.cut();
  for (const server of [broker, bare]) await server.stop();
  await live.close();
  await database.close();
}
