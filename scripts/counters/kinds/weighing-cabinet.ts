import type { Random } from '../../data/random.js';
import type { Device, TrayReading } from '../device.js';
import { happens } from '../happens.js';
import type { Temper } from '../temper.js';
import type { Kind, TrayGoods } from './kind.js';

/** Of those who open: what they take, in things. */
const TAKEN_MAX = 3;
/** Of a hundred who take something, so many put one of it back onto another tray. */
const MISPLACED_PERCENT = 4;
/** Of a hundred who open, so many put something of their own in, so that a person has to look. */
const STRANGE_PERCENT = 4;
const STRANGE_G_MIN = 12;
/** Of a hundred weighings, so many are of a scale that does not come to rest. */
const UNSETTLED_PERCENT = 3;
/** What a scale shows differs by so much from one time to the next. */
const NOISE_G = 2;
/** A scale that creeps shows so much more or less from then on. */
const CREEP_G = { from: 8, to: 60 } as const;
/** How long somebody has the door open. */
const OPEN_MS = { from: 400, to: 2_500 } as const;
/** Openings whose truth is remembered: more than come within hours. */
const REMEMBERED_MAX = 2_000;

/** Units by tray and variant. */
export type Units = ReadonlyMap<string, number>;

/** What stands on a tray, in one word. */
export const standsAt = ({ code, variantId }: Pick<TrayGoods, 'code' | 'variantId'>) =>
  `${code} ${variantId}`;

/** By which a picture of an opening is found again: what its trays weighed. */
export function pictureOf(trays: readonly Omit<TrayReading, 'isSettled'>[]): string {
  return trays
    .map(({ slot, beforeG, afterG }) => `${slot}:${beforeG}>${afterG}`)
    .toSorted()
    .join(' ');
}

/** One thing that somebody has put where it does not belong. */
interface Misplaced {
  readonly key: string;
  readonly from: string;
  readonly onto: string;
  readonly grams: number;
}

/** One door, and trays that weigh: whoever has it opened takes some of what stands there. It knows what was really taken: the truth that bills are measured by. */
export class WeighingCabinet implements Kind {
  readonly sells = 'BY_DOOR';
  /** What is really there. */
  readonly contents = new Map<string, number>();
  /** What was really taken, by the command that had opened the door. */
  readonly taken = new Map<string, Units>();
  /** Somebody who runs it stands there: it opens for nobody else. */
  isServed = false;
  /** As a camera has it. */
  private readonly pictures = new Map<string, Units>();
  private misplaced: Misplaced[] = [];
  private creeping: string | null = null;
  /** A scale that does not come to rest this time. */
  private restless: string | null = null;

  /** What buyers do has a chance of its own (`luck`): how often the door is opened changes nothing else. */
  constructor(
    private readonly device: Device,
    readonly goods: readonly TrayGoods[],
    private readonly temper: Temper,
    private readonly random: Random,
    private readonly luck: Random,
  ) {
    for (const good of goods) this.put(good, good.units);
    device.opensDoor = () => {
      device.openMs = this.luck.between(OPEN_MS.from, OPEN_MS.to);
      return !this.isServed;
    };
    device.takes = (commandId) => this.take(commandId);
    device.settles = (slot) => slot !== this.restless;
    device.weighed = (commandId, trays) =>
      remember(this.pictures, pictureOf(trays), this.taken.get(commandId) ?? new Map());
  }

  live(): void {
    if (this.device.isDoorOpen || !happens(this.random, this.temper, this.temper.driftEveryS)) return;
    const slots = [...this.device.trays.keys()];
    if (slots.length > 0) this.creep(this.random.pick(slots));
  }

  put(good: TrayGoods, units: number): void {
    add(this.contents, standsAt(good), units);
    this.load(good.code, good.unitG * units);
  }

