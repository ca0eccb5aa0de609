import { Injectable } from '@nestjs/common';
import { MINUTE_MS } from '#libs/kernel';
import { StockAlertService } from '#libs/stockkeeping';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class StockkeepingSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(alerts: StockAlertService) {
    // A page at a time, and each round looks at all of them: what it returns says nothing of what is left to do.
    this.all = [
      {
        name: 'tell-low-stock',
        everyMs: 10 * MINUTE_MS,
        work: async () => (await alerts.tellLow(BATCH_MAX), 0),
      },
    ];
  }
}
