import { Injectable } from '@nestjs/common';
import { ZoneContractReminderService } from '#libs/channel';
import { SellThroughRunService } from '#libs/consignment';
import { SellThroughFeedService } from '#libs/intake';
import { MINUTE_MS } from '#libs/kernel';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class ConsignmentSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(
    runs: SellThroughRunService,
    feed: SellThroughFeedService,
    reminders: ZoneContractReminderService,
  ) {
    this.all = [
      { name: 'take-sell-through', everyMs: 1_000, work: () => runs.work() },
      { name: 'count-sell-through', everyMs: 1_000, work: () => feed.work() },
      {
        name: 'remind-ending-contracts',
        everyMs: 10 * MINUTE_MS,
        work: () => reminders.remindDue(BATCH_MAX),
      },
    ];
  }
}
