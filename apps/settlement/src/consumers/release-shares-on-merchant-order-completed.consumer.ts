import { Injectable } from '@nestjs/common';
import type { MerchantOrderCompleted } from '#libs/ordering';
import { ShareReleaseService } from '#libs/settlement';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** The after-sale window is over: what was held may be paid out. */
@Injectable()
export class ReleaseSharesOnMerchantOrderCompleted implements Consumer<MerchantOrderCompleted> {
  readonly queue = 'money';

  constructor(private readonly releases: ShareReleaseService) {}

  apply(tx: Tx, { id, payload }: MerchantOrderCompleted): Promise<void> {
    return this.releases.release(tx, payload, { eventId: id, at: new Date(payload.completedAt) });
  }
}
