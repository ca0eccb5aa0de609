import { Injectable } from '@nestjs/common';
import { HOUR_MS, MINUTE_MS } from '#libs/kernel';
import { CartService, MerchantOrderService, OrderService } from '#libs/ordering';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class OrderingSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(orders: OrderService, merchantOrders: MerchantOrderService, carts: CartService) {
    this.all = [
      { name: 'expire-orders', everyMs: 5_000, work: () => orders.expireDue(BATCH_MAX) },
      { name: 'complete-orders', everyMs: MINUTE_MS, work: () => merchantOrders.completeDue(BATCH_MAX) },
      { name: 'sweep-guest-carts', everyMs: HOUR_MS, work: () => carts.sweepGuests(BATCH_MAX) },
    ];
  }
}
