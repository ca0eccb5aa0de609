import { createHash, randomUUID } from 'node:crypto';
import { type IClientOptions, type MqttClient, connect } from 'mqtt';

export interface Identity {
  readonly cabinetId: string;
  readonly credentialId: string;
  readonly secret: string;
}

export interface Message {
  readonly kind: string;
  readonly bootId: string;
  readonly bootNo: number;
  readonly seq: number;
  readonly body: string;
}

/** What a tray weighed before the door was opened and after it was shut. */
export interface TrayReading {
  readonly slot: string;
  readonly beforeG: number;
  readonly afterG: number;
  readonly isSettled: boolean;
}

export interface Command {
  readonly commandId: string;
  readonly kind: string;
  readonly expiresAt: string;
  readonly data: {
    readonly bootId?: string;
    readonly fromSeq?: number;
    readonly toSeq?: number;
    readonly slot?: string;
    readonly units?: number;
    readonly fen?: number;
    readonly deciCelsius?: number;
    readonly version?: string;
    readonly digest?: string;
    readonly content?: string;
  };
}

/** A thousand who come back at once take their turn: whoever gives up early begins at the end of the line again, and all of them get nowhere. */
const CONNECT_MS_MAX = 30_000;
/** Longer than between two heartbeats, and than a machine with a thousand of them may be busy with the others. */
const KEEP_ALIVE_S = 120;
/** What it can say again when it is asked; the oldest goes first, as in a small memory. */
const KEPT_MAX = 2_000;
/** More than any trial looks at, and little enough for one that runs for weeks. */
const HEARD_MAX = 10_000;

/** Resolves when it is in, and rejects when it is not let in or nobody is there. */
async function opened(client: MqttClient): Promise<void> {
  client.on('error', () => undefined); // Told below; a line that goes later is noticed by whoever speaks.
  try {
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => resolve());
      client.once('error', reject);
      client.once('close', () => reject(new Error('the line was not opened')));
      client.connect();
    });
  } catch (error) {
    client.end(true);
    throw error;
  }
}

/** A cabinet as the protocol wants one: it numbers what it says, keeps it until it has been acknowledged, and says it again. */
export class Device {
  readonly outbox: Message[] = [];
  /** Topics of what it was told, in order. */
  readonly heard: string[] = [];
  /** How much it has numbered of each kind, in all of its boots. */
  readonly noted = new Map<string, number>();
  bootId = '';
  bootNo = 0;
  seq = 0;
  /** Its clock less the true one. */
  skewMs = 0;
  soldUnits = 0;
  soldFen = 0;
  /** What the screen shows. */
  code = '';
  /** Of so many out of a slot, how many come out; a cabinet in good order hands out all. */
  comesOut: (slot: string, units: number) => number = (_, units) => units;
  /** Of a cabinet with one door: what its trays weigh, in grams. One that hands out by the slot has none. */
  readonly trays = new Map<string, number>();
  /** Whether its door is open for whoever has asked for it. */
  isDoorOpen = false;
  /** Whether the door opens for a buyer who asks now; one in good order does. */
  opensDoor: () => boolean = () => true;
  /** What is gone from each tray when the door is shut, in grams; nothing unless somebody stands there. */
  takes: (commandId: string) => ReadonlyMap<string, number> = () => new Map();
  /** Whether the scale of a tray comes to rest. */
  settles: (slot: string) => boolean = () => true;
  /** What its trays weighed is about to be told. */
  weighed: (commandId: string, trays: readonly TrayReading[]) => void = () => undefined;
  /** Of a cabinet of cells: whether the door of one opens, as its sensor sees. One of another kind has none. */
  opensCell: ((slot: string) => boolean) | null = null;
  /** How long a buyer has it open. */
  openMs = 2_000;
  /** The server's clock less the one that nobody sets here, as `time` has told it: a clock that jumps makes no command late. */
  private aheadMs = 0;
  /** What became of commands: what comes again is answered again and not done again. */
  private readonly answers = new Map<string, string>();
  firmware = '1.4.2';
  config = 'c7';
  /** Whether an update goes wrong, and it stays as it was; one in good order takes every one. */
  updateFails: () => boolean = () => false;
  /** What it is set to, as it was told last. */
  settings = '{}';
  /** What it cools down to. */
  targetDeci = 45;
  /** Told to sell nothing. */
  isLocked = false;
  private readonly kept = new Map<string, Message>();
  /** What it has not said and will say only when it is asked for. */
  private readonly passedOver = new Set<string>();
  private bootedMs = 0;
  private client: MqttClient | null = null;
  private flushing: { readonly client: MqttClient | null; readonly done: Promise<void> } | null = null;

