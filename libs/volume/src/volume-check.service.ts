import { Injectable } from '@nestjs/common';
import { Clock, businessDay } from '#libs/kernel';
import { Database } from '#platform/database';
import { VolumeCheckRepository } from './volume-check.repository.js';

/** Every night the rollup by day is compared with the facts, all of history: whoever alters a figure by hand is found out by morning. */
@Injectable()
export class VolumeCheckService {
  constructor(
    private readonly database: Database,
    private readonly checks: VolumeCheckRepository,
    private readonly clock: Clock,
  ) {}

  /** Compares the next days of this business day's round, at most `limit`; returns how many. The round begins after midnight. */
  checkDue(limit: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const round = await this.checks.lockRound(tx, businessDay(now));
      if (round.finishedAt !== null) return 0;
      const days = await this.checks.daysAfter(tx, round.throughDay, limit);
      for (const day of days) {
        round.differenceCount += await this.checks.compare(tx, day, now);
        round.dayCount += 1;
        round.throughDay = day;
      }
      if (days.length < limit) round.finishedAt = now;
      await this.checks.advance(tx, round);
      return days.length;
    });
  }
}
