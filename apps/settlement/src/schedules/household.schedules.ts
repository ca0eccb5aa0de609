import { Injectable } from '@nestjs/common';
import { LinkageService } from '#libs/household';
import { MINUTE_MS } from '#libs/kernel';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class HouseholdSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(agreements: LinkageService) {
    // An agreement ends at midnight: what is shown of its households on a cabinet goes soon after.
    this.all = [
      { name: 'tell-ended-linkages', everyMs: MINUTE_MS, work: () => agreements.tellEnded(BATCH_MAX) },
    ];
  }
}
