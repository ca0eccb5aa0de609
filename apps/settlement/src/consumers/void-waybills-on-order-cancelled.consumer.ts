import { Injectable } from '@nestjs/common';
import { WaybillService } from '#libs/fulfillment';
import { MerchantOrderReader, type OrderCancelled } from '#libs/ordering';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** Nothing of it leaves any more: its labels are void, and carriers are told. */
@Injectable()
export class VoidWaybillsOnOrderCancelled implements Consumer<OrderCancelled> {
  readonly queue = 'outward';

  constructor(
    private readonly merchantOrders: MerchantOrderReader,
    private readonly waybills: WaybillService,
  ) {}

  async apply(tx: Tx, { payload }: OrderCancelled): Promise<void> {
    const parts = await this.merchantOrders.ofOrders([payload.orderId], tx);
    await this.waybills.over(
      tx,
      parts.map(({ id }) => id),
    );
  }
}
