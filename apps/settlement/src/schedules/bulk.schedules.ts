import { Injectable } from '@nestjs/common';
import { BulkRunService } from '#libs/bulk';
import { HOUR_MS } from '#libs/kernel';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class BulkSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(runs: BulkRunService) {
    this.all = [
      { name: 'run-bulk-orders', everyMs: 1_000, work: () => runs.work() },
      { name: 'forget-bulk-lists', everyMs: HOUR_MS, work: () => runs.sweep(BATCH_MAX) },
    ];
  }
}
