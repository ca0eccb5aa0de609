import { Injectable } from '@nestjs/common';
import { FulfillmentService } from '#libs/fulfillment';
import { MINUTE_MS } from '#libs/kernel';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class FulfillmentSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(fulfillments: FulfillmentService) {
    this.all = [{ name: 'auto-receipt', everyMs: MINUTE_MS, work: () => fulfillments.receiveDue(BATCH_MAX) }];
  }
}
