import { Injectable } from '@nestjs/common';
import { type IPublishPacket, type MqttClient, connect } from 'mqtt';
import { AccessService, type DownKind, EVERY_UPLINK, downTopic, uplinkOf } from '#libs/counter';
import { Clock } from '#libs/kernel';
import { Config } from '#platform/config';
import { Log } from '#platform/log';
import { UplinkConsumer } from './uplink.consumer.js';
import { WireGateway } from './wire.gateway.js';

/** Fixed, so that the broker keeps what comes while we are away. */
const CLIENT_ID = 'taoyuan-counter';

/** A broker says again what was not acknowledged only to whoever comes back: so we do, soon where the database has stumbled, and later where a cabinet has to say something else first. */
const COME_BACK_MS = { FAILED: 1_000, BUSY: 60_000 } as const;

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
    // In the place of the client's own, which acknowledges before anybody has done anything: `done` without an error is the PUBACK.
    client.handleMessage = (packet, done) => {
      this.hand(packet, done).catch((error: unknown) =>
        this.log.fault(error, 'the broker’s consumer stumbled over an answer of its own'),
      );
    };
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

  private async hand({ topic, payload, dup }: IPublishPacket, done: (error?: Error) => void): Promise<void> {
    try {
      await this.take(topic, Buffer.from(payload), dup);
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error))); // Not acknowledged: it comes again.
      this.comeBackIn(error instanceof Busy ? COME_BACK_MS.BUSY : COME_BACK_MS.FAILED);
      return;
    }
    done();
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
