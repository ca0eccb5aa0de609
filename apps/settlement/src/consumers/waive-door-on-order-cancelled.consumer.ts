import { Injectable } from '@nestjs/common';
import type { OrderCancelled } from '#libs/ordering';
import { DoorBillService } from '#libs/vending';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** Of what was taken out of an open cabinet nothing is asked for any more. */
@Injectable()
export class WaiveDoorOnOrderCancelled implements Consumer<OrderCancelled> {
  readonly queue = 'money';

  constructor(private readonly bills: DoorBillService) {}

  apply(tx: Tx, { payload }: OrderCancelled): Promise<void> {
    return this.bills.calledOff(tx, payload.orderId);
  }
}
