import { Injectable } from '@nestjs/common';
import { MINUTE_MS } from '#libs/kernel';
import {
  DisputeService,
  PaymentHoldService,
  PaymentService,
  ProviderNotificationService,
  RefundService,
} from '#libs/payment';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class PaymentSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(
    payments: PaymentService,
    holds: PaymentHoldService,
    refunds: RefundService,
    disputes: DisputeService,
    notifications: ProviderNotificationService,
  ) {
    this.all = [
      { name: 'check-payments', everyMs: 5_000, work: () => payments.checkDue(BATCH_MAX) },
      { name: 'check-holds', everyMs: 5_000, work: () => holds.checkDue(BATCH_MAX) },
      { name: 'check-refunds', everyMs: 5_000, work: () => refunds.checkDue(BATCH_MAX) },
      { name: 'check-disputes', everyMs: MINUTE_MS, work: () => disputes.checkDue(BATCH_MAX) },
      // For webhooks that never came: what the provider lists is compared with what reached us.
      { name: 'sweep-provider', everyMs: 10 * MINUTE_MS, work: () => notifications.sweep() },
    ];
  }
}
