import { Injectable } from '@nestjs/common';
import { MINUTE_MS } from '#libs/kernel';
import { ExpiryService } from '#libs/vending';
import type { Schedule, Schedules } from './ticker.js';

@Injectable()
export class VendingSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(expiry: ExpiryService) {
    this.all = [{ name: 'lock-expired-slots', everyMs: 10 * MINUTE_MS, work: () => expiry.lockExpired() }];
  }
}
