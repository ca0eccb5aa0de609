import type { Random } from '../../data/random.js';
import type { Device } from '../device.js';
import { happens } from '../happens.js';
import type { Temper } from '../temper.js';
import type { Kind, ShelfSlot } from './kind.js';

/** Hands out slot by slot, as long as there is something, and knows what is really there: the truth that the book is measured by. */
export class SlotCabinet implements Kind {
  readonly sells = 'BY_SLOT';
  readonly contents: Map<string, number>;
  /** Somebody stands at the open door: nothing is handed out meanwhile. */
  isServed = false;
  private readonly prices: ReadonlyMap<string, number>;
  private trial = 0;

  /** What happens to what is bought has a chance of its own (`luck`): how often it is bought changes nothing else. */
  constructor(
    private readonly device: Device,
    shelf: readonly ShelfSlot[],
    private readonly temper: Temper,
    private readonly random: Random,
    private readonly luck: Random,
  ) {
    this.contents = new Map(shelf.map(({ code, units }) => [code, units]));
    this.prices = new Map(shelf.map(({ code, priceFen }) => [code, priceFen]));
    device.comesOut = (slot, units) => this.handOut(slot, units);
  }

  live(): void {
    const slots = [...this.contents.keys()];
    if (slots.length === 0) return;
    const slot = this.random.pick(slots);
    if (happens(this.random, this.temper, this.temper.jamEveryS)) this.jam(slot);
    if (happens(this.random, this.temper, this.temper.testEveryS)) this.tryOut(slot);
    if (happens(this.random, this.temper, this.temper.fallEveryS)) this.fall(slot);
  }

  put(slot: string, units: number): void {
    this.contents.set(slot, (this.contents.get(slot) ?? 0) + units);
  }

  private handOut(slot: string, units: number): number {
    const there = this.contents.get(slot) ?? 0;
    if (this.isServed) return 0;
    const { jamPercent, surplusPercent } = this.temper;
    const turned = this.luck.percent(jamPercent)
      ? this.luck.between(0, units - 1)
      : units + Number(this.luck.percent(surplusPercent));
    const out = Math.min(there, turned);
    this.contents.set(slot, there - out);
    return out;
  }

  private jam(slot: string): void {
    this.vend(slot, { delivery: 'FAILED', isTest: false });
    this.device.note('alarm', { code: 'JAM', isActive: true, slot, detail: '卡货', vendorCode: null });
  }

  /** What comes out at a trial is put back. */
  private tryOut(slot: string): void {
    this.vend(slot, { delivery: 'FINISHED', isTest: true });
  }

  /** Nobody has bought it. */
  private fall(slot: string): void {
    const there = this.contents.get(slot) ?? 0;
    if (there === 0 || this.isServed) return;
    this.contents.set(slot, there - 1);
    this.device.vend(slot, 1, this.prices.get(slot) ?? 0);
  }

  private vend(
    slot: string,
    { delivery, isTest }: { readonly delivery: 'FINISHED' | 'FAILED'; readonly isTest: boolean },
  ): void {
    this.trial += 1;
    this.device.note('vend', {
      vendId: `trial-${this.trial}`,
      commandId: null,
      items: [{ slot, delivery, units: 1, grams: null, fen: this.prices.get(slot) ?? 0 }],
      isTest,
      isInMaintenance: false,
      vendorCode: null,
    });
  }
}
