import { Injectable } from '@nestjs/common';
import { MINUTE_MS } from '#libs/kernel';
import {
  ClawbackService,
  PayoutDeskService,
  PayoutRunService,
  PayoutTransferService,
} from '#libs/settlement';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class SettlementSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(
    clawbacks: ClawbackService,
    payoutRuns: PayoutRunService,
    transfers: PayoutTransferService,
    desk: PayoutDeskService,
  ) {
    this.all = [
      { name: 'pay-out', everyMs: MINUTE_MS, work: () => payoutRuns.work() },
      { name: 'send-transfers', everyMs: 5_000, work: () => transfers.sendDue(BATCH_MAX) },
      { name: 'free-stranded-payouts', everyMs: MINUTE_MS, work: () => desk.freeStranded(BATCH_MAX) },
      { name: 'offset-clawbacks', everyMs: MINUTE_MS, work: () => clawbacks.offsetDue(BATCH_MAX) },
    ];
  }
}
