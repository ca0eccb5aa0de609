import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChannelModule } from '#libs/channel';
import {
  CABINET_CHANGED_TOPIC,
  type CabinetId,
  CommandService,
  CounterModule,
  CredentialService,
  RolloutReader,
  RolloutService,
  RolloutWatchService,
} from '#libs/counter';
import { newId, refused } from '#libs/kernel';
import { MerchantModule } from '#libs/merchant';
import { LiveGateway } from '#platform/live';
import { Log, createLogger } from '#platform/log';
import { Config } from '#platform/config';
import { Device, type Identity } from '../../scripts/counters/device.js';
import { Broker } from '../harness/broker.js';
import { selfSigned } from '../harness/certificate.js';
import { redisUrl } from '../harness/database.js';
import { eventually } from '../harness/fleet.js';
import { ForeignBroker } from '../harness/foreign-broker.js';
import { type Rooms, openRooms } from '../harness/rooms.js';
import { AUTH_SECRET } from '../harness/secrets.js';
import { TcpProxy } from '../harness/tcp-proxy.js';
import { makeCabinet, makeCredential } from '../make/cabinet.make.js';

const KEEPER = { userId: newId('usr'), scope: { divisions: 'ALL' } } as const;

/** The real broker, Redis and MariaDB; cabinets as the protocol wants them. */
/** What the broker says to whoever wants to hear what is none of theirs: a SUBACK with 0x80. */
const REFUSED_ALOUD: object = expect.objectContaining({
  cmd: 'suback',
  granted: expect.arrayContaining([0x80]) as unknown,
});

