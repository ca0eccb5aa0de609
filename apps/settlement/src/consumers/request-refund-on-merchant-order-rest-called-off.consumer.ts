import { Injectable } from '@nestjs/common';
import type { MerchantOrderRestCalledOff } from '#libs/ordering';
import { RefundService } from '#libs/payment';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** What will not be sent is not paid for. The freight stays where something has travelled. */
@Injectable()
export class RequestRefundOnMerchantOrderRestCalledOff implements Consumer<MerchantOrderRestCalledOff> {
  readonly queue = 'money';

  constructor(private readonly refunds: RefundService) {}

  async apply(tx: Tx, { payload }: MerchantOrderRestCalledOff): Promise<void> {
    const { orderId, merchantOrderId, lines, isWhole = false } = payload;
    await this.refunds.requestUnits(tx, orderId, lines, isWhole ? [merchantOrderId] : []);
  }
}
