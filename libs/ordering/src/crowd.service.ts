import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { type CrowdPlacement, CrowdPlacementService, type Sharer } from './crowd-placement.service.js';
import {
  ALONE_MAX,
  DOOR_MAX,
  DOOR_MS_MAX,
  INSIDE_MAX,
  type Placing,
  QUEUE_MS_MAX,
  RETRY_AFTER_SECONDS,
  WAIT_MS_MAX,
  contendedBy,
  mayShare,
  nextBatch,
} from './crowd.rules.js';
import { CrowdedError } from './order.errors.js';

/** How often somebody looks who has waited too long; part of what WAIT_MS_MAX leaves of two seconds. */
const WATCH_MS = 50;

interface Waiting extends Sharer {
  readonly arrivedAt: Date;
  readonly answer: (outcome: CrowdPlacement) => void;
  /** Goes the way of a single order after all. */
  readonly goAlone: () => void;
}

interface Knocking {
  readonly arrivedAt: Date;
  readonly enter: (isIn: boolean) => void;
}

interface Door {
  inside: number;
  waiting: Knocking[];
  /** Null while nobody waits. */
  watch: NodeJS.Timeout | null;
}

interface Reading {
  readonly now: Promise<unknown>;
  /** Has not begun. */
  next: Promise<unknown> | null;
}

/** Those who want one variant or one presale, in this process. */
interface Crowd {
  /** Orders that go each by itself. */
  alone: number;
  waiting: Waiting[];
  /** Those whose transaction is under way. */
  served: readonly Waiting[];
  isSelling: boolean;
}

/**
 * When many want one variant at once, or something of one presale, their orders share transactions: whoever comes while others wait or sell joins the queue, and the next
 * transaction takes whoever has come by then. It begins by itself with the fifth at once and ends with the last in the queue; nobody waits for a
 * batch to fill. Each process has its own queue; between processes the guarded statement decides, as between single orders.
 */
@Injectable()
export class CrowdService {
  private readonly crowds = new Map<string, Crowd>();
  private readonly doors = new Map<string, Door>();
  private readonly readings = new Map<string, Reading>();

  constructor(
    private readonly placements: CrowdPlacementService,
    private readonly clock: Clock,
  ) {}

  /**
   * At the door, before anything is looked up: so many are let in as can be worked on at once, the others wait in the order of coming, and nobody
   * is let in who could not be served in time. `wanted` is what a crowd gathers around.
   */
  async admit<T>(wanted: string, arrivedAt: Date, work: () => Promise<T>): Promise<T | CrowdedError> {
    const door = this.doors.get(wanted) ?? { inside: 0, waiting: [], watch: null };
    this.doors.set(wanted, door);
    if (door.inside < INSIDE_MAX) door.inside += 1;
    else if (door.waiting.length >= DOOR_MAX || !(await this.waitAt(door, arrivedAt)))
      return new CrowdedError(RETRY_AFTER_SECONDS);
    try {
      return await work();
    } finally {
      this.letNextIn(wanted, door);
    }
  }

  private waitAt(door: Door, arrivedAt: Date): Promise<boolean> {
    door.watch ??= setInterval(() => this.turnAway(door), WATCH_MS).unref();
    return new Promise((enter) => door.waiting.push({ arrivedAt, enter }));
  }

  /** Whoever leaves gives their place to the first at the door. */
  private letNextIn(wanted: string, door: Door): void {
    this.turnAway(door);
    const next = door.waiting.shift();
    if (next) next.enter(true);
    else door.inside -= 1;
    if (door.inside === 0) this.doors.delete(wanted);
  }

  private turnAway(door: Door): void {
    const nowMs = this.clock.now().getTime();
    const isLate = ({ arrivedAt }: Knocking) => nowMs - arrivedAt.getTime() >= DOOR_MS_MAX;
    for (const { enter } of door.waiting.filter(isLate)) enter(false);
    door.waiting = door.waiting.filter((one) => !isLate(one));
    if (door.waiting.length > 0 || door.watch === null) return;
    clearInterval(door.watch);
    door.watch = null;
  }

  /**
   * What all of a crowd must know alike is read once for all who ask before the reading begins: whoever asks while one is under way shares the next, so
   * nobody is told of what was before they came.
   */
  share<T>(key: string, read: () => Promise<T>): Promise<T> {
    const underWay = this.readings.get(key);
    if (!underWay) return this.begin(key, read);
    underWay.next ??= underWay.now.then(
      () => this.begin(key, read),
      // That one could not be read is for those who wait for it; the next reads for itself.
      () => this.begin(key, read),
    );
    return underWay.next as Promise<T>;
  }

