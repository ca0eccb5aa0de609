import { Injectable } from '@nestjs/common';
import { MINUTE_MS } from '#libs/kernel';
import { PromotionService } from '#libs/promotion';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class PromotionSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(promotions: PromotionService) {
    this.all = [{ name: 'end-promotions', everyMs: MINUTE_MS, work: () => promotions.endDue(BATCH_MAX) }];
  }
}
