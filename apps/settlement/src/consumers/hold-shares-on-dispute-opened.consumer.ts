import { Injectable } from '@nestjs/common';
import type { DisputeOpened } from '#libs/payment';
import { DisputeBookingService } from '#libs/settlement';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** While the bank decides, nothing of the order is released. */
@Injectable()
export class HoldSharesOnDisputeOpened implements Consumer<DisputeOpened> {
  readonly queue = 'money';

  constructor(private readonly disputes: DisputeBookingService) {}

  apply(tx: Tx, { payload, occurredAt }: DisputeOpened): Promise<void> {
    return this.disputes.open(tx, payload, occurredAt);
  }
}