  private begin<T>(key: string, read: () => Promise<T>): Promise<T> {
    const now = read();
    const reading: Reading = { now, next: null };
    this.readings.set(key, reading);
    const end = () => {
      if (this.readings.get(key) === reading && reading.next === null) this.readings.delete(key);
    };
    now.then(end, end);
    return now;
  }

  /** By itself, as `alone` does it, or together with others; with the same outcome. */
  async place<T>(placing: Placing, arrivedAt: Date, alone: () => Promise<T>): Promise<T | CrowdPlacement> {
    if (!mayShare(placing)) return alone();
    const wanted = contendedBy(placing);
    const crowd = this.crowdAround(wanted);
    if (!crowd.isSelling && crowd.alone < ALONE_MAX) return this.placeAlone(wanted, crowd, alone);
    return new Promise<T | CrowdPlacement>((resolve, reject) => {
      const goAlone = () => void alone().then(resolve, reject);
      crowd.waiting.push({ placing, arrivedAt, answer: resolve, goAlone, hasLeft: false, isBound: false });
      if (!crowd.isSelling) void this.sell(wanted, crowd);
    });
  }

  private crowdAround(wanted: string): Crowd {
    const crowd = this.crowds.get(wanted) ?? { alone: 0, waiting: [], served: [], isSelling: false };
    this.crowds.set(wanted, crowd);
    return crowd;
  }

  private async placeAlone<T>(wanted: string, crowd: Crowd, alone: () => Promise<T>): Promise<T> {
    crowd.alone += 1;
    try {
      return await alone();
    } finally {
      crowd.alone -= 1;
      this.disperse(wanted, crowd);
    }
  }

  private async sell(wanted: string, crowd: Crowd): Promise<void> {
    crowd.isSelling = true;
    const watch = setInterval(() => this.sendAway(crowd), WATCH_MS).unref();
    try {
      while (crowd.waiting.length > 0) {
        this.sendAway(crowd);
        const batch = new Set(nextBatch(crowd.waiting));
        crowd.waiting = crowd.waiting.filter((one) => !batch.has(one));
        crowd.served = [...batch];
        await this.serve(crowd.served);
        crowd.served = [];
      }
    } finally {
      clearInterval(watch);
      crowd.isSelling = false;
      this.disperse(wanted, crowd);
    }
  }

  private disperse(wanted: string, { alone, isSelling }: Crowd): void {
    if (alone === 0 && !isSelling) this.crowds.delete(wanted);
  }

  private async serve(batch: readonly Waiting[]): Promise<void> {
    const here = batch.filter(({ hasLeft }) => !hasLeft);
    if (here.length === 0) return;
    try {
      const outcomes = await this.placements.placeAll(here);
      for (const [{ answer }, outcome] of outcomes) answer(outcome);
    } catch {
      // Which of them it is about is not said, and whoever it is will hear of it alone.
      await this.serveApart(here);
    }
  }

  /** Somebody's order cannot be written. By halves it is found out whose: it is left to fail by itself, and the others are served. */
  private async serveApart(batch: readonly Waiting[]): Promise<void> {
    const [first] = batch;
    if (batch.length > 1) {
      const middle = Math.ceil(batch.length / 2);
      await this.serve(batch.slice(0, middle));
      await this.serve(batch.slice(middle));
    } else if (first && !first.hasLeft) {
      first.isBound = true;
      first.goAlone();
    }
  }

  /** Nobody waits longer than was promised. Whoever leaves has not been sold to: a transaction that holds their order begins again without them. */
  private sendAway(crowd: Crowd): void {
    const nowMs = this.clock.now().getTime();
    const waitedMs = ({ arrivedAt }: Waiting) => nowMs - arrivedAt.getTime();
    for (const one of crowd.served) if (!one.isBound && waitedMs(one) >= WAIT_MS_MAX) leave(one);
    const late = crowd.waiting.filter((one) => waitedMs(one) >= QUEUE_MS_MAX);
    for (const one of late) leave(one);
    if (late.length > 0) crowd.waiting = crowd.waiting.filter(({ hasLeft }) => !hasLeft);
  }
}

function leave(one: Waiting): void {
  if (one.hasLeft) return;
  one.hasLeft = true;
  one.answer(new CrowdedError(RETRY_AFTER_SECONDS));
}
