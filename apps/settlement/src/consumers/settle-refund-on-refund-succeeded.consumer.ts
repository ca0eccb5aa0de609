import { Injectable } from '@nestjs/common';
import { fen } from '#libs/kernel';
import type { RefundSucceeded } from '#libs/payment';
import { RefundReversalService } from '#libs/settlement';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** The buyer has it back. */
@Injectable()
export class SettleRefundOnRefundSucceeded implements Consumer<RefundSucceeded> {
  readonly queue = 'money';

  constructor(private readonly reversals: RefundReversalService) {}

  apply(tx: Tx, { id, payload }: RefundSucceeded): Promise<void> {
    const cause = { eventId: id, at: new Date(payload.settledAt) };
    return this.reversals.settle(tx, payload.refundId, fen(payload.amountFen), cause);
  }
}
