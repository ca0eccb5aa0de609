import { Injectable } from '@nestjs/common';
import { MINUTE_MS } from '#libs/kernel';
import { MerchantLicenceService } from '#libs/merchant';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class MerchantSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(licences: MerchantLicenceService) {
    // That nothing is sold any more does not wait for this; what it offered leaves the lists.
    this.all = [
      { name: 'tell-ended-licences', everyMs: MINUTE_MS, work: () => licences.tellEnded(BATCH_MAX) },
    ];
  }
}
