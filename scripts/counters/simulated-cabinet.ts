import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../data/random.js';
import type { Device } from './device.js';
import type { Gate } from './gate.js';
import { happens } from './happens.js';
import type { Kind } from './kinds/kind.js';
import type { Temper } from './temper.js';

const JUMP_MS_MAX = 7_200_000;
const END_TRIES = 120;
const AGAIN_MS = 1_000;
const BACK_OFF_MS_MAX = 60_000;
/** Of doors that are opened, so many in a hundred are forgotten. */
const FORGOTTEN_PERCENT = 2;
/** The protocol wants it within minutes; until then it is warm inside. */
const WARM_AFTER_S = 60;

/** A cabinet of any kind with its misfortunes, all of them drawn from a seed. Its buyers come from the shop; what they have paid for it hands out. */
export class SimulatedCabinet {
  said = 0;
  private offlineS = 0;
  private isCalm = false;
  private steps = 0;
  private failures = 0;
  private comesBackAt = 0;
  private deciCelsius = 45;
  /** How wrong its thermometer has become. */
  private driftDeci = 0;
  /** Seconds for which something lasts; nothing at 0. */
  private readonly lasting = { heat: 0, door: 0, dark: 0 };

  constructor(
    readonly device: Device,
    readonly kind: Kind,
    private readonly temper: Temper,
    private readonly random: Random,
    /** What the line does has a chance of its own: how much there was to say changes nothing else. */
    private readonly lineChance: Random,
    /** Where they come in one by one: so many who are on one machine would all wait for each other, give up, and begin anew. */
    private readonly gate: Gate,
  ) {
    device.boot();
  }

  /** Until it is over; then everything that waits is said. */
  async run(over: AbortSignal): Promise<void> {
    const { stepMs } = this.temper;
    const rest = (ms: number) => sleep(ms, undefined, { signal: over }).catch(() => undefined); // Over, or rested.
    await rest(this.random.between(0, this.temper.startWithinMs));
    while (!over.aborted) {
      this.live();
      await this.speak();
      await rest(stepMs);
    }
    this.calm();
    this.device.snapshot();
    // Whoever has its door open takes and shuts it first; and that something is missing just before the totals is noticed by these, so it stays until it has been asked for it.
    const isBusy = () => !this.device.hasToldAll || this.device.isDoorOpen;
    for (let tries = 0; tries < END_TRIES && isBusy(); tries += 1) {
      await this.speak();
      if (isBusy()) await sleep(AGAIN_MS);
    }
    this.device.cut();
  }

  /** Nothing further happens to it; it is there, and says what it has to say. */
  calm(): void {
    this.isCalm = true;
    this.offlineS = 0;
    this.comesBackAt = 0; // It looks again now, and waits its turn anew if nobody is there.
    this.failures = 0;
    const { lasting } = this;
    if (lasting.dark > 0) this.sayPower(false);
    if (lasting.door > 0) this.device.note('door', { isOpen: false, reason: 'SALE' });
    Object.assign(lasting, { heat: 0, door: 0, dark: 0 });
  }

  private happens(everyS: number): boolean {
    return happens(this.random, this.temper, everyS);
  }

  private isDue(everyS: number): boolean {
    return this.steps % Math.max(1, Math.round((everyS * 1_000) / this.temper.stepMs)) === 0;
  }

  private live(): void {
    const { device, temper } = this;
    this.steps += 1;
    if (this.isCalm) return;
    this.kind.live();
    this.endure();
    if (this.isDue(temper.readEveryS)) this.read();
    if (this.happens(temper.clockJumpEveryS)) device.skewMs = this.random.between(-JUMP_MS_MAX, JUMP_MS_MAX);
    if (this.isDue(temper.rebootEveryS)) device.boot('WATCHDOG');
    if (this.isDue(temper.snapshotEveryS)) device.snapshot();
    if (this.offlineS === 0 && this.happens(temper.cutEveryS))
      this.loseLine(this.random.between(1, temper.cutMaxS));
  }

  /** Heat, a door that somebody has left open, a power cut, hours without a line, a thermometer that drifts. */
  private endure(): void {
    const { device, lasting, random, temper } = this;
    const stepS = temper.stepMs / 1_000;
    const before = { ...lasting };
    for (const what of ['heat', 'door', 'dark'] as const) lasting[what] = Math.max(0, before[what] - stepS);
    if (before.door > 0 && lasting.door === 0) device.note('door', { isOpen: false, reason: 'SALE' });
    if (before.dark > 0 && lasting.dark === 0) this.sayPower(false);
    if (before.door === 0 && this.happens(temper.doorEveryS)) {
      device.note('door', { isOpen: true, reason: 'SALE' });
      lasting.door = random.percent(FORGOTTEN_PERCENT) ? random.between(130, 400) : random.between(3, 15);
    }
    if (before.dark === 0 && this.happens(temper.rareEveryS)) {
      lasting.dark = random.between(60, 1_200);
      this.sayPower(true);
    }
    if (before.heat === 0 && this.happens(temper.rareEveryS)) lasting.heat = random.between(700, 1_800);
    if (this.offlineS === 0 && this.happens(temper.rareEveryS)) this.loseLine(random.between(400, 7_200));
    if (this.happens(temper.driftEveryS)) this.driftDeci += random.between(-10, 10);
    const isWarming = lasting.heat > 0 || lasting.dark > 0 || lasting.door > WARM_AFTER_S;
    const aim = isWarming ? 240 : device.targetDeci;
    const change = Math.min(Math.abs(aim - this.deciCelsius), random.between(0, Math.ceil(stepS)));
    this.deciCelsius += Math.sign(aim - this.deciCelsius) * change;
  }

  private loseLine(forS: number): void {
    this.device.cut();
    this.offlineS = forS;
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

  /** What waits; some of it twice, in another order, or only once it is asked for. A line that goes is come back to at the next step. */
  private async speak(): Promise<void> {
    const { device } = this;
    if (this.offlineS > 0) {
      this.offlineS = Math.max(0, this.offlineS - this.temper.stepMs / 1_000);
      return;
    }
    if (this.comesBackAt > performance.now()) return;
    try {
      if (!device.isConnected) {
        await this.gate.pass(async () => {
          await device.connect();
          await device.beat();
        });
        this.failures = 0;
      }
      if (!this.isCalm) await this.stumble();
      const waiting = device.outbox.length;
      await device.flush();
      this.said += waiting;
      if (this.isDue(this.temper.beatEveryS)) await device.beat();
    } catch {
      device.cut(); // The line went; nothing is lost, and a later step comes back.
      this.waitForTurn();
    }
  }

  /** At the next step, then ever more rarely, and never all at once: a broker that has just come up has everybody before it. */
  private waitForTurn(): void {
    const longestMs = Math.min(BACK_OFF_MS_MAX, this.temper.stepMs * 2 ** this.failures);
    this.failures += 1;
    this.comesBackAt = performance.now() + this.lineChance.between(0, longestMs);
  }

  private async stumble(): Promise<void> {
    const { device, lineChance: random, temper } = this;
    const [first, second] = device.outbox;
    if (first && second && random.percent(temper.swapPercent)) device.outbox.splice(0, 2, second, first);
    if (first && random.percent(temper.twicePercent)) await device.say(first);
    // A reading may be thrown away and a vend never: only what no money hangs on.
    device.passOver(
      ({ kind }) => (kind === 'telemetry' || kind === 'door') && random.percent(temper.passOverPercent),
    );
  }
}
