import { Injectable } from '@nestjs/common';
import { MINUTE_MS } from '#libs/kernel';
import { StatementIssueService, StatementRunService } from '#libs/statement';
import type { Schedule, Schedules } from './ticker.js';

@Injectable()
export class StatementSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(runs: StatementRunService, issuing: StatementIssueService) {
    this.all = [
      // After a month's end, who gets a statement; some fifty accounts a round.
      { name: 'list-statements', everyMs: MINUTE_MS, work: () => runs.work() },
      // One a round, so that whoever has asked for one need not wait for a whole month's.
      { name: 'issue-statements', everyMs: 5_000, work: () => issuing.work() },
    ];
  }
}
