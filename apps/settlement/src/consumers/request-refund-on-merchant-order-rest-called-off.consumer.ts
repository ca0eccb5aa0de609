import { Injectable } from '@nestjs/common';
import type { MerchantOrderRestCalledOff } from '#libs/ordering';
import { RefundService } from '#libs/payment';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** What will not be sent is not paid for. The freight stays: something has travelled. */
@Injectable()
export class RequestRefundOnMerchantOrderRestCalledOff implements Consumer<MerchantOrderRestCalledOff> {
  readonly queue = 'money';

  constructor(private readonly refunds: RefundService) {}

  async apply(tx: Tx, { payload }: MerchantOrderRestCalledOff): Promise<void> {
    await this.refunds.requestUnits(tx, payload.orderId, payload.lines);
  }
}
