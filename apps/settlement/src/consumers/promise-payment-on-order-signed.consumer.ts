import { Injectable } from '@nestjs/common';
import { fen } from '#libs/kernel';
import type { OrderSigned } from '#libs/ordering';
import { PaymentService } from '#libs/payment';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** What was signed for stands in the place of a payment, so that whatever goes back of it knows what it goes back of. */
@Injectable()
export class PromisePaymentOnOrderSigned implements Consumer<OrderSigned> {
  readonly queue = 'money';

  constructor(private readonly payments: PaymentService) {}

  apply(tx: Tx, { payload }: OrderSigned): Promise<void> {
    const { orderId, amountFen, signedAt } = payload;
    return this.payments.promise(tx, { orderId, amountFen: fen(amountFen), at: new Date(signedAt) });
  }
}
