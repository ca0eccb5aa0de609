import { Injectable } from '@nestjs/common';
import { AfterSaleReader } from '#libs/aftersale';
import type { MerchantOrderCompleted } from '#libs/ordering';
import { ShareReleaseService } from '#libs/settlement';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** The after-sale window is over: what was held may be paid out, unless a case about it is open. */
@Injectable()
export class ReleaseSharesOnMerchantOrderCompleted implements Consumer<MerchantOrderCompleted> {
  readonly queue = 'money';

  constructor(
    private readonly releases: ShareReleaseService,
    private readonly cases: AfterSaleReader,
  ) {}

  async apply(tx: Tx, { id, payload }: MerchantOrderCompleted): Promise<void> {
    const at = new Date(payload.completedAt);
    // The fact that a case was opened may come later than this one.
    for (const open of await this.cases.openOf(payload.merchantOrderId, tx))
      await this.releases.hold(tx, open, 'AFTER_SALE', at);
    await this.releases.release(tx, payload, { eventId: id, at });
  }
}
