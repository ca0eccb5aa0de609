import { Injectable } from '@nestjs/common';
import { AfterSaleRefundService } from '#libs/aftersale';
import type { RefundSucceeded } from '#libs/payment';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** The buyer has the money: the case that asked for it is over. */
@Injectable()
export class CloseAfterSaleOnRefundSucceeded implements Consumer<RefundSucceeded> {
  readonly queue = 'money';

  constructor(private readonly refunds: AfterSaleRefundService) {}

  apply(tx: Tx, { payload }: RefundSucceeded): Promise<void> {
    return this.refunds.succeeded(tx, payload.refundId);
  }
}
