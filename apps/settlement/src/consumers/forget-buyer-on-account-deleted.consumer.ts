import { Injectable } from '@nestjs/common';
import { OrderService } from '#libs/ordering';
import type { AccountDeleted } from '#libs/privacy';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** To whom the orders of a forgotten buyer went is forgotten as well. */
@Injectable()
export class ForgetBuyerOnAccountDeleted implements Consumer<AccountDeleted> {
  readonly queue = 'volume';

  constructor(private readonly orders: OrderService) {}

  async apply(tx: Tx, { payload }: AccountDeleted): Promise<void> {
    await this.orders.forgetBuyer(tx, payload.userId);
  }
}
