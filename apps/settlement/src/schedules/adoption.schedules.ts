import { Injectable } from '@nestjs/common';
import { AdoptionGrowerService, AdoptionLateService } from '#libs/adoption';
import { MINUTE_MS } from '#libs/kernel';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class AdoptionSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(growers: AdoptionGrowerService, lates: AdoptionLateService) {
    this.all = [
      {
        name: 'tell-late-adoptions',
        everyMs: MINUTE_MS,
        // What comes no more is not told of as late.
        work: async () => (await lates.endOverdue(BATCH_MAX)) + (await growers.tellOverdue(BATCH_MAX)),
      },
    ];
  }
}
