import { Injectable } from '@nestjs/common';
import { ReconciliationService } from '#libs/reconciliation';
import type { Schedule, Schedules } from './ticker.js';

@Injectable()
export class ReconciliationSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(reconciliation: ReconciliationService) {
    // When each check is due lies in SQL; an idle round is one indexed read of no rows.
    this.all = [{ name: 'reconcile', everyMs: 5_000, work: () => reconciliation.work() }];
  }
}
