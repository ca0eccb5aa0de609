import { Injectable } from '@nestjs/common';
import { present } from '#libs/kernel';
import { MerchantOrderReader, type MerchantOrderReceived } from '#libs/ordering';
import { RefundReader } from '#libs/payment';
import { VolumeFactService, type VolumeRefund, factsOfReceived, factsOfReversed } from '#libs/volume';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';
import { VolumeLineReader } from './volume-line.reader.js';
import { volumeRefundsOf } from './volume-line.rules.js';

/** Signed for is recognised, less what has gone back already. */
@Injectable()
export class RecordVolumeOnMerchantOrderReceived implements Consumer<MerchantOrderReceived> {
  readonly queue = 'volume';

  constructor(
    private readonly facts: VolumeFactService,
    private readonly lines: VolumeLineReader,
    private readonly merchantOrders: MerchantOrderReader,
    private readonly refunds: RefundReader,
  ) {}

  async apply(tx: Tx, { payload }: MerchantOrderReceived): Promise<void> {
    const { merchantOrderId, orderId } = payload;
    const order = present(await this.merchantOrders.byId(merchantOrderId, tx), merchantOrderId);
    const paidAt = present(order.paidAt, `the payment of ${merchantOrderId}`);
    const receivedAt = new Date(payload.receivedAt);
    const lines = await this.lines.ofMerchantOrder(tx, merchantOrderId, order);
    const refunds = await this.refundsOf(tx, orderId, new Set(lines.map(({ lineId }) => lineId)));
    // Read after the receipt was committed: a refund that is not seen here will itself see the receipt.
    await this.facts.record(tx, [
      ...factsOfReceived(lines, paidAt, receivedAt),
      ...factsOfReversed(lines, paidAt, receivedAt, refunds),
    ]);
  }

  private async refundsOf(
    tx: Tx,
    orderId: MerchantOrderReceived['payload']['orderId'],
    lineIds: ReadonlySet<string>,
  ): Promise<VolumeRefund[]> {
    const settled = (await this.refunds.ofOrder(orderId, tx)).filter(({ state }) => state === 'SUCCEEDED');
    const refunds: VolumeRefund[] = [];
    for (const { id, updatedAt } of settled) {
      refunds.push(...volumeRefundsOf(id, await this.refunds.linesOf(id, tx), updatedAt));
    }
    return refunds.filter(({ lineId }) => lineIds.has(lineId));
  }
}
