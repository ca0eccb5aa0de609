import { Injectable } from '@nestjs/common';
import { MINUTE_MS } from '#libs/kernel';
import { PerformanceService } from '#libs/performance';
import type { Schedule, Schedules } from './ticker.js';

/** Counters whose day is made in one round: some twenty questions and one statement that writes them. */
const MADE_MAX = 100;

@Injectable()
export class PerformanceSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(performance: PerformanceService) {
    this.all = [
      { name: 'begin-counter-days', everyMs: 10 * MINUTE_MS, work: () => performance.begin() },
      { name: 'make-counter-days', everyMs: MINUTE_MS, work: () => performance.make(MADE_MAX) },
    ];
  }
}
