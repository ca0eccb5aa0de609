import { Injectable } from '@nestjs/common';
import { type ReceivableChanged, ReceivableService } from '#libs/receivable';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** The sellers are paid when the money is there, and not before. */
@Injectable()
export class FollowReceivableOnReceivableChanged implements Consumer<ReceivableChanged> {
  readonly queue = 'money';

  constructor(private readonly receivables: ReceivableService) {}

  apply(tx: Tx, { id, payload, occurredAt }: ReceivableChanged): Promise<void> {
    return this.receivables.follow(tx, payload.orderId, { eventId: id, at: occurredAt });
  }
}
