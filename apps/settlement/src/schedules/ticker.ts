import { Log } from '#platform/log';

export interface Schedule {
  readonly name: string;
  /** The pause after a round that found nothing left to do. */
  readonly everyMs: number;
  /** One bounded round; returns how much it did. Any number of processes may run it at once. */
  readonly work: () => Promise<number>;
}

/** What one context does because time passes. */
export interface Schedules {
  readonly all: readonly Schedule[];
}

/** Rows of one round, where a context has no reason for another number; a backlog is worked off round by round. */
export const BATCH_MAX = 100;

/** After a failure, so that what is down is not asked twenty times a second, and the log stays readable. */
const FAILURE_PAUSE_MS = 2_000;

/** Rounds in a row without a pause, while there is a backlog; then others get their turn. */
const ROUNDS_MAX = 50;

/**
 * Runs bounded work again and again: at once while there is more to do, otherwise after a pause. Never overlaps itself.
 * A failure is logged and the next round tries again.
 */
export class Ticker {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly schedule: Schedule,
    private readonly log: Log,
  ) {}

  start(pauseMs = this.schedule.everyMs): void {
    this.timer = setTimeout(() => {
      this.running = this.rounds().then((nextPauseMs) => {
        if (!this.isStopped) this.start(nextPauseMs);
      });
    }, pauseMs);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Returns how long to pause before the next rounds. */
  private async rounds(): Promise<number> {
    const { everyMs, name, work } = this.schedule;
    try {
      for (let round = 0; round < ROUNDS_MAX && !this.isStopped; round += 1) {
        if ((await work()) === 0) return everyMs;
      }
      return 0;
    } catch (error) {
      this.log.fault(error, `${name} failed and will try again`);
      return Math.max(everyMs, FAILURE_PAUSE_MS);
    }
  }
}
