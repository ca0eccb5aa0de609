import { Injectable } from '@nestjs/common';
import { HOUR_MS, MINUTE_MS } from '#libs/kernel';
import {
  CartService,
  DelayService,
  MerchantOrderService,
  OrderService,
  PartDelayService,
  PresaleOrderService,
} from '#libs/ordering';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class OrderingSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(
    orders: OrderService,
    merchantOrders: MerchantOrderService,
    carts: CartService,
    presales: PresaleOrderService,
    delays: DelayService,
    partDelays: PartDelayService,
  ) {
    this.all = [
      { name: 'expire-orders', everyMs: 5_000, work: () => orders.expireDue(BATCH_MAX) },
      { name: 'complete-orders', everyMs: MINUTE_MS, work: () => merchantOrders.completeDue(BATCH_MAX) },
      { name: 'remind-of-balances', everyMs: MINUTE_MS, work: () => presales.remindDue(BATCH_MAX) },
      { name: 'ask-about-delays', everyMs: MINUTE_MS, work: () => delays.askOverdue(BATCH_MAX) },
      { name: 'settle-delay-notices', everyMs: MINUTE_MS, work: () => delays.settleUnanswered(BATCH_MAX) },
      { name: 'remind-of-dispatch', everyMs: HOUR_MS / 4, work: () => partDelays.remindDue(BATCH_MAX) },
      { name: 'sweep-guest-carts', everyMs: HOUR_MS, work: () => carts.sweepGuests(BATCH_MAX) },
    ];
  }
}
