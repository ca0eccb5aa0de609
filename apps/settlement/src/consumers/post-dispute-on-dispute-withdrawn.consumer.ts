import { Injectable } from '@nestjs/common';
import { fen } from '#libs/kernel';
import type { DisputeWithdrawn } from '#libs/payment';
import { DisputeBookingService } from '#libs/settlement';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** The bank has taken the money, and the provider its fee. */
@Injectable()
export class PostDisputeOnDisputeWithdrawn implements Consumer<DisputeWithdrawn> {
  readonly queue = 'money';

  constructor(private readonly disputes: DisputeBookingService) {}

  apply(tx: Tx, { id, payload, occurredAt }: DisputeWithdrawn): Promise<void> {
    const { disputeId } = payload;
    const taken = { disputeId, amountFen: fen(payload.amountFen), feeFen: fen(payload.feeFen) };
    return this.disputes.withdraw(tx, taken, { eventId: id, at: occurredAt });
  }
}
