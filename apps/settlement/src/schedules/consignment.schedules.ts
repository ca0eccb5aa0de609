import { Injectable } from '@nestjs/common';
import { SellThroughRunService } from '#libs/consignment';
import { SellThroughFeedService } from '#libs/intake';
import type { Schedule, Schedules } from './ticker.js';

@Injectable()
export class ConsignmentSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(runs: SellThroughRunService, feed: SellThroughFeedService) {
    this.all = [
      { name: 'take-sell-through', everyMs: 1_000, work: () => runs.work() },
      { name: 'count-sell-through', everyMs: 1_000, work: () => feed.work() },
    ];
  }
}
