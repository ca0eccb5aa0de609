import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../data/random.js';
import type { Device } from './device.js';

const STEP_MS = 1_000;
const BEAT_EVERY_STEPS = 20;
const SLOTS = ['A1', 'A2', 'A3', 'A4', 'B1', 'B2', 'B3', 'B4'];
const OFFLINE_STEPS_MAX = 20;
const JUMP_MS_MAX = 7_200_000;
const END_TRIES = 20;
/** Of what is bought. */
const JAM_PERCENT = 5;
const READ_EVERY_STEPS = 30;
/** Misfortunes of hours, each once in so many steps. */
const RARE = 5_000;

/** A cabinet with its misfortunes, all of them drawn from a seed. Its buyers come from the shop; what they have paid for it hands out. */
export class SimulatedCabinet {
  said = 0;
  private offlineSteps = 0;
  private step = 0;
  private deciCelsius = 45;
  /** How wrong its thermometer has become. */
  private driftDeci = 0;
  /** Steps for which something lasts; nothing at 0. */
  private readonly lasting = { heat: 0, door: 0, dark: 0 };

  constructor(
    readonly device: Device,
    private readonly random: Random,
  ) {
    device.comesOut = (_, units) => (this.chance(JAM_PERCENT) ? this.random.between(0, units - 1) : units);
    device.boot();
  }

  /** Until it is over; then everything that waits is said. */
  async run(isOver: () => boolean): Promise<void> {
    await sleep(this.random.between(0, STEP_MS));
    while (!isOver()) {
      this.live();
      await this.speak();
      await sleep(STEP_MS);
    }
    this.device.snapshot();
    this.offlineSteps = 0;
    for (let tries = 0; tries < END_TRIES && this.device.outbox.length > 0; tries += 1) {
      await this.speak();
      if (this.device.outbox.length > 0) await sleep(STEP_MS);
    }
    this.device.cut();
  }

  private chance(percent: number): boolean {
    return this.random.between(1, 100) <= percent;
  }

  private live(): void {
    const { device } = this;
    const slot = SLOTS[this.random.between(0, SLOTS.length - 1)] ?? 'A1';
    this.step += 1;
    if (this.chance(1)) this.jam(slot);
    if (this.chance(1)) this.testVend(slot);
    this.endure();
    if (this.step % READ_EVERY_STEPS === 0) this.read();
    if (this.chance(1)) device.skewMs = this.random.between(-JUMP_MS_MAX, JUMP_MS_MAX);
    if (this.step % 300 === 0) device.boot('WATCHDOG');
    if (this.step % 120 === 0) device.snapshot();
    if (this.offlineSteps === 0 && this.chance(2)) {
      device.cut();
      this.offlineSteps = this.random.between(1, OFFLINE_STEPS_MAX);
    }
  }

  /** Heat, a door that somebody has left open, a power cut, hours without a line, a thermometer that drifts. */
  private endure(): void {
    const { device, lasting } = this;
    const isRare = () => this.random.between(1, RARE) === 1;
    if (lasting.door === 0 && this.chance(4)) {
      device.note('door', { isOpen: true, reason: 'SALE' });
      lasting.door = this.chance(2) ? this.random.between(130, 400) : this.random.between(3, 15);
    } else if (lasting.door > 0 && (lasting.door -= 1) === 0)
      device.note('door', { isOpen: false, reason: 'SALE' });
    if (lasting.dark === 0 && isRare()) {
      lasting.dark = this.random.between(60, 1_200);
      this.sayPower(true);
    } else if (lasting.dark > 0 && (lasting.dark -= 1) === 0) this.sayPower(false);
    if (lasting.heat > 0) lasting.heat -= 1;
    else if (isRare()) lasting.heat = this.random.between(700, 1_800);
    if (this.offlineSteps === 0 && isRare()) {
      device.cut();
      this.offlineSteps = this.random.between(400, 7_200);
    }
    if (isRare()) this.driftDeci += this.random.between(-10, 10);
    const isWarming = lasting.heat > 0 || lasting.dark > 0 || lasting.door > 60;
    const aim = isWarming ? 240 : device.targetDeci;
    this.deciCelsius += Math.sign(aim - this.deciCelsius) * this.random.between(0, 1);
  }

  private sayPower(isActive: boolean): void {
    this.device.note('alarm', { code: 'POWER_LOST', isActive, slot: null, detail: '停电', vendorCode: null });
  }

  private read(): void {
    this.device.note('telemetry', {
      deciCelsius: this.deciCelsius + this.driftDeci,
      isDoorOpen: this.lasting.door > 0,
      isMainsOn: this.lasting.dark === 0,
      signalDbm: -this.random.between(60, 110),
    });
  }

  private jam(slot: string): void {
    this.device.note('vend', {
      vendId: `jam-${this.step}`,
      commandId: null,
      items: [{ slot, delivery: 'FAILED', units: 1, grams: null, fen: 800 }],
      isTest: false,
      isInMaintenance: false,
      vendorCode: null,
    });
    this.device.note('alarm', { code: 'JAM', isActive: true, slot, detail: '卡货', vendorCode: null });
  }

  private testVend(slot: string): void {
    this.device.note('vend', {
      vendId: `test-${this.step}`,
      commandId: null,
      items: [{ slot, delivery: 'FINISHED', units: 1, grams: null, fen: 800 }],
      isTest: true,
      isInMaintenance: false,
      vendorCode: null,
    });
  }

  /** What waits; some of it twice, and some in another order. A line that goes is come back to at the next step. */
  private async speak(): Promise<void> {
    const { device } = this;
    if (this.offlineSteps > 0) {
      this.offlineSteps -= 1;
      return;
    }
    try {
      if (!device.isConnected) {
        await device.connect();
        await device.beat();
      }
      const [first, second] = device.outbox;
      if (first && second && this.chance(10)) device.outbox.splice(0, 2, second, first);
      if (first && this.chance(5)) await device.say(first);
      const waiting = device.outbox.length;
      await device.flush();
      this.said += waiting;
      if (this.step % BEAT_EVERY_STEPS === 0) await device.beat();
    } catch {
      device.cut(); // The line went; nothing is lost, and the next step comes back.
    }
  }
}
