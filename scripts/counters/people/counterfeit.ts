import { randomUUID } from 'node:crypto';
import type { IClientOptions } from 'mqtt';
import type { Random } from '../../data/random.js';
import { Device, type Identity } from '../device.js';

const UNASKED = { slot: 'A1', delivery: 'FINISHED', units: 99, grams: null, fen: 99_999 };

/** Somebody who knows the names of all cabinets, and has taken one of them home with what it signs in with. */
export class Counterfeit {
  tries = 0;
  /** What came of it; nothing should. */
  readonly gains: string[] = [];

  constructor(
    private readonly url: string,
    private readonly victims: readonly Identity[],
    private readonly random: Random,
    /** Null where they have none. */
    private readonly own: Identity | null,
  ) {}

  /** Tries one way in. Everything they get is kept as a gain. */
  async try(): Promise<void> {
    const victim = this.random.pick(this.victims);
    const ways = [
      () => this.enter({ ...victim, secret: 'x'.repeat(43) }),
      () => this.enter({ ...victim, secret: '' }),
      ...(this.own ? this.waysOf(this.own, victim) : []),
    ];
    this.tries += 1;
    await this.random.pick(ways)();
  }

  private waysOf(own: Identity, victim: Identity): (() => Promise<void>)[] {
    return [
      () => this.enter({ ...own, cabinetId: victim.cabinetId }),
      () => this.enter({ ...victim, credentialId: own.credentialId, secret: own.secret }),
      () => this.speak(own, victim),
      () => this.listen(own, victim),
      () => this.leaveWill(own, victim),
    ];
  }

  private async enter(identity: Identity): Promise<void> {
    const device = new Device(identity, this.url);
    try {
      await device.connect({ listens: false });
    } catch {
      return; // As it should be; so below.
    }
    this.gains.push(`was let in as ${identity.cabinetId}`);
    device.cut();
  }

  private async inOwnName(
    own: Identity,
    work: (device: Device) => Promise<void>,
    options: IClientOptions = {},
  ): Promise<void> {
    const device = new Device(own, this.url, options);
    try {
      await device.connect({ listens: false });
      device.boot();
      await work(device);
    } catch {
      // Their line went.
    } finally {
      device.cut();
    }
  }

  private speak(own: Identity, victim: Identity): Promise<void> {
    return this.inOwnName(own, async (device) => {
      const vend = { vendId: randomUUID(), commandId: null, items: [UNASKED], isTest: false };
      const data = { ...vend, isInMaintenance: false, vendorCode: null };
      const message = device.message('vend', 1, data);
      await device.say(message, `v1/counter/${victim.cabinetId}/up/vend`);
      this.gains.push(`spoke as ${victim.cabinetId}`);
    });
  }

  private listen(own: Identity, victim: Identity): Promise<void> {
    return this.inOwnName(own, async (device) => {
      await device.subscribe(`v1/counter/${victim.cabinetId}/down/+`);
      this.gains.push(`listens to ${victim.cabinetId}`);
    });
  }

  /** Cut off, they would speak as another when nobody looks. */
  private leaveWill(own: Identity, victim: Identity): Promise<void> {
    const topic = `v1/counter/${victim.cabinetId}/up/vend`;
    const will = { topic, payload: Buffer.from('{"v":2}'), qos: 1 as const, retain: true };
    return this.inOwnName(own, async () => undefined, { will });
  }
}