  constructor(
    readonly identity: Identity,
    private readonly url: string,
    private readonly options: IClientOptions = {},
  ) {}

  /** Whether it has told all that it has numbered. */
  get hasToldAll(): boolean {
    return this.outbox.length === 0 && this.passedOver.size === 0;
  }

  get isConnected(): boolean {
    return this.client?.connected === true;
  }

  topic(kind: string): string {
    return `v1/counter/${this.identity.cabinetId}/up/${kind}`;
  }

  /** Switched on, now or a while ago: another boot, numbered from one again. What was not acknowledged is still there. */
  boot(reason = 'POWER_ON', agoMs = 0): void {
    this.bootId = randomUUID();
    this.bootNo += 1;
    this.seq = 0;
    this.bootedMs = Date.now() - agoMs;
    this.note('boot', { firmware: this.firmware, config: this.config, reason });
  }

  /** Something has happened, now or a while ago: numbered and kept. */
  note(kind: string, data: object, agoMs = 0): Message {
    this.seq += 1;
    const message = this.message(kind, this.seq, data, agoMs);
    this.outbox.push(message);
    this.noted.set(kind, (this.noted.get(kind) ?? 0) + 1);
    this.kept.set(`${message.bootId}:${message.seq}`, message);
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT_MAX && oldest !== undefined) this.kept.delete(oldest);
    return message;
  }

  message(kind: string, seq: number, data: object, agoMs = 0): Message {
    const { bootId, bootNo } = this;
    const nowMs = Date.now() - agoMs;
    const at = new Date(nowMs + this.skewMs).toISOString();
    const body = JSON.stringify({ v: 1, bootId, bootNo, seq, at, up: nowMs - this.bootedMs, data });
    return { kind, bootId, bootNo, seq, body };
  }

  /** Sold, and so counted for ever. */
  vend(slot: string, units: number, fen: number, more: object = {}): Message {
    this.soldUnits += units;
    this.soldFen += fen;
    return this.note('vend', {
      vendId: randomUUID(),
      commandId: null,
      items: [{ slot, delivery: 'FINISHED', units, grams: null, fen }],
      isTest: false,
      isInMaintenance: false,
      vendorCode: null,
      ...more,
    });
  }

  /** `listens`: asks for its topics; a session that lasts has them already. */
  async connect({
    listens = true,
    onCommand = (command: Command) => this.obey(command),
  } = {}): Promise<void> {
    const { cabinetId, credentialId, secret } = this.identity;
    const client = connect(this.url, {
      clientId: cabinetId,
      username: credentialId,
      password: secret,
      clean: false,
      reconnectPeriod: 0,
      connectTimeout: CONNECT_MS_MAX,
      keepalive: KEEP_ALIVE_S,
      ...this.options,
      manualConnect: true,
    });
    // Before it connects: a session that lasts hands out what has waited at once.
    client.on('message', (topic, payload) => {
      this.heard.push(topic);
      if (this.heard.length > HEARD_MAX) this.heard.splice(0, HEARD_MAX / 2);
      const told = JSON.parse(payload.toString('utf8')) as Command & {
        readonly now: string;
        readonly code: string;
      };
      if (topic.endsWith('/time')) this.aheadMs = Date.parse(told.now) - Date.now();
      if (topic.endsWith('/qr')) this.code = told.code;
      if (topic.endsWith('/command')) onCommand(told);
    });
    await opened(client);
    this.client = client;
    if (listens) await client.subscribeAsync(`v1/counter/${cabinetId}/down/+`, { qos: 1 });
  }

  async subscribe(topic: string | string[]): Promise<void> {
    await this.client?.subscribeAsync(topic, { qos: 1 });
  }

  /** The line is gone, without a word. */
  cut(): void {
    this.client?.end(true);
    this.client = null;
  }

  /** Resolves when it has been acknowledged; rejects when the line goes first. */
  async say({ kind, body }: Pick<Message, 'kind' | 'body'>, topic = this.topic(kind)): Promise<void> {
    const { client } = this;
    if (!client) throw new Error('not connected');
    let onClose = () => undefined as void;
    const closed = new Promise<never>((_, reject) => {
      onClose = () => reject(new Error('the line went'));
      client.once('close', onClose);
    });
    try {
      await Promise.race([client.publishAsync(topic, body, { qos: 1 }), closed]);
    } finally {
      client.off('close', onClose);
      closed.catch(() => undefined); // Nobody waits for it any more.
    }
  }

  async beat(): Promise<void> {
    await this.say(this.message('heartbeat', this.seq, {}));
  }

  /** In order, each until it is acknowledged; whoever wants the same over the same line waits for the same. */
  async flush(): Promise<void> {
    while (this.outbox.length > 0) {
      const { client } = this;
      if (this.flushing?.client !== client) this.flushing = { client, done: this.sayAll() };
      const mine = this.flushing;
      try {
        await mine?.done;
      } finally {
        if (this.flushing === mine) this.flushing = null;
      }
    }
  }

  private async sayAll(): Promise<void> {
    for (let message = this.outbox[0]; message !== undefined; message = this.outbox[0]) {
      await this.say(message);
      if (this.outbox[0] === message) this.outbox.shift();
    }
  }

  snapshot(): Message {
    return this.note('snapshot', { soldUnits: this.soldUnits, soldFen: this.soldFen });
  }

  /** Does what it is told; what it does once is the same when it is told twice. */
  obey({ commandId, kind, expiresAt, data }: Command): void {
    const isOver = Date.now() + this.aheadMs > Date.parse(expiresAt);
    const before = this.answers.get(commandId);
    const gone = kind === 'RESEND' && !isOver ? this.resend(data) : [];
    const outcome = before ?? (isOver ? 'EXPIRED' : this.carryOut(commandId, kind, data));
    this.answers.set(commandId, outcome);
    const isDone = before === undefined && outcome === 'DONE';
    this.note('reply', {
      commandId,
      outcome,
      detail: '',
      ...(gone.length > 0 ? { gone } : {}),
      ...(isDone && kind === 'LOGS_PULL' ? { log: `boot ${this.bootNo}, ${this.seq} messages` } : {}),
    });
    // It answers first where it starts anew afterwards.
    if (isDone && kind === 'REBOOT') this.boot('COMMAND');
    if (isDone && kind.endsWith('_UPDATE')) this.boot('UPDATE');
    this.flush().catch(() => undefined); // The line went; it is said when it is back.
  }

  private carryOut(commandId: string, kind: string, data: Command['data']): string {
    if (kind === 'SNAPSHOT') this.snapshot();
    if (kind === 'OPEN_DOOR') return this.openDoor(commandId);
    if (kind === 'OPEN_CELL') return this.openCell(data.slot ?? '');
    if (kind !== 'DELIVER') {
      if (kind.endsWith('_UPDATE') && !this.takesUpdate(data)) return 'FAILED';
      const isKnown = kind === 'SNAPSHOT' || kind === 'RESEND' || this.remoteControl(kind, data);
      return isKnown ? 'DONE' : 'UNSUPPORTED';
    }
    const { slot = '', units = 0, fen = 0 } = data;
    if (this.isLocked) {
      const items = [{ slot, delivery: 'CANNOT_START', units, grams: null, fen }];
      this.vend(slot, 0, 0, { commandId, items });
      return 'FAILED';
    }
    const out = this.comesOut(slot, units);
    const outFen = Math.round((fen * out) / units);
    const items = [
      { slot, delivery: 'FINISHED', units: out, grams: null, fen: outFen },
      { slot, delivery: 'FAILED', units: units - out, grams: null, fen: fen - outFen },
    ];
    this.vend(slot, out, outFen, { commandId, items: items.filter((item) => item.units > 0) });
    return out === units ? 'DONE' : 'FAILED';
  }

  /** Weighs, opens, and weighs again when the door is shut, whatever the line does meanwhile. */
  private openDoor(commandId: string): string {
    if (this.trays.size === 0) return 'UNSUPPORTED';
    if (this.isLocked || this.isDoorOpen || !this.opensDoor()) return 'FAILED';
    const before = new Map(this.trays);
    this.isDoorOpen = true;
    this.note('door', { isOpen: true, reason: 'SALE' });
    setTimeout(() => {
      for (const [slot, grams] of this.takes(commandId))
        this.trays.set(slot, (this.trays.get(slot) ?? 0) - grams);
      const trays = [...before].map(([slot, beforeG]) => ({
        slot,
        beforeG,
        afterG: this.trays.get(slot) ?? 0,
        isSettled: this.settles(slot),
      }));
      this.isDoorOpen = false;
      this.note('door', { isOpen: false, reason: 'SALE' });
      this.weighed(commandId, trays);
      this.note('weighing', { commandId, trays });
      this.flush().catch(() => undefined); // The line went; it is said when it is back.
    }, this.openMs);
    return 'DONE';
  }

  /** Not where it goes wrong, nor where it is something else than was meant. */
  private takesUpdate({ digest, content }: Command['data']): boolean {
    if (this.updateFails()) return false;
    return (
      content === undefined ||
      digest === undefined ||
      digest === createHash('sha256').update(content).digest('hex')
    );
  }

  /** DONE once the sensor of its door has seen it open. */
  private openCell(slot: string): string {
    if (this.opensCell === null) return 'UNSUPPORTED';
    return !this.isLocked && this.opensCell(slot) ? 'DONE' : 'FAILED';
  }

  /** False for what it does not know. */
  private remoteControl(kind: string, { deciCelsius, version, content }: Command['data']): boolean {
    switch (kind) {
      case 'REBOOT':
      case 'LOGS_PULL':
        return true;
      case 'LOCK':
      case 'UNLOCK':
        this.isLocked = kind === 'LOCK';
        return true;
      case 'TEMPERATURE_SET':
        this.targetDeci = deciCelsius ?? this.targetDeci;
        return true;
      case 'SERVICE_DOOR_OPEN':
        this.note('door', { isOpen: true, reason: 'MAINTENANCE' });
        return true;
      case 'FIRMWARE_UPDATE':
        this.firmware = version ?? this.firmware;
        return true;
      case 'CONFIG_UPDATE':
        this.config = version ?? this.config;
        this.settings = content ?? this.settings;
        return true;
      default:
        return false;
    }
  }

  /** Not said, as if it had been lost on the way: until it is asked for. */
  passOver(isPassed: (message: Message) => boolean): void {
    const passed = this.outbox.filter(isPassed);
    for (const { bootId, seq } of passed) this.passedOver.add(`${bootId}:${seq}`);
    const kept = this.outbox.filter((message) => !passed.includes(message));
    this.outbox.splice(0, this.outbox.length, ...kept);
  }

  /** What it forgets of what has been acknowledged, as a small memory does. */
  forget(): void {
    this.kept.clear();
  }

  private resend({
    bootId = '',
    fromSeq = 1,
    toSeq = 0,
  }: Command['data']): { fromSeq: number; toSeq: number }[] {
    const gone: { fromSeq: number; toSeq: number }[] = [];
    for (let seq = fromSeq; seq <= toSeq; seq += 1) {
      const key = `${bootId}:${seq}`;
      this.passedOver.delete(key);
      const message = this.kept.get(key);
      if (message) this.outbox.push(message);
      else gone.push({ fromSeq: seq, toSeq: seq });
    }
    return gone;
  }
}
