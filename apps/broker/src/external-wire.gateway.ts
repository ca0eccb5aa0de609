import { Injectable } from '@nestjs/common';
import { type IPublishPacket, type MqttClient, connect } from 'mqtt';
import { AccessService, type DownKind, EVERY_UPLINK, downTopic, uplinkOf } from '#libs/counter';
import { Config } from '#platform/config';
import { Log } from '#platform/log';
import { UplinkConsumer } from './uplink.consumer.js';
import { WireGateway } from './wire.gateway.js';

/** Fixed, so that the broker keeps what comes while we are away. */
const CLIENT_ID = 'taoyuan-counter';

/**
 * Somebody else's broker: it lets cabinets in and keeps them apart, and acknowledges when it has something itself. We acknowledge when the
 * effect is committed, and only then does it forget.
 */
@Injectable()
export class ExternalWireGateway extends WireGateway {
  private client: MqttClient | undefined;

  constructor(
    private readonly config: Config,
    private readonly access: AccessService,
    private readonly uplinks: UplinkConsumer,
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
      return;
    }
    done();
  }

  private async take(topic: string, payload: Buffer, isResent: boolean): Promise<void> {
    const uplink = uplinkOf(topic);
    if (!uplink) return; // Not of a cabinet: nothing to be done about it, ever.
    const receipt = await this.uplinks.take({ ...uplink, credentialId: null, payload, isResent });
    if (receipt === 'STRANGER')
      this.log.warn({ cabinetId: uplink.cabinetId }, 'a stranger came over the broker');
    if (receipt === 'BUSY') throw new Error(receipt);
  }
}
