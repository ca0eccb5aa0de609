import { Injectable } from '@nestjs/common';
import { RefundService } from '#libs/payment';
import type { ReceivableCredited } from '#libs/receivable';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** The unit has it: it owes so much less, or has so much to its credit. */
@Injectable()
export class ConfirmRefundOnReceivableCredited implements Consumer<ReceivableCredited> {
  readonly queue = 'money';

  constructor(private readonly refunds: RefundService) {}

  apply(tx: Tx, { payload }: ReceivableCredited): Promise<void> {
    return this.refunds.confirmCredited(tx, payload.refundId, new Date(payload.creditedAt));
  }
}
