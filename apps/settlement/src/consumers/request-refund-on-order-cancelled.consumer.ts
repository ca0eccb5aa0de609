import { Injectable } from '@nestjs/common';
import type { OrderCancelled } from '#libs/ordering';
import { RefundService } from '#libs/payment';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** What a cancelled order has brought in goes back whole, a deposit as well. */
@Injectable()
export class RequestRefundOnOrderCancelled implements Consumer<OrderCancelled> {
  readonly queue = 'money';

  constructor(private readonly refunds: RefundService) {}

  async apply(tx: Tx, { payload }: OrderCancelled): Promise<void> {
    if (payload.wasPaid) await this.refunds.requestWholeOrder(tx, payload.orderId, 'CANCELLED');
    else await this.refunds.requestDeposit(tx, payload.orderId);
  }
}
