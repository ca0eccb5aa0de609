import { Injectable } from '@nestjs/common';
import { AfterSaleDeadlineService } from '#libs/aftersale';
import { MINUTE_MS } from '#libs/kernel';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class AftersaleSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(deadlines: AfterSaleDeadlineService) {
    this.all = [{ name: 'act-on-after-sales', everyMs: MINUTE_MS, work: () => deadlines.actDue(BATCH_MAX) }];
  }
}
