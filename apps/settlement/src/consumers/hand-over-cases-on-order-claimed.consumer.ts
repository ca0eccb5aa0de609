import { Injectable } from '@nestjs/common';
import { AfterSaleHandoverService } from '#libs/aftersale';
import type { OrderClaimed } from '#libs/ordering';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** What a guest has asked for is asked for by whoever the order has become. */
@Injectable()
export class HandOverCasesOnOrderClaimed implements Consumer<OrderClaimed> {
  readonly queue = 'money';

  constructor(private readonly cases: AfterSaleHandoverService) {}

  async apply(tx: Tx, { payload }: OrderClaimed): Promise<void> {
    await this.cases.handOver(tx, payload.orderId, payload);
  }
}
