import { Injectable } from '@nestjs/common';
import { InsightService } from '#libs/insight';
import type { OrderPaid, OrderSigned } from '#libs/ordering';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** Who has come back to a merchant, counted once of what is paid, or signed for on account. */
@Injectable()
export class CountBuyerOnOrderPaid implements Consumer<OrderPaid | OrderSigned> {
  readonly queue = 'volume';

  constructor(private readonly insights: InsightService) {}

  apply(tx: Tx, { payload }: OrderPaid | OrderSigned): Promise<void> {
    const at = 'paidAt' in payload ? payload.paidAt : payload.signedAt;
    return this.insights.count(tx, payload.orderId, new Date(at));
  }
}
