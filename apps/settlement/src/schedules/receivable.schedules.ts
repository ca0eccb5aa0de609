import { Injectable } from '@nestjs/common';
import { MINUTE_MS } from '#libs/kernel';
import { ReminderService } from '#libs/receivable';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class ReceivableSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(reminders: ReminderService) {
    this.all = [{ name: 'remind', everyMs: MINUTE_MS, work: () => reminders.remindDue(BATCH_MAX) }];
  }
}
