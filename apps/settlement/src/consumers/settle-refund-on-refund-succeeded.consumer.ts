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

  async apply(tx: Tx, { id, payload }: RefundSucceeded): Promise<void> {
    const { refundId, channel } = payload;
    // A lost dispute took its money itself; the books hear of it from the dispute.
    if (channel === 'DISPUTE') return;
    // What was credited on account the books have told us of themselves.
    if (channel === 'ON_ACCOUNT') return;
    // Nothing was the buyer's, and what others had paid is with them since it was set aside.
    if (channel === 'NONE') return;
    const cause = { eventId: id, at: new Date(payload.settledAt) };
    const refund = { refundId, amountFen: fen(payload.amountFen), isByBank: channel === 'MANUAL_BANK' };
    await this.reversals.settle(tx, refund, cause);
  }
}
