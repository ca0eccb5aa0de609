import { Injectable } from '@nestjs/common';
import type { OrderPaid } from '#libs/ordering';
import { DoorBillService } from '#libs/vending';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** What was taken out of an open cabinet is its buyer's once it is paid. */
@Injectable()
export class ConcludeDoorOnOrderPaid implements Consumer<OrderPaid> {
  readonly queue = 'money';

  constructor(private readonly bills: DoorBillService) {}

  apply(tx: Tx, { payload }: OrderPaid): Promise<void> {
    return this.bills.paid(tx, payload.orderId);
  }
}
