import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Server, type Socket, createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Injectable } from '@nestjs/common';
import { Redis } from 'ioredis';
import { type AuthenticateError, Aedes, type Client, type PublishPacket, type Subscription } from 'aedes';
import { type Admission, AccessService, type DownKind, downTopic, mayHear, uplinkOf } from '#libs/counter';
import { Clock } from '#libs/kernel';
import { Config } from '#platform/config';
import { Log } from '#platform/log';
import { FrameGauge } from './frame.rules.js';
import { UplinkConsumer } from './uplink.consumer.js';
import { WireGateway } from './wire.gateway.js';

/** What its sessions are kept by; the package brings no types. */
interface Sessions {
  addSubscriptions(client: Client, subscriptions: readonly Subscription[]): Promise<void>;
}
const sessionsIn = createRequire(import.meta.url)('aedes-persistence-redis') as (options: {
  readonly conn: object;
  readonly packetTTL: () => number;
}) => Sessions;

/** So many lines in one process: a limit against a flood, not what was measured. */
const CONNECTIONS_MAX = 10_000;
/** Whoever has not said who they are by then is cut off. */
const CONNECT_MS_MAX = 10_000;
/** A line that is silent for longer than one and a half of this is dead; nobody may ask for more patience. */
const KEEPALIVE_SECONDS_MAX = 600;
/** What was sent and not acknowledged is kept for so long. Commands live in the database and expire long before. */
const UNDELIVERED_SECONDS = 3_600;
/** Of MQTT 3.1.1. */
const BAD_CREDENTIAL = 4;
const SERVER_UNAVAILABLE = 3;

const refusal = (message: string, returnCode: number): AuthenticateError =>
  Object.assign(new Error(message), { returnCode });

/**
 * Our own broker. What a cabinet says is taken in `authorizePublish`, because aedes writes its PUBACK right after that and before anything
 * else: an error there is the only thing that keeps it back. So PUBACK means committed.
 */
@Injectable()
export class EmbeddedWireGateway extends WireGateway {
  private broker: Aedes | undefined;
  private server: Server | undefined;
  private redis: Redis | undefined;
  private readonly admissions = new Map<Client, Admission>();

  constructor(
    private readonly config: Config,
    private readonly access: AccessService,
    private readonly uplinks: UplinkConsumer,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    super();
  }

  async open(): Promise<void> {
    await this.access.disconnectAll();
    this.redis = new Redis(this.config.redisUrl);
    this.redis.on('error', (error: unknown) =>
      this.log.fault(error, 'the broker lost Redis; it will reconnect'),
    );
    const broker = await Aedes.createBroker({
      persistence: this.sessions(this.redis),
      connectTimeout: CONNECT_MS_MAX,
      keepaliveLimit: KEEPALIVE_SECONDS_MAX,
      preConnect: (_, packet, done) => {
        delete packet.will; // Nothing of ours is told by wills: the broker sees for itself who is gone.
        done(null, true);
      },
      authenticate: (client, username, password, done) => {
        this.orLog(this.letIn(client, { username, password }, done));
      },
      authorizePublish: (client, packet, done) => {
        this.orLog(this.hearOut(client, packet, done));
      },
      authorizeSubscribe: (client, subscription, done) => {
        // Denied in the SUBACK: what was asked for beside it is granted.
        done(null, mayHear(client.id, subscription.topic) ? subscription : null);
      },
      authorizeForward: (client, packet) => (mayHear(client.id, packet.topic) ? packet : null),
    });
    this.broker = broker;
    this.watch(broker);
    this.server = this.listener(broker);
    this.server.maxConnections = CONNECTIONS_MAX;
    this.server.listen(this.config.mqtt.port, this.config.host);
    await once(this.server, 'listening');
  }

  async close(): Promise<void> {
    this.server?.close();
    await this.uplinks.close();
    const { broker, redis } = this;
    if (broker) await new Promise<void>((resolve) => broker.close(resolve));
    await this.uplinks.close(); // That they are gone is noted as well.
    redis?.disconnect();
  }

  isUp(): boolean {
    return this.server?.listening === true && this.redis?.status === 'ready';
  }

  connected(): readonly string[] {
    return [...new Set([...this.admissions.values()].map(({ cabinetId }) => cabinetId))];
  }

  say(cabinetId: string, kind: DownKind, message: object): Promise<void> {
    const { broker } = this;
    if (!broker) return Promise.reject(new Error('the broker is not open'));
    const packet: PublishPacket = {
      cmd: 'publish',
      topic: downTopic(cabinetId, kind),
      payload: JSON.stringify(message),
      qos: kind === 'command' ? 1 : 0,
      retain: false,
      dup: false,
    };
    return new Promise((resolve, reject) => {
      broker.publish(packet, (error) => (error ? reject(error) : resolve()));
    });
  }

