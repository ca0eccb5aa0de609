import { Injectable } from '@nestjs/common';
import {
  CertificateReminderService,
  CertificationObjectionService,
  CertificationReviewService,
} from '#libs/certification';
import { HOUR_MS, MINUTE_MS } from '#libs/kernel';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class CertificationSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(
    reviews: CertificationReviewService,
    objections: CertificationObjectionService,
    reminders: CertificateReminderService,
  ) {
    this.all = [
      { name: 'end-certification-notices', everyMs: MINUTE_MS, work: () => reviews.endNotices() },
      {
        name: 'remind-ending-certificates',
        everyMs: 10 * MINUTE_MS,
        work: () => reminders.remindDue(BATCH_MAX),
      },
      {
        name: 'forget-objectors',
        everyMs: HOUR_MS,
        work: () => objections.forgetContacts(BATCH_MAX),
      },
    ];
  }
}
