import { Injectable } from '@nestjs/common';
import type { OrderPaid } from '#libs/ordering';
import { VendService } from '#libs/vending';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** What is paid at a cabinet comes out of it. */
@Injectable()
export class BeginVendOnOrderPaid implements Consumer<OrderPaid> {
  readonly queue = 'money';

  constructor(private readonly vends: VendService) {}

  apply(tx: Tx, { payload }: OrderPaid): Promise<void> {
    return this.vends.begin(tx, payload.orderId);
  }
}
