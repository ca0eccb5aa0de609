import { Injectable } from '@nestjs/common';
import {
  BatchRecallReader,
  type BatchRecallNoticed,
  BatchRecallService,
  HarvestBatchReader,
} from '#libs/harvest';
import { SmsGateway } from '#libs/identity';
import type { OutwardConsumer } from '#platform/outbox';
import { BuyerPhoneReader } from './buyer-phone.reader.js';

/** Tells a buyer that what they have bought was recalled. If the process dies between the message and its note, they hear it twice. */
@Injectable()
export class TellBuyerOnBatchRecallNoticed implements OutwardConsumer<BatchRecallNoticed> {
  readonly queue = 'outward';

  constructor(
    private readonly recalls: BatchRecallReader,
    private readonly service: BatchRecallService,
    private readonly batches: HarvestBatchReader,
    private readonly buyers: BuyerPhoneReader,
    private readonly sms: SmsGateway,
  ) {}

  async act({ payload }: BatchRecallNoticed): Promise<void> {
    const { recallId, orderId } = payload;
    const recall = await this.recalls.byId(recallId);
    // Lifted before its turn came: nobody is frightened any more.
    if (recall?.state !== 'ACTIVE' || (await this.recalls.isTold(recallId, orderId))) return;
    const [buyer, [batch]] = await Promise.all([
      this.buyers.ofOrder(orderId),
      this.batches.byIds([recall.batchId]),
    ]);
    // Whoever has left no phone, as at a cabinet, reads it on the page of the code.
    if (!buyer || !batch) return;
    const { productName, traceCode } = batch;
    await this.sms.sendRecallNotice(
      buyer.phone,
      { orderId, productName, traceCode, advice: recall.advice },
      buyer.locale,
    );
    await this.service.told(recallId, orderId);
  }
}
