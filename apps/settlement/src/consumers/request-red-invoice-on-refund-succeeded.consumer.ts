import { Injectable } from '@nestjs/common';
import { InvoiceRequestService } from '#libs/invoice';
import type { RefundSucceeded } from '#libs/payment';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** What was billed and has gone back. */
@Injectable()
export class RequestRedInvoiceOnRefundSucceeded implements Consumer<RefundSucceeded> {
  readonly queue = 'money';

  constructor(private readonly invoices: InvoiceRequestService) {}

  apply(tx: Tx, { payload }: RefundSucceeded): Promise<void> {
    return this.invoices.takeBack(tx, payload.refundId, payload.orderId);
  }
}
