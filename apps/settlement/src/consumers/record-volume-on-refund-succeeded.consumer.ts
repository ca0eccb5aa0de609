import { Injectable } from '@nestjs/common';
import { present } from '#libs/kernel';
import { MerchantOrderReader } from '#libs/ordering';
import { RefundReader, type RefundSucceeded } from '#libs/payment';
import { VolumeFactService, factsOfRefunded, factsOfReversed } from '#libs/volume';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';
import { VolumeLineReader } from './volume-line.reader.js';
import { volumeRefundsOf } from './volume-line.rules.js';

/** What went back, and, of goods that were received, what is recognised no longer. */
@Injectable()
export class RecordVolumeOnRefundSucceeded implements Consumer<RefundSucceeded> {
  readonly queue = 'volume';

  constructor(
    private readonly facts: VolumeFactService,
    private readonly lines: VolumeLineReader,
    private readonly merchantOrders: MerchantOrderReader,
    private readonly refunds: RefundReader,
  ) {}

  async apply(tx: Tx, { payload }: RefundSucceeded): Promise<void> {
    const { refundId, orderId } = payload;
    const lineRefunds = await this.refunds.linesOf(refundId, tx);
    const told = volumeRefundsOf(refundId, lineRefunds, new Date(payload.settledAt));
    if (told.length === 0) return;
    for (const order of await this.merchantOrders.ofOrders([orderId], tx)) {
      const own = await this.lines.ofMerchantOrder(tx, order.id, order);
      const back = told.filter(({ lineId }) => own.some((line) => line.lineId === lineId));
      const paidAt = present(order.paidAt, `the payment of ${order.id}`);
      await this.facts.record(tx, factsOfRefunded(own, paidAt, back));
      // Read after the refund was committed: a receipt that is not seen here will itself see the refund.
      const reversed = order.receivedAt ? factsOfReversed(own, paidAt, order.receivedAt, back) : [];
      await this.facts.record(tx, reversed);
    }
  }
}
