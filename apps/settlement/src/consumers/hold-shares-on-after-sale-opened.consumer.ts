import { Injectable } from '@nestjs/common';
import type { AfterSaleOpened } from '#libs/aftersale';
import { ShareReleaseService } from '#libs/settlement';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** While a case is open, what its line brought is not released. */
@Injectable()
export class HoldSharesOnAfterSaleOpened implements Consumer<AfterSaleOpened> {
  readonly queue = 'money';

  constructor(private readonly releases: ShareReleaseService) {}

  apply(tx: Tx, { payload, occurredAt }: AfterSaleOpened): Promise<void> {
    const { afterSaleId, orderId, lineIds } = payload;
    return this.releases.hold(tx, { caseRef: afterSaleId, orderId, lineIds }, 'AFTER_SALE', occurredAt);
  }
}