  async lookAgain(): Promise<void> {
    const gone = new Set(await this.access.noLonger([...this.admissions.values()]));
    for (const [client, admission] of this.admissions) if (gone.has(admission)) client.close();
  }

  /** Sessions outlive the process. Of a SUBSCRIBE with several topics aedes keeps all as soon as one is granted, so those that are not are left out here. */
  private sessions(redis: Redis): Sessions {
    const sessions = sessionsIn({ conn: redis, packetTTL: () => UNDELIVERED_SECONDS });
    const keep = sessions.addSubscriptions.bind(sessions);
    sessions.addSubscriptions = (client, subscriptions) =>
      keep(
        client,
        subscriptions.filter(({ topic }) => mayHear(client.id, topic)),
      );
    return sessions;
  }

  private listener(broker: Aedes): Server {
    const onSocket = (socket: Socket) => {
      const gauge = new FrameGauge();
      // Beside the broker's own reading, which decides when there is more of it.
      socket.on('data', (chunk: Buffer) => {
        if (!gauge.takes(chunk)) socket.destroy();
      });
      socket.on('error', () => undefined); // Ends the line; the broker sees that.
      broker.handle(socket);
    };
    const { tls } = this.config.mqtt;
    if (!tls) return createServer(onSocket);
    return createTlsServer({ cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) }, onSocket);
  }

  /** In turn with what a cabinet says: of two lines under one name the older is closed before the newer is in. */
  private watch(broker: Aedes): void {
    broker.on('client', (client) => {
      this.inTurn(client, () => this.access.connected(client.id));
    });
    broker.on('clientDisconnect', (client) => {
      this.admissions.delete(client);
      this.inTurn(client, () => this.access.disconnected(client.id));
    });
    broker.on('connectionError', (client) => this.admissions.delete(client));
    broker.on('clientError', (client, error) => {
      this.log.info({ cabinetId: client.id, reason: error.message }, 'a line was cut');
    });
    // Whoever begins to listen, and whoever comes back to a session that listens already.
    broker.on('subscribe', (_, client) => this.tellTime(client));
    broker.on('clientReady', (client) => this.tellTime(client));
  }

  private tellTime(client: Client): void {
    const now = this.clock.now().toISOString();
    this.say(client.id, 'time', { v: 1, now }).catch(() => undefined); // It is told again when it comes back.
  }

  private inTurn(client: Client, work: () => Promise<void>): void {
    this.uplinks
      .inTurn(client.id, work)
      .catch((error: unknown) => this.log.fault(error, 'could not note who is connected'));
  }

  private orLog(work: Promise<void>): void {
    work.catch((error: unknown) => this.log.fault(error, 'the broker stumbled over an answer of its own'));
  }

  private async letIn(
    client: Client,
    { username, password }: { readonly username: string | undefined; readonly password: Buffer | undefined },
    done: (error: AuthenticateError | null, isAdmitted: boolean) => void,
  ): Promise<void> {
    let isAdmitted: boolean;
    try {
      isAdmitted = await this.admit(client, username, password);
    } catch (error) {
      this.log.fault(error, 'could not look up who wants to come in');
      done(refusal('later', SERVER_UNAVAILABLE), false);
      return;
    }
    if (isAdmitted) done(null, true);
    else done(refusal('unknown', BAD_CREDENTIAL), false);
  }

  private async hearOut(
    client: Client | null,
    packet: PublishPacket,
    done: (error: Error | null) => void,
  ): Promise<void> {
    try {
      await this.take(client, packet);
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error))); // Cuts the line: it comes again.
      return;
    }
    done(null);
  }

  private async admit(
    client: Client,
    username: string | undefined,
    password: Buffer | undefined,
  ): Promise<boolean> {
    const admission = await this.access.admit(client.id, username ?? '', password?.toString('utf8') ?? '');
    if (!admission || client.closed) return false;
    this.admissions.set(client, admission);
    return true;
  }

  /** Throws, and so cuts the line, unless it may be acknowledged. */
  private async take(client: Client | null, packet: PublishPacket): Promise<void> {
    const admission = client && this.admissions.get(client);
    const topic = uplinkOf(packet.topic);
    if (!client || !admission || topic?.cabinetId !== admission.cabinetId)
      throw new Error(`no business at ${packet.topic.slice(0, 100)}`);
    if (packet.qos === 2) throw new Error('QoS 2 is not spoken here');
    packet.retain = false; // Nobody listens, and nothing is to be kept.
    const receipt = await this.uplinks.take(
      {
        ...admission,
        version: topic.version,
        kind: topic.kind,
        payload: Buffer.from(packet.payload),
        isResent: packet.dup,
      },
      () => client.closed,
    );
    if (receipt === 'STRANGER' || receipt === 'BUSY') throw new Error(receipt);
  }
}