describe('the line to a cabinet', () => {
  let rooms: Rooms;
  let broker: Broker;
  const devices: Device[] = [];
  /** Processes beside the broker, to be ended whatever comes of their test. */
  const others: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    rooms = await openRooms(CounterModule, ChannelModule, MerchantModule);
    rooms.clock.set(new Date().toISOString());
    broker = await Broker.start(rooms.url);
  }, 120_000);
  afterAll(async () => {
    for (const device of devices) device.cut();
    await Promise.all(others.map((end) => end()));
    await broker.stop('SIGTERM');
    await rooms.close();
  }, 60_000);

  const provision = async (): Promise<Identity> => {
    const { cabinetId } = await makeCabinet(rooms);
    return makeCredential(rooms, cabinetId);
  };
  const deviceOf = (identity: Identity, url = broker.url): Device => {
    const device = new Device(identity, url);
    devices.push(device);
    return device;
  };
  const newDevice = async (url?: string): Promise<Device> => {
    const device = deviceOf(await provision(), url);
    device.boot();
    return device;
  };
  const messagesOf = ({ identity }: Device) =>
    rooms.database.query<{ kind: string; seq: string }>(
      'SELECT kind, seq FROM cabinet_message WHERE cabinet_id = ? ORDER BY boot_no, seq',
      [identity.cabinetId],
    );
  const kindsOf = async (device: Device) => (await messagesOf(device)).map(({ kind }) => kind);
  const linkOf = async ({ identity }: Device) => {
    const [row] = await rooms.database.query<{
      connectedAt: Date | null;
      seq: string;
      clockSkewMs: string;
      firmwareVersion: string;
    }>(
      `SELECT connected_at AS connectedAt, seq, clock_skew_ms AS clockSkewMs, firmware_version AS firmwareVersion
       FROM cabinet_link WHERE cabinet_id = ?`,
      [identity.cabinetId],
    );
    return row;
  };
  const isOut = (device: Device) => eventually('it is thrown out', async () => !device.isConnected);

  it('opens for who has a credential, under its own name, and for nobody else', async () => {
    const [one, other] = [await provision(), await provision()];
    const wrong: readonly Identity[] = [
      { ...one, secret: other.secret },
      { ...one, secret: '' },
      { ...one, cabinetId: other.cabinetId },
      { ...one, credentialId: other.credentialId },
      { ...one, cabinetId: newId('cab'), credentialId: newId('ccr') },
      { cabinetId: 'x', credentialId: "' OR 1 = 1", secret: 'x' },
    ];

    for (const identity of wrong) await expect(deviceOf(identity).connect()).rejects.toThrow();

    const welcome = deviceOf(one);
    await welcome.connect();
    expect(welcome.isConnected).toBe(true);
  });

  it('PUBACK means committed: what is acknowledged is there', async () => {
    const device = await newDevice();
    await device.connect();
    device.vend('A1', 2, 1_600);
    device.note('door', { isOpen: true, reason: 'SALE' });

    await device.flush();

    expect(await kindsOf(device)).toEqual(['BOOT', 'VEND', 'DOOR']);
    await device.beat();
    expect(await linkOf(device)).toMatchObject({
      seq: '3',
      firmwareVersion: '1.4.2',
      connectedAt: expect.any(Date),
    });
    device.cut();
    await eventually('it is noted as gone', async () => (await linkOf(device))?.connectedAt === null);
  });

  it('what is said twice, late, or in another order is there once; what is missing is known', async () => {
    const device = await newDevice();
    await device.connect();
    const [boot, first, second, third, fourth] = [
      device.outbox[0],
      device.vend('A1', 1, 800),
      device.vend('A1', 1, 800),
      device.vend('A1', 1, 800),
      device.vend('A1', 1, 800),
    ];
    const order = [boot, third, first, third, fourth, first, boot, fourth];

    for (const message of order) if (message) await device.say(message);

    expect((await messagesOf(device)).map(({ seq }) => Number(seq))).toEqual([1, 2, 4, 5]);
    const gaps = () =>
      rooms.database.query(
        'SELECT from_seq AS fromSeq, to_seq AS toSeq, state FROM cabinet_gap WHERE cabinet_id = ?',
        [device.identity.cabinetId],
      );
    expect(await gaps()).toEqual([{ fromSeq: '3', toSeq: '3', state: 'OPEN' }]);
    await device.say(second);
    expect(await gaps()).toEqual([]);
    expect(await kindsOf(device)).toHaveLength(5);
  });

  it('another’s topics are closed both ways, also beside one’s own and in a session that lasts', async () => {
    const [one, other] = [await newDevice(), await newDevice()];
    await one.connect();
    await other.connect();
    const { cabinetId } = one.identity;
    const own = `v1/counter/${cabinetId}/down/+`;
    const topics = [`v1/counter/${other.identity.cabinetId}/down/+`, own, 'v1/counter/+/down/time', '#'];

    // One after the other in a packet each, and all in one: aedes keeps a whole packet as soon as one of it is granted.
    const asked = await Promise.allSettled([...topics, topics].map((topic) => one.subscribe(topic)));

    expect(asked.map(({ status }) => status)).toEqual([
      'rejected',
      'fulfilled',
      'rejected',
      'rejected',
      'rejected',
    ]);
    // Said in the SUBACK, 0x80, and not by hanging up.
    const refusals = asked.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
    expect(refusals).toEqual(refusals.map(() => expect.objectContaining({ packet: REFUSED_ALOUD })));
    expect(one.isConnected).toBe(true);
    one.cut();
    await one.connect({ listens: false });
    await other.connect(); // And so is told the time.
    await eventually('both are told the time', async () => other.heard.length > 1 && one.heard.length > 1);
    expect(one.heard.filter((topic) => !topic.startsWith(`v1/counter/${cabinetId}/down/`))).toEqual([]);

    const foreign = other.message('door', 9, { isOpen: true, reason: 'FORCED' });
    await expect(one.say(foreign, other.topic('door'))).rejects.toThrow();
    await isOut(one);
    expect(await messagesOf(other)).toEqual([]);
  });

  it('whoever is revoked has no effect from then on, and is thrown out as soon as that is told', async () => {
    const [device, bystander] = [await newDevice(), await newDevice()];
    await device.connect();
    await bystander.connect();
    await device.flush();
    const { cabinetId, credentialId } = device.identity;
    await rooms.get(CredentialService).revoke(cabinetId, credentialId, KEEPER);

    device.vend('A1', 1, 800);
    await expect(device.flush()).rejects.toThrow();
    expect(await kindsOf(device)).toEqual(['BOOT']);
    await expect(device.connect()).rejects.toThrow();

    const second = deviceOf(await makeCredential(rooms, cabinetId));
    await second.connect();
    await rooms.get(CredentialService).revoke(cabinetId, second.identity.credentialId, KEEPER);
    const config = new Config({
      DATABASE_URL: rooms.url,
      REDIS_URL: redisUrl(),
      AUTH_SECRET,
      STRIPE_SECRET_KEY: 'x',
      STRIPE_WEBHOOK_SECRET: 'x',
    });
    const live = new LiveGateway(redisUrl(), new Log(createLogger(config, 'test')));
    await live.publish(CABINET_CHANGED_TOPIC, { cabinetId });
    await isOut(second);
    await live.close();
    expect(bystander.isConnected).toBe(true);
  });

  it('of two under one name the newer stays', async () => {
    const identity = await provision();
    const [older, newer] = [deviceOf(identity), deviceOf(await makeCredential(rooms, identity.cabinetId))];
    await older.connect();
    await newer.connect();

    await isOut(older);
    newer.boot();
    await newer.flush();
    expect(await kindsOf(newer)).toEqual(['BOOT']);
    expect((await linkOf(newer))?.connectedAt).not.toBeNull();
  });

  it('what is too long to be one of ours is cut off before anybody has signed in', async () => {
    const socket = connectSocket(broker.mqttPort, '127.0.0.1');
    await once(socket, 'connect');
    socket.on('error', () => undefined);

    socket.write(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]));

    await once(socket, 'close');
    const text = await (await broker.get('/metrics')).text();
    expect(text).toMatch(/taoyuan_cabinets_connected\{service="broker"\} \d+/);
    expect(text).toMatch(/taoyuan_cabinet_messages\{[^}]*receipt="REPEATED"/);
  });

  it('what makes no sense is counted, acknowledged and gone; what is of another version waits', async () => {
    const device = await newDevice();
    await device.connect();
    const later = JSON.stringify({ v: 2, whatever: true });

    for (const [kind, body] of [
      ['vend', '{'],
      ['vend', JSON.stringify({ v: 1 })],
      ['nonsense', JSON.stringify({ v: 1 })],
      ['vend', 'x'.repeat(9_000)],
      ['vend', later],
      ['vend', later],
    ] as const)
      await device.say({ kind, body });

    const drops = await rooms.database.query(
      'SELECT reason, dropped_count AS n, last_kind AS kind FROM cabinet_drop WHERE cabinet_id = ? ORDER BY reason',
      [device.identity.cabinetId],
    );
    expect(drops).toEqual([
      { reason: 'NOT_JSON', n: 1, kind: 'vend' },
      { reason: 'TOO_LARGE', n: 1, kind: 'vend' },
      { reason: 'UNKNOWN_KIND', n: 1, kind: 'nonsense' },
      { reason: 'WRONG_SHAPE', n: 1, kind: 'vend' },
    ]);
    const parked = await rooms.database.query<{ version: number; payload: Buffer }>(
      'SELECT version, payload FROM parked_message WHERE cabinet_id = ?',
      [device.identity.cabinetId],
    );
    expect(parked.map(({ version, payload }) => [version, payload.toString()])).toEqual([
      [2, later],
      [2, later],
    ]);
    expect(await messagesOf(device)).toEqual([]);
  });

  it('what was passed over is asked for and comes, without anybody’s doing', async () => {
    const device = await newDevice();
    await device.connect();
    await device.flush();
    device.vend('A1', 1, 800);
    device.outbox.pop(); // Lost on the way.
    await device.beat();
    rooms.clock.set(new Date(Date.now() + 60_000).toISOString());

    await rooms.get(CommandService).askForMissing(100);

    await eventually('it has come', async () => (await kindsOf(device)).includes('REPLY'));
    expect((await kindsOf(device)).toSorted()).toEqual(['BOOT', 'REPLY', 'VEND']);
    const [command] = await rooms.database.query<{ state: string }>(
      'SELECT state FROM cabinet_command WHERE cabinet_id = ?',
      [device.identity.cabinetId],
    );
    expect(command).toEqual({ state: 'DONE' });
    rooms.clock.set(new Date().toISOString());
  });

  it('a version goes out in stages: to the first over its line, and on; where one cannot take it, it halts', async () => {
    const first = await makeCabinet(rooms);
    const { operatorId } = first;
    const second = await makeCabinet(rooms, { operatorId });
    const devices = [];
    for (const { cabinetId } of [first, second])
      devices.push(deviceOf(await makeCredential(rooms, cabinetId)));
    const [canary, other] = devices;
    for (const device of devices) {
      device.boot();
      await device.connect();
      await device.flush();
      await device.beat();
    }
    const actor = { userId: newId('usr'), merchantIds: [operatorId] };
    const release = {
      kind: 'CONFIG',
      version: 'c8',
      content: '{"beatS":30}',
      url: null,
      digest: null,
    } as const;
    const rollouts = rooms.get(RolloutService);
    const releaseId = await rollouts.addRelease(operatorId, release, actor);
    if (refused(releaseId)) throw new Error(releaseId.message.en);
    rooms.clock.set(new Date().toISOString());
    const stages = [
      { cabinetIds: [first.cabinetId], sharePercent: null },
      { cabinetIds: null, sharePercent: 100 },
    ];
    const wish = { idempotencyKey: newId('req'), stages, waitHours: null, faultyMax: 0 };
    const id = await rollouts.start({ ...wish, merchantId: operatorId, releaseId }, actor);
    if (refused(id)) throw new Error(id.message.en);
    const stands = async () => {
      rooms.clock.set(new Date().toISOString());
      await rooms.get(RolloutWatchService).follow(100);
      const found = await rooms.get(RolloutReader).byId(id, { divisions: 'ALL' });
      return found && [found.state, ...found.stages.map((stage) => stage.doneCount)].join(' ');
    };
    await eventually('the first has it', async () => (await stands()) === 'RUNNING 1 0');
    expect([canary?.config, canary?.settings, canary?.bootNo]).toEqual(['c8', '{"beatS":30}', 2]);
    expect(other?.config).toBe('c7');

    if (other) other.updateFails = () => true;
    expect(refused(await rollouts.advance(id, 1, actor))).toBe(false);
    await eventually('it halts', async () => (await stands()) === 'HALTED 1 0');
    expect(other?.config).toBe('c7');
    expect(other?.bootNo).toBe(1);
    if (other) other.updateFails = () => false;
    expect(refused(await rollouts.rollBack(id, '先退回', actor))).toBe(false);
    await eventually(
      'the first has again what it had',
      async () => (await stands())?.startsWith('ROLLED_BACK') === true,
    );
    expect([canary?.config, canary?.bootNo]).toEqual(['c7', 3]);
  });

  it('a broker that is killed between effect and acknowledgement has one effect, and loses no session', async () => {
    const proxy = await TcpProxy.open();
    proxy.to(broker.mqttPort);
    const device = await newDevice(`mqtt://127.0.0.1:${proxy.port}`);
    await device.connect();
    await device.flush();
    device.vend('A1', 3, 2_400);
    proxy.hold('ANSWERS');
    const unanswered = device.flush().catch((error: unknown) => error);
    await eventually('it has been committed', async () => (await kindsOf(device)).length === 2);

    await broker.stop('SIGKILL');

    expect(await unanswered).toBeInstanceOf(Error);
    expect(device.outbox).toHaveLength(1);
    proxy.release();
    await broker.launch();
    await device.connect();
    await device.flush();
    expect(await kindsOf(device)).toEqual(['BOOT', 'VEND']);

    await broker.stop('SIGKILL');
    await broker.launch();
    const told = device.heard.length;
    await device.connect({ listens: false });
    // It listens already, without having asked again.
    await eventually('it is told the time', async () => device.heard.length > told);
    await proxy.close();
  }, 120_000);

  it('a broker that is stopped while hundreds are on their way takes each once', async () => {
    const device = await newDevice();
    await device.connect();
    for (let count = 0; count < 150; count += 1) device.vend('A1', 1, 100);
    const flushing = device.flush().catch(() => undefined);
    await eventually('some of it is there', async () => (await messagesOf(device)).length > 20);

    expect(await broker.stop('SIGTERM')).toBe(0);
    await flushing;
    await broker.launch();
    await device.connect();
    await device.flush();

    expect((await messagesOf(device)).map(({ seq }) => Number(seq))).toEqual(
      Array.from({ length: 151 }, (_, n) => n + 1),
    );
  }, 120_000);

  it('with a certificate of its own, speaks to nobody in the open', async () => {
    const { cert, key } = selfSigned();
    const folder = mkdtempSync(join(tmpdir(), 'taoyuan-tls-'));
    const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    writeFileSync(certFile, cert);
    writeFileSync(keyFile, key, { mode: 0o600 });
    const sealed = await Broker.start(rooms.url, { MQTT_TLS_CERT: certFile, MQTT_TLS_KEY: keyFile });
    others.push(() => sealed.stop('SIGKILL'));
    const identity = await provision();
    const url = `mqtts://127.0.0.1:${sealed.mqttPort}`;

    await expect(deviceOf(identity, sealed.url).connect()).rejects.toThrow();
    await expect(deviceOf(identity, url).connect()).rejects.toThrow(/self-signed/);
    const device = new Device(identity, url, { ca: [cert] });
    devices.push(device);
    device.boot();
    await device.connect();
    device.vend('A1', 1, 800);
    await device.flush();

    expect(await kindsOf(device)).toEqual(['BOOT', 'VEND']);
    device.cut();
    expect(await sealed.stop('SIGTERM')).toBe(0);
    rmSync(folder, { recursive: true });
  }, 120_000);

  it('over a broker of somebody else’s: committed before it forgets, told and heard, whoever of the two dies', async () => {
    const certificate = selfSigned();
    const folder = mkdtempSync(join(tmpdir(), 'taoyuan-ca-'));
    const caFile = join(folder, 'ca.pem');
    writeFileSync(caFile, certificate.cert);
    const [one, other] = [await makeCabinet(rooms), await makeCabinet(rooms)];
    await makeCredential(rooms, one.cabinetId);
    await makeCredential(rooms, other.cabinetId);
    const stranger = newId('cab');
    const passwords = {
      taoyuan: 'ours',
      [one.cabinetId]: 'first',
      [other.cabinetId]: 'second',
      [stranger]: 'third',
    };
    const foreign = await ForeignBroker.start(passwords, certificate);
    others.push(() => foreign.kill());
    const env = { MQTT_URL: foreign.urlFor('taoyuan'), NODE_EXTRA_CA_CERTS: caFile };
    const ours = await Broker.start(rooms.url, env);
    others.push(() => ours.stop('SIGKILL'));
    // There the account of a cabinet bears the cabinet's name.
    const at = ({ cabinetId }: { readonly cabinetId: string }) => {
      const secret = passwords[cabinetId] ?? '';
      const url = `mqtts://127.0.0.1:${foreign.port}`;
      const device = new Device({ cabinetId, credentialId: cabinetId, secret }, url, {
        ca: [certificate.cert],
      });
      devices.push(device);
      device.boot();
      return device;
    };
    const [device, neighbour, nobody] = [at(one), at(other), at({ cabinetId: stranger })];
    for (const each of [device, neighbour, nobody]) await each.connect();
    const has = (what: string, kinds: readonly string[]) =>
      eventually(what, async () => (await kindsOf(device)).join() === kinds.join());

    await device.beat();
    await device.flush();
    await nobody.flush();
    await has('the boot is there', ['BOOT']);
    await eventually('it is told the time', async () =>
      device.heard.some((topic) => topic.endsWith('/time')),
    );
    await eventually('and what to show', async () => device.code, 45_000);
    expect((await linkOf(device))?.connectedAt).not.toBeNull();
    expect(await messagesOf(nobody)).toEqual([]);
    const asked = await neighbour.subscribe(device.topic('#')).then(
      () => null,
      ({ packet }: { readonly packet?: object }) => packet,
    );
    expect(asked).toEqual(ForeignBroker.REFUSES_ALOUD ? REFUSED_ALOUD : null);

    // One whose row is held keeps nobody else waiting, and nothing of it gets out of order.
    await rooms.asOwner(async (owner) => {
      await owner.query('SELECT cabinet_id FROM cabinet_link WHERE cabinet_id = ? FOR UPDATE', [
        one.cabinetId,
      ]);
      for (const units of [1, 2, 3]) device.vend('A1', units, 800 * units);
      await device.flush();
      neighbour.vend('A1', 1, 800);
      await neighbour.flush();
      await eventually('the neighbour is there', async () => (await kindsOf(neighbour)).length === 2);
      expect(await kindsOf(device)).toEqual(['BOOT']);
    });
    await has('then those that waited', ['BOOT', 'VEND', 'VEND', 'VEND']);
    expect(neighbour.heard.filter((topic) => topic.includes(one.cabinetId))).toEqual([]);

    // The database does not take it for a while; the broker says it again to whoever comes back.
    await rooms.asOwner((owner) => owner.write('RENAME TABLE cabinet_boot TO cabinet_boot_away'));
    device.vend('A1', 1, 800);
    await device.flush();
    await eventually('it could not be taken', async () => ours.said.includes('could not be taken'));
    await rooms.asOwner((owner) => owner.write('RENAME TABLE cabinet_boot_away TO cabinet_boot'));
    await has('it has come again', ['BOOT', 'VEND', 'VEND', 'VEND', 'VEND']);

    await ours.stop('SIGKILL');
    device.vend('A1', 2, 1_600);
    await device.flush();
    await ours.launch();
    await has('what waited is there', ['BOOT', ...Array.from({ length: 5 }, () => 'VEND')]);

    await foreign.kill();
    await foreign.launch();
    await device.connect();
    await eventually('we are back', async () =>
      (await (await ours.get('/metrics')).text()).includes('taoyuan_cabinets_connected{service="broker"} 1'),
    );
    device.vend('A1', 3, 2_400);
    await device.flush();
    const cabinetId = one.cabinetId as CabinetId;
    await rooms.database.transaction((tx) =>
      rooms.get(CommandService).request(tx, cabinetId, 'SNAPSHOT', {}),
    );
    const vends = Array.from({ length: 6 }, () => 'VEND');
    await has('it is heard and told again', ['BOOT', ...vends, 'SNAPSHOT', 'REPLY']);
    expect(await ours.stop('SIGTERM')).toBe(0);
    await foreign.kill();
    rmSync(folder, { recursive: true });
  }, 180_000);
});
