import type { Random } from '../../data/random.js';
import type { Device } from '../device.js';
import type { Kind, TrayGoods } from './kind.js';

/** Of those who open: what they take, in things. */
const TAKEN_MAX = 3;
/** Of a hundred who open, so many put something of their own in, so that a person has to look. */
const STRANGE_PERCENT = 5;

/** One door, and trays that weigh: whoever has it opened takes some of what stands there. */
export class WeighingCabinet implements Kind {
  /** By an opening, and not by the code on its screen alone. */
  readonly isSelling = false;

  constructor(
    private readonly device: Device,
    private readonly goods: readonly TrayGoods[],
    private readonly random: Random,
  ) {
    for (const { code, unitG, units } of goods)
      device.trays.set(code, (device.trays.get(code) ?? 0) + unitG * units);
    device.takes = () => this.taken();
  }

  live(): void {
    // Nothing happens to it by itself.
  }

  /** Nobody takes what is not there: an empty tray weighs nothing, and not less. */
  private taken(): ReadonlyMap<string, number> {
    const grams = new Map<string, number>();
    if (this.goods.length === 0) return grams;
    for (let things = this.random.between(0, TAKEN_MAX); things > 0; things -= 1) {
      const { code, unitG } = this.random.pick(this.goods);
      const more = (grams.get(code) ?? 0) + unitG;
      if (more <= (this.device.trays.get(code) ?? 0)) grams.set(code, more);
    }
    const [code] = grams.keys();
    if (code !== undefined && this.random.percent(STRANGE_PERCENT))
      grams.set(code, -this.random.between(50, 900));
    return grams;
  }
}
