import { Injectable } from '@nestjs/common';
import { OrderReader } from '#libs/ordering';
import { RefundReader } from '#libs/payment';
import type { Tx } from '#platform/database';
import type { PickUp } from './pick-up.entity.js';
import { isAllPaidBack } from './pick-up.rules.js';

/** Whether whoever would have a parcel has its money. */
@Injectable()
export class PickUpMoneyReader {
  constructor(
    private readonly orders: OrderReader,
    private readonly refunds: RefundReader,
  ) {}

  /** All of it, or it is on its way: by a case about what never came, say, while it lies here. What is paid back in part is fetched all the same. Exact behind the lock of the order's part. */
  async isPaidBack(
    tx: Tx,
    { orderId, merchantOrderId }: Pick<PickUp, 'orderId' | 'merchantOrderId'>,
  ): Promise<boolean> {
    const counting = (await this.refunds.ofOrder(orderId, tx)).filter(({ state }) => state !== 'FAILED');
    if (counting.length === 0) return false;
    const lines = await this.orders.linesOfMerchantOrder(merchantOrderId, tx);
    const gone = await this.refunds.linesOfMany(
      counting.map(({ id }) => id),
      tx,
    );
    return isAllPaidBack(lines, gone);
  }
}
