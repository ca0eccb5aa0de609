import { Injectable } from '@nestjs/common';
import { isGuestId } from '#libs/identity';
import { GuestMergeService, type OrderPlaced } from '#libs/ordering';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** A guest who had signed in while the order was on its way finds it among their own. */
@Injectable()
export class ClaimLateOrderOnOrderPlaced implements Consumer<OrderPlaced> {
  readonly queue = 'money';

  constructor(private readonly guests: GuestMergeService) {}

  async apply(tx: Tx, { payload }: OrderPlaced): Promise<void> {
    if (isGuestId(payload.buyerId)) await this.guests.claimLate(tx, payload.orderId);
  }
}
