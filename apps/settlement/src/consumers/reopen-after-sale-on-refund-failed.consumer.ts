import { Injectable } from '@nestjs/common';
import { AfterSaleRefundService } from '#libs/aftersale';
import type { RefundFailed } from '#libs/payment';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** The money could not be delivered: a person finds another way. */
@Injectable()
export class ReopenAfterSaleOnRefundFailed implements Consumer<RefundFailed> {
  readonly queue = 'money';

  constructor(private readonly refunds: AfterSaleRefundService) {}

  apply(tx: Tx, { payload }: RefundFailed): Promise<void> {
    return this.refunds.failed(tx, payload.refundId);
  }
}
