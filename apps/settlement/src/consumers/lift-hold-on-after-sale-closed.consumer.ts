import { Injectable } from '@nestjs/common';
import type { AfterSaleClosed } from '#libs/aftersale';
import { ShareReleaseService } from '#libs/settlement';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** The case is over: what is left and came due meanwhile is released. Told before it was opened, it leaves the hold lifted. */
@Injectable()
export class LiftHoldOnAfterSaleClosed implements Consumer<AfterSaleClosed> {
  readonly queue = 'money';

  constructor(private readonly releases: ShareReleaseService) {}

  async apply(tx: Tx, { id, payload, occurredAt }: AfterSaleClosed): Promise<void> {
    const { afterSaleId, orderId, lineIds } = payload;
    await this.releases.hold(tx, { caseRef: afterSaleId, orderId, lineIds }, 'AFTER_SALE', occurredAt);
    await this.releases.lift(tx, { caseRef: afterSaleId, orderId }, { eventId: id, at: occurredAt });
  }
}
