import { Injectable } from '@nestjs/common';
import { AfterSaleForgettingService } from '#libs/aftersale';
import type { AccountDeleted } from '#libs/privacy';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** What was written in the cases of a forgotten buyer is forgotten as well. */
@Injectable()
export class ForgetCasesOnAccountDeleted implements Consumer<AccountDeleted> {
  readonly queue = 'volume';

  constructor(private readonly afterSales: AfterSaleForgettingService) {}

  async apply(tx: Tx, { payload }: AccountDeleted): Promise<void> {
    await this.afterSales.forgetBuyer(tx, payload.userId);
  }
}
