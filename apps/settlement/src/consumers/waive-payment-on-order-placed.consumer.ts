import { Injectable } from '@nestjs/common';
import type { OrderPlaced } from '#libs/ordering';
import { PaymentService } from '#libs/payment';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** What others have paid whole is paid as soon as it is placed; the buyer is asked for nothing. */
@Injectable()
export class WaivePaymentOnOrderPlaced implements Consumer<OrderPlaced> {
  readonly queue = 'money';

  constructor(private readonly payments: PaymentService) {}

  apply(tx: Tx, { payload, occurredAt }: OrderPlaced): Promise<void> {
    return this.payments.waive(tx, payload.orderId, occurredAt);
  }
}
