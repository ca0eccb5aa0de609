import { Injectable } from '@nestjs/common';
import { type IPublishPacket, type MqttClient, connect } from 'mqtt';
import { AccessService, type DownKind, EVERY_UPLINK, downTopic, uplinkOf } from '#libs/counter';
import { Clock } from '#libs/kernel';
import { Config } from '#platform/config';
import { Log } from '#platform/log';
import { type Handed, acknowledgeable, pubackOf } from './acknowledgement.rules.js';
import { UplinkConsumer } from './uplink.consumer.js';
import { WireGateway } from './wire.gateway.js';

/** Fixed, so that the broker keeps what comes while we are away. */
const CLIENT_ID = 'taoyuan-counter';

/** A broker says again what was not acknowledged only to whoever comes back: so we do, soon where the database has stumbled, and later where a cabinet has to say something else first. */
const COME_BACK_MS = { FAILED: 1_000, BUSY: 60_000 } as const;

/** What has been handed to us and is not committed yet: beyond this the broker waits, however much it would hand over. */
const UNDER_WAY_MAX = 200;

/** To a client that hands packets over one by one this says: not acknowledged, go on with the next. */
class Later extends Error {}

class Busy extends Error {}

/**
 * Somebody else's broker: it lets cabinets in and keeps them apart, and acknowledges when it has something itself. We acknowledge when the
 * effect is committed, and only then does it forget.
 */
@Injectable()
export class ExternalWireGateway extends WireGateway {
  private client: MqttClient | undefined;
  private comingBack: { readonly timer: NodeJS.Timeout; readonly atMs: number } | null = null;
  /** Only the broker knows who is in: whoever speaks is. */
  private readonly heard = new Set<string>();
  /** In the order in which they came, over the line that there is now; the protocol wants them acknowledged in that order. */
  private underWay: Handed[] = [];
  /** Those whose turn to go on has not come. */
  private readonly held: (() => void)[] = [];
  private isOver = false;

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
    const client = connect(this.config.mqtt.url ?? '', {
      clientId: CLIENT_ID,
      clean: false,
      resubscribe: true,
      manualConnect: true,
    });
    this.client = client;
    // In the place of the client's own, which acknowledges before anybody has done anything: `done` without an error would be the PUBACK.
    client.handleMessage = (packet, done) => {
      this.hand(packet, done).catch((error: unknown) =>
        this.log.fault(error, 'the broker’s consumer stumbled over an answer of its own'),
      );
    };
    client.on('close', () => {
      this.underWay = [];
      for (const goOn of this.held.splice(0)) goOn();
    });
    client.on('error', (error) =>
      this.log.fault(error, 'the line to the broker is disturbed; it will reconnect'),
    );
    await new Promise<void>((resolve) => {
      client.once('connect', () => resolve());
      client.connect();
    });
    await client.subscribeAsync(EVERY_UPLINK, { qos: 1 });
  }

  async close(): Promise<void> {
    this.isOver = true;
    clearTimeout(this.comingBack?.timer);
    await this.uplinks.close();
    await this.client?.endAsync();
  }

  isUp(): boolean {
    return this.client?.connected === true;
  }

  connected(): null {
    return null;
  }

  async say(cabinetId: string, kind: DownKind, message: object): Promise<void> {
    await this.client?.publishAsync(downTopic(cabinetId, kind), JSON.stringify(message), {
      qos: kind === 'command' ? 1 : 0,
    });
  }

  /** Its own affair; what comes from whoever is no longer good is not taken. */
  async lookAgain(): Promise<void> {}

  /** Cabinets do not wait for each other: the next packet is taken at once, and each is acknowledged once its effect is committed. What one cabinet says stays in its order. */
  private async hand(
    { topic, payload, dup, qos, messageId = 0 }: IPublishPacket,
    done: (error?: Error) => void,
  ): Promise<void> {
    const stream = this.client?.stream;
    const mine: Handed = { messageId, state: 'UNDER_WAY' };
    const among = this.underWay;
    if (qos > 0) among.push(mine);
    const goOn = () => done(new Later());
    if (among.length > UNDER_WAY_MAX) this.held.push(goOn);
    else goOn();
    try {
      await this.take(topic, Buffer.from(payload), dup);
      mine.state = 'COMMITTED';
    } catch (error) {
      mine.state = 'NEVER'; // It comes again once we have come back.
      this.comeBackIn(error instanceof Busy ? COME_BACK_MS.BUSY : COME_BACK_MS.FAILED);
    }
    // Over a line that has gone nothing is acknowledged: there its number may be another's by now.
    for (const id of acknowledgeable(among)) if (stream?.writable) stream.write(pubackOf(id));
    if (among === this.underWay && among.length <= UNDER_WAY_MAX) this.held.shift()?.();
  }

  private async take(topic: string, payload: Buffer, isResent: boolean): Promise<void> {
    const uplink = uplinkOf(topic);
    if (!uplink) return; // Not of a cabinet: nothing to be done about it, ever.
    const { cabinetId, kind } = uplink;
    const receipt = await this.uplinks.take({ ...uplink, credentialId: null, payload, isResent });
    if (receipt === 'STRANGER') {
      this.log.warn({ cabinetId }, 'a stranger came over the broker');
      return;
    }
    if (receipt === 'BUSY') throw new Busy(`${cabinetId} has to say something else first`);
    if (!this.heard.has(cabinetId)) {
      await this.access.connected(cabinetId);
      this.heard.add(cabinetId);
    }
    // Our own broker tells it to whoever begins to listen; of that we hear nothing here.
    if (kind === 'heartbeat')
      await this.say(cabinetId, 'time', { v: 1, now: this.clock.now().toISOString() });
  }

  private comeBackIn(ms: number): void {
    const atMs = this.clock.now().getTime() + ms;
    if (this.isOver || (this.comingBack && this.comingBack.atMs <= atMs)) return;
    clearTimeout(this.comingBack?.timer);
    const timer = setTimeout(() => {
      this.comingBack = null;
      this.client?.stream.destroy(); // The client reconnects by itself, to the same session.
    }, ms);
    this.comingBack = { timer, atMs };
  }
}
