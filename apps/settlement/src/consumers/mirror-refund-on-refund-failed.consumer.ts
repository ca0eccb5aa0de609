import { Injectable } from '@nestjs/common';
import type { RefundFailed } from '#libs/payment';
import { RefundReversalService } from '#libs/settlement';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** Whoever gave for the refund gets it back. */
@Injectable()
export class MirrorRefundOnRefundFailed implements Consumer<RefundFailed> {
  readonly queue = 'money';

  constructor(private readonly reversals: RefundReversalService) {}

  apply(tx: Tx, { id, payload, occurredAt }: RefundFailed): Promise<void> {
    return this.reversals.undo(tx, payload, { eventId: id, at: occurredAt });
  }
}
