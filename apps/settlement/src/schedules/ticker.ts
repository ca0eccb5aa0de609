import { Log } from '#platform/log';
import type { Schedule } from './clockwork.js';

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

  start(): void {
    this.timer = setTimeout(() => {
      this.running = this.rounds().finally(() => {
        if (!this.isStopped) this.start();
      });
    }, this.schedule.everyMs);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async rounds(): Promise<void> {
    try {
      for (let round = 0; round < ROUNDS_MAX && !this.isStopped; round += 1) {
        if ((await this.schedule.work()) === 0) return;
      }
    } catch (error) {
      this.log.fault(error, `${this.schedule.name} failed and will try again`);
    }
  }
}
