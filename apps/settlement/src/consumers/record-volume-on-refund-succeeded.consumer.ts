import { Injectable } from '@nestjs/common';
import { present } from '#libs/kernel';
import { MerchantOrderReader, OrderReader } from '#libs/ordering';
import { RefundReader, type RefundSucceeded } from '#libs/payment';
import { VolumeFactService, factsOfRefunded, factsOfReversed } from '#libs/volume';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';
import { volumeLineOf, volumeRefundsOf } from './volume-line.rules.js';

/** What went back, and, of goods that were received, what is recognised no longer. */
@Injectable()
export class RecordVolumeOnRefundSucceeded implements Consumer<RefundSucceeded> {
  readonly queue = 'volume';

  constructor(
    private readonly facts: VolumeFactService,
    private readonly orders: OrderReader,
    private readonly merchantOrders: MerchantOrderReader,
    private readonly refunds: RefundReader,
  ) {}

  async apply(tx: Tx, { payload }: RefundSucceeded): Promise<void> {
    const { refundId, orderId } = payload;
    const lineRefunds = await this.refunds.linesOf(refundId, tx);
    const told = volumeRefundsOf(refundId, lineRefunds, new Date(payload.settledAt));
    if (told.length === 0) return;
    const lines = await this.orders.linesOfOrder(orderId, tx);
    for (const order of await this.merchantOrders.ofOrders([orderId], tx)) {
      const own = lines.filter(({ merchantOrderId }) => merchantOrderId === order.id).map(volumeLineOf);
      const back = told.filter(({ lineId }) => own.some((line) => line.lineId === lineId));
      const paidAt = present(order.paidAt, `the payment of ${order.id}`);
      await this.facts.record(tx, factsOfRefunded(own, paidAt, back));
      // Read after the refund was committed: a receipt that is not seen here will itself see the refund.
      const reversed = order.receivedAt ? factsOfReversed(own, paidAt, order.receivedAt, back) : [];
      await this.facts.record(tx, reversed);
    }
  }
}