  /** Whoever runs it puts back where it belongs what somebody has put elsewhere, and sets the scales. */
  tidy(): void {
    for (const { from, onto, grams } of this.misplaced) {
      this.load(from, grams);
      this.load(onto, -grams);
    }
    this.misplaced = [];
    if (this.creeping !== null) this.sayDrift(this.creeping, false);
    this.creeping = null;
  }

  /** What somebody sees who looks at the pictures of that opening; nothing where there are none. */
  seenOn(trays: readonly Omit<TrayReading, 'isSettled'>[]): Units {
    return this.pictures.get(pictureOf(trays)) ?? new Map();
  }

  private load(slot: string, grams: number): void {
    add(this.device.trays, slot, grams);
  }

  private creep(slot: string): void {
    const grams = this.random.between(CREEP_G.from, CREEP_G.to);
    this.load(slot, this.random.percent(50) ? grams : -grams);
    if (this.creeping !== null) return;
    this.creeping = slot;
    this.sayDrift(slot, true);
  }

  private sayDrift(slot: string, isActive: boolean): void {
    this.device.note('alarm', {
      code: 'TRAY_DRIFT',
      isActive,
      slot,
      detail: '托盘零点漂移',
      vendorCode: null,
    });
  }

  /** What is gone from each tray, in grams. Nobody takes what is not there, or what somebody has put where it does not belong. */
  private take(commandId: string): ReadonlyMap<string, number> {
    const { luck, goods } = this;
    const slots = [...this.device.trays.keys()];
    const grams = new Map(slots.map((slot) => [slot, luck.between(-NOISE_G, NOISE_G)]));
    const taken = new Map<string, number>();
    for (let things = luck.between(0, TAKEN_MAX); things > 0 && goods.length > 0; things -= 1) {
      const good = luck.pick(goods);
      const thingG = this.oneOf(good);
      const elsewhere = slots.filter((slot) => slot !== good.code);
      const isMisplaced = elsewhere.length > 0 && luck.percent(MISPLACED_PERCENT);
      const onto = isMisplaced ? luck.pick(elsewhere) : null;
      if (this.atHome(good) === 0) continue;
      add(grams, good.code, thingG);
      if (onto === null) {
        add(this.contents, standsAt(good), -1);
        add(taken, standsAt(good), 1);
      } else {
        add(grams, onto, -thingG);
        this.misplaced.push({ key: standsAt(good), from: good.code, onto, grams: thingG });
      }
    }
    const untouched = slots.filter((slot) => Math.abs(grams.get(slot) ?? 0) <= NOISE_G);
    if (luck.percent(STRANGE_PERCENT) && untouched.length > 0)
      add(grams, luck.pick(untouched), -luck.between(STRANGE_G_MIN, this.strangeMaxG));
    this.restless = luck.percent(UNSETTLED_PERCENT) ? luck.pick(slots) : null;
    remember(this.taken, commandId, taken);
    return grams;
  }

  private atHome(good: TrayGoods): number {
    const key = standsAt(good);
    const away = this.misplaced.filter((each) => each.key === key).length;
    return (this.contents.get(key) ?? 0) - away;
  }

  /** No two weigh the same: half of what they may differ by. */
  private oneOf({ unitG, toleranceG }: TrayGoods): number {
    const halfG = Math.floor(toleranceG / 2);
    return unitG + this.luck.between(-halfG, halfG);
  }

  /** Lighter than whatever is sold there: what weighs like goods would be taken for them, as anybody would. */
  private get strangeMaxG(): number {
    const lightestG = Math.min(...this.goods.map(({ unitG }) => unitG));
    return Math.max(STRANGE_G_MIN, Math.floor(lightestG / 3));
  }
}

function add(to: Map<string, number>, key: string, more: number): void {
  to.set(key, (to.get(key) ?? 0) + more);
}

/** The oldest goes first, for whoever runs for weeks. */
function remember<T>(all: Map<string, T>, key: string, value: T): void {
  all.set(key, value);
  const [oldest] = all.keys();
  if (all.size > REMEMBERED_MAX && oldest !== undefined) all.delete(oldest);
}
