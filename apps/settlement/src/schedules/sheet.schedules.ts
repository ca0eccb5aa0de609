import { Injectable } from '@nestjs/common';
import { HOUR_MS } from '#libs/kernel';
import { SheetRunService } from '#libs/sheet';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class SheetSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(runs: SheetRunService) {
    this.all = [
      { name: 'run-sheet-imports', everyMs: 1_000, work: () => runs.work() },
      { name: 'forget-sheets', everyMs: HOUR_MS, work: () => runs.sweep(BATCH_MAX) },
    ];
  }
}
