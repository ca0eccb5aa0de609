import type { Database, Tx } from '#platform/database';

/** Where a process may die: before a transaction, when all of it is written and nothing committed, or just after the commit. */
export const MOMENTS = ['BEFORE', 'WITHIN', 'AFTER'] as const;
export type Moment = (typeof MOMENTS)[number];

export class PlugPulled extends Error {}

/** Pulls the plug at the nth transaction, counted from `arm`. What it interrupts sees an exception and nothing more happens in its name. */
export class Plug {
  private count = 0;
  private at: { readonly nth: number; readonly moment: Moment } | null = null;

  constructor(database: Database) {
    const transaction = database.transaction.bind(database);
    database.transaction = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
      this.count += 1;
      const moment = this.at?.nth === this.count ? this.at.moment : null;
      if (moment === 'BEFORE') throw new PlugPulled('before');
      const result = await transaction(async (tx) => {
        const done = await work(tx);
        if (moment === 'WITHIN') throw new PlugPulled('within');
        return done;
      });
      if (moment === 'AFTER') throw new PlugPulled('after');
      return result;
    };
  }

  arm(nth: number, moment: Moment): void {
    this.count = 0;
    this.at = { nth, moment };
  }

  /** How many transactions `work` takes when nothing happens to it. */
  async transactionsOf(work: () => Promise<void>): Promise<number> {
    this.at = null;
    this.count = 0;
    await work();
    return this.count;
  }

  /** The same act again and again, until it is through; true if the plug was pulled on the way. */
  async survive(work: () => Promise<void>): Promise<boolean> {
    for (let wasPulled = false; ; wasPulled = true) {
      try {
        await work();
        return wasPulled;
      } catch (error) {
        if (!(error instanceof PlugPulled)) throw error;
      }
    }
  }
}
