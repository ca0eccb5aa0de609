import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Module,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import {
  AccessService,
  CABINET_CHANGED_TOPIC,
  CommandService,
  CounterModule,
  KIOSK_CODE_EVERY_MS,
  KioskCodeModule,
  KioskCodeService,
  WIRE_BEAT_MS,
  WireService,
} from '#libs/counter';
import { Clock } from '#libs/kernel';
import { Config } from '#platform/config';
import { HealthDoor } from '#platform/health';
import { LiveGateway } from '#platform/live';
import { Log } from '#platform/log';
import { PlatformModule } from '#platform/service';
import { EmbeddedWireGateway } from './embedded-wire.gateway.js';
import { ExternalWireGateway } from './external-wire.gateway.js';
import { UplinkConsumer } from './uplink.consumer.js';
import { WireGateway } from './wire.gateway.js';

/** A live message may be lost: whoever should be out is out by then at the latest. */
const LOOK_AGAIN_MS = 30_000;
/** Somebody stands before a cabinet and waits. */
const SEND_MS = 500;
/** Likewise: they have just switched it on. */
const SHOW_MS = 1_000;

/** The line to the cabinets, in a process of its own: thousands of sockets that stay open, and none of the shop's business. */
@Module({})
export class BrokerModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private sending: NodeJS.Timeout | undefined;
  private showing: NodeJS.Timeout | undefined;
  private beating: NodeJS.Timeout | undefined;
  private readonly shownAtMs = new Map<string, number>();
  private isOver = false;

  constructor(
    private readonly wire: WireGateway,
    private readonly uplinks: UplinkConsumer,
    private readonly commands: CommandService,
    private readonly codes: KioskCodeService,
    private readonly wires: WireService,
    private readonly live: LiveGateway,
    private readonly clock: Clock,
    private readonly health: HealthDoor,
    private readonly log: Log,
  ) {}

  static with(config: Config): DynamicModule {
    return {
      module: BrokerModule,
      imports: [PlatformModule.forService('broker', config), CounterModule, KioskCodeModule],
      providers: [
        UplinkConsumer,
        {
          provide: WireGateway,
          inject: [Config, AccessService, UplinkConsumer, Clock, Log],
          useFactory: (
            settings: Config,
            access: AccessService,
            uplinks: UplinkConsumer,
            clock: Clock,
            log: Log,
          ) =>
            settings.mqtt.url === undefined
              ? new EmbeddedWireGateway(settings, access, uplinks, clock, log)
              : new ExternalWireGateway(settings, access, uplinks, clock, log),
        },
      ],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    // Before anybody comes: how long we were away is known when the first cabinet speaks.
    await this.wires.beat();
    await this.wire.open();
    this.beating = setInterval(() => this.beat(), WIRE_BEAT_MS);
    this.live.emitter.on(CABINET_CHANGED_TOPIC, (_, done) => {
      this.lookAgain();
      done();
    });
    this.timer = setInterval(() => {
      this.lookAgain();
      this.uplinks.forgetIdle();
    }, LOOK_AGAIN_MS);
    this.sendLater();
    this.showLater();
    this.measure();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isOver = true;
    clearInterval(this.timer);
    clearInterval(this.beating);
    clearTimeout(this.sending);
    clearTimeout(this.showing);
    await this.wire.close();
  }

  /** What we cannot write we could not keep of cabinets either: no beat is the truth about it. */
  private beat(): void {
    if (!this.wire.isUp()) return;
    this.wires
      .beat()
      .catch((error: unknown) =>
        this.log.fault(error, 'could not say that the lines are held; it is tried again'),
      );
  }

  /** One round after the other, never two at once. */
  private sendLater(): void {
    if (this.isOver) return;
    this.sending = setTimeout(() => {
      this.send()
        .catch((error: unknown) =>
          this.log.fault(error, 'could not tell cabinets what to do; it is tried again'),
        )
        .finally(() => this.sendLater());
    }, SEND_MS);
  }

  private async send(): Promise<void> {
    for (const { id, cabinetId, kind, data, expiresAt } of await this.commands.due(this.wire.connected())) {
      const command = {
        v: 1,
        commandId: id,
        kind,
        expiresAt: expiresAt.toISOString(),
        data: JSON.parse(data) as object,
      };
      await this.wire.say(cabinetId, 'command', command);
    }
  }

  /** Who has come in since the last round sees a code within a second; the others another one every half minute. */
  private showLater(): void {
    if (this.isOver) return;
    this.showing = setTimeout(() => {
      this.show()
        .catch((error: unknown) =>
          this.log.fault(error, 'could not tell cabinets what to show; it is tried again'),
        )
        .finally(() => this.showLater());
    }, SHOW_MS);
  }

  private async show(): Promise<void> {
    const nowMs = this.clock.now().getTime();
    const connected = this.wire.connected();
    // Looked up, not searched: five thousand of them, once a second.
    const here = connected && new Set(connected);
    for (const id of this.shownAtMs.keys()) if (here && !here.has(id)) this.shownAtMs.delete(id);
    const isDue = (id: string) => nowMs - (this.shownAtMs.get(id) ?? 0) >= KIOSK_CODE_EVERY_MS;
    if (connected ? !connected.some(isDue) : !isDue('')) return;
    if (!connected) this.shownAtMs.set('', nowMs);
    for (const id of await this.codes.audience(connected?.filter(isDue) ?? null)) {
      const { code, expiresAt } = this.codes.issue('SCAN', id);
      this.shownAtMs.set(id, nowMs);
      const link = this.codes.linkOf(code);
      await this.wire.say(id, 'qr', { v: 1, code, link, expiresAt: expiresAt.toISOString() });
    }
  }

  private lookAgain(): void {
    this.wire
      .lookAgain()
      .catch((error: unknown) =>
        this.log.fault(error, 'could not look who is still welcome; it is tried again'),
      );
  }

  private measure(): void {
    this.health.gauge({
      name: 'taoyuan_cabinet_messages',
      help: 'What cabinets have said since this process began, by what became of it.',
      labels: ['receipt'],
      collect: async () =>
        [...this.uplinks.counts].map(([receipt, value]) => ({ labels: { receipt }, value })),
    });
    this.health.gauge({
      name: 'taoyuan_cabinets_connected',
      help: 'Cabinets that are connected to this broker; with a broker of somebody else’s, 1 while we are.',
      labels: [],
      collect: async () => [{ labels: {}, value: this.wire.connected()?.length ?? Number(this.wire.isUp()) }],
    });
  }
}
