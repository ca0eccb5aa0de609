import { Injectable } from '@nestjs/common';
import { AdoptionGrowerService } from '#libs/adoption';
import { MINUTE_MS } from '#libs/kernel';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class AdoptionSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(growers: AdoptionGrowerService) {
    this.all = [
      { name: 'tell-late-adoptions', everyMs: MINUTE_MS, work: () => growers.tellOverdue(BATCH_MAX) },
    ];
  }
}
