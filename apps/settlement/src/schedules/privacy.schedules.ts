import { Injectable } from '@nestjs/common';
import { MINUTE_MS } from '#libs/kernel';
import { AccountDeletionService } from '#libs/privacy';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class PrivacySchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(deletions: AccountDeletionService) {
    this.all = [
      { name: 'delete-accounts', everyMs: 5 * MINUTE_MS, work: () => deletions.finishDue(BATCH_MAX) },
    ];
  }
}
