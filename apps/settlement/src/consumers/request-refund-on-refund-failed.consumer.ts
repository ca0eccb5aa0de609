import { Injectable } from '@nestjs/common';
import { OrderReader } from '#libs/ordering';
import { type RefundFailed, RefundService } from '#libs/payment';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/**
 * A cancelled order keeps nothing. What was under way when it was cancelled was left out of what went back, and has now failed. An order that is
 * cancelled only after this look gives back all that is left by itself.
 */
@Injectable()
export class RequestRefundOnRefundFailed implements Consumer<RefundFailed> {
  readonly queue = 'money';

  constructor(
    private readonly orders: OrderReader,
    private readonly refunds: RefundService,
  ) {}

  async apply(tx: Tx, { payload }: RefundFailed): Promise<void> {
    const order = await this.orders.byId(payload.orderId, tx);
    if (order?.state === 'CANCELLED') await this.refunds.requestLeftOver(tx, payload.refundId);
  }
}
