import type { Store, Task } from './store.js';
import type { VirtualClock } from './virtual-clock.js';

/** The longest wait Node's timers take. */
const WAIT_MS_MAX = 2_147_483_647;
/** A bound on one advance of the clock, should a task schedule itself again without end. */
const TASKS_PER_ADVANCE_MAX = 100_000;

type Work = (subject: string) => Promise<void> | void;

/** What happens later, in virtual time: kept in the store, so a restart does what fell due meanwhile. */
export class Scheduler {
  readonly #works = new Map<string, Work>();
  #timer: NodeJS.Timeout | null = null;
  #alarmAtMs = Number.POSITIVE_INFINITY;
  #running: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(
    private readonly store: Store,
    private readonly clock: VirtualClock,
    private readonly onError: (error: unknown) => void,
  ) {}

  on(kind: string, work: Work): void {
    this.#works.set(kind, work);
  }

  /** One task per kind and subject: asking again moves it. */
  at(kind: string, subject: string, dueAtMs: number): void {
    this.store.tasks.put({ id: `${kind}:${subject}`, kind, subject, dueAtMs });
    if (dueAtMs < this.#alarmAtMs) this.arm();
  }

  cancel(kind: string, subject: string): void {
    this.store.tasks.delete(`${kind}:${subject}`);
  }

  /** Moves the clock, stopping at each task on the way, so that one day's effects precede the next day's. */
  async advanceTo(instantMs: number, afterEach: () => Promise<void>): Promise<void> {
    await this.#inTurn(async () => {
      for (let done = 0; done < TASKS_PER_ADVANCE_MAX; done += 1) {
        const next = this.#next();
        if (next === undefined || next.dueAtMs > instantMs) break;
        this.clock.moveTo(next.dueAtMs);
        await this.#run(next);
        await afterEach();
      }
      this.clock.moveTo(instantMs);
      this.store.save();
    });
    this.arm();
  }

  /** Sets the alarm for the earliest task. A frozen clock has no alarm: only `advanceTo` moves it. */
  arm(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#alarmAtMs = Number.POSITIVE_INFINITY;
    const next = this.#next();
    if (this.#isClosed || this.clock.isFrozen || next === undefined) return;
    this.#alarmAtMs = next.dueAtMs;
    const wait = Math.min(Math.max(next.dueAtMs - this.clock.nowMs(), 0), WAIT_MS_MAX);
    this.#timer = setTimeout(() => void this.#runDue(), wait).unref();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#running;
  }

  async #runDue(): Promise<void> {
    await this.#inTurn(async () => {
      for (let next = this.#next(); next !== undefined; next = this.#next()) {
        if (this.#isClosed || next.dueAtMs > this.clock.nowMs()) break;
        await this.#run(next);
      }
    });
    this.arm();
  }

  async #run(task: Task): Promise<void> {
    this.store.tasks.delete(task.id);
    try {
      await this.#works.get(task.kind)?.(task.subject);
    } catch (error) {
      this.onError(error);
    }
    this.store.save();
  }

  #next(): Task | undefined {
    let earliest: Task | undefined;
    for (const task of this.store.tasks.all()) {
      if (earliest === undefined || task.dueAtMs < earliest.dueAtMs) earliest = task;
    }
    return earliest;
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#running = this.#running.then(work, work);
    return this.#running;
  }
}
