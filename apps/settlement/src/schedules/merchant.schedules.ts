import { Injectable } from '@nestjs/common';
import { MINUTE_MS } from '#libs/kernel';
import { MerchantLicenceService, MerchantReminderService } from '#libs/merchant';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class MerchantSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(licences: MerchantLicenceService, reminders: MerchantReminderService) {
    // That nothing is sold any more does not wait for this; what it offered leaves the lists.
    this.all = [
      { name: 'tell-ended-licences', everyMs: MINUTE_MS, work: () => licences.tellEnded(BATCH_MAX) },
      { name: 'remind-ending-papers', everyMs: 10 * MINUTE_MS, work: () => reminders.remindDue(BATCH_MAX) },
    ];
  }
}
