import { Injectable } from '@nestjs/common';
import { MINUTE_MS } from '#libs/kernel';
import {
  DoorBillService,
  DoorCourseService,
  DoorDisputeService,
  ExpiryService,
  PickUpCourseService,
  VendService,
} from '#libs/vending';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class VendingSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(
    expiry: ExpiryService,
    vends: VendService,
    doors: DoorCourseService,
    bills: DoorBillService,
    pickUps: PickUpCourseService,
    disputes: DoorDisputeService,
  ) {
    const bill = bills.bill.bind(bills);
    this.all = [
      // Whoever has paid stands there and waits.
      { name: 'give-up-vends', everyMs: 2_000, work: () => vends.giveUpDue(BATCH_MAX) },
      { name: 'check-doors', everyMs: 2_000, work: () => doors.checkDue(BATCH_MAX, bill) },
      { name: 'check-pick-ups', everyMs: 2_000, work: () => pickUps.checkDue(BATCH_MAX) },
      { name: 'check-door-disputes', everyMs: MINUTE_MS, work: () => disputes.checkDue(BATCH_MAX) },
      { name: 'lock-expired-slots', everyMs: 10 * MINUTE_MS, work: () => expiry.lockExpired() },
    ];
  }
}
