import { Injectable } from '@nestjs/common';
import { AfterSaleUnclaimedService } from '#libs/aftersale';
import type { PickUpReturned } from '#libs/vending';
import type { OutwardConsumer } from '#platform/outbox';

/** What nobody has fetched is paid back, by the road of every case: in transactions of its own. */
@Injectable()
export class RefundParcelOnPickUpReturned implements OutwardConsumer<PickUpReturned> {
  readonly queue = 'outward';

  constructor(private readonly cases: AfterSaleUnclaimedService) {}

  act({ payload: { pickUpId, merchantOrderId, orderId } }: PickUpReturned): Promise<void> {
    return this.cases.payBack({ ref: pickUpId, merchantOrderId, orderId });
  }
}
