import { Injectable } from '@nestjs/common';
import { MerchantApplicationService } from '#libs/merchant';
import type { AccountDeleted } from '#libs/privacy';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** What somebody has typed who wanted to sell, and does not, is forgotten with them. */
@Injectable()
export class ForgetApplicantOnAccountDeleted implements Consumer<AccountDeleted> {
  readonly queue = 'volume';

  constructor(private readonly applications: MerchantApplicationService) {}

  async apply(tx: Tx, { payload }: AccountDeleted): Promise<void> {
    await this.applications.forgetApplicant(tx, payload.userId);
  }
}
