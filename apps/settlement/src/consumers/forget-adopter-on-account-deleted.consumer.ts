import { Injectable } from '@nestjs/common';
import { AdoptionKeepingService } from '#libs/adoption';
import type { AccountDeleted } from '#libs/privacy';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** What the plates of a forgotten adopter said, and to whom instalments went, is forgotten as well. */
@Injectable()
export class ForgetAdopterOnAccountDeleted implements Consumer<AccountDeleted> {
  readonly queue = 'volume';

  constructor(private readonly adoptions: AdoptionKeepingService) {}

  async apply(tx: Tx, { payload }: AccountDeleted): Promise<void> {
    await this.adoptions.forgetBuyer(tx, payload.userId);
  }
}
